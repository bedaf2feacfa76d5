import Testing

@testable import LessonVerification

@Suite struct PureReadTests {
    @Test(arguments: [
        "curl -s localhost:9001/orders", "curl -s 'localhost:9001/orders?limit=2' | jq",
        "curl -XGET localhost".replacing("-XGET", with: "-X GET"),
        "db.orders.find().limit(3)", "db.orders.findOne({ description: 'four cups' })",
        "db.getCollection('orders').countDocuments()",
        "db", "show collections", "select count(*) from customer;", "ls -l", "docker ps", "kubectl get pods",
    ])
    func looksOnly(_ command: String) {
        #expect(PureRead.isPureRead(command))
    }

    @Test(arguments: [
        "", "curl -s localhost:9001/orders -d '{}'", "curl -sXPOST localhost:9001", "curl --json '{}' localhost",
        "curl -o file localhost",
        "db.orders.insertOne({})", "db.orders.drop()", "db.orders.aggregate([{ $out: 'x' }])",
        "db.orders.deleteMany({}).find()",
        "select 1 into outfile 'x'", "delete from customer", "select 1; drop table x", "ls > list", "cat $(rm x)",
        "find . -delete",
        "tail -f log", "sort -o list list", "rm x", "echo hello | tee x",
    ])
    func mayDoMore(_ command: String) {
        #expect(!PureRead.isPureRead(command))
    }
}
