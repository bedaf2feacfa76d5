import Testing

@testable import LessonVerification

@Suite struct PureReadTests {
    @Test(arguments: [
        "curl -s localhost:9001/orders", "curl -s 'localhost:9001/orders?limit=2' | jq",
        "curl -XGET localhost".replacing("-XGET", with: "-X GET"),
        "db.orders.find().limit(3)", "db.orders.findOne({ description: 'four cups' })",
        "db.getCollection('orders').countDocuments()",
        "db", "show collections", "select count(*) from customer;", "ls -l", "docker ps", "kubectl get pods",
        "curl -s -o /dev/null -w '%{http_code}' 127.0.0.1:8123/", "curl -s -H 'Accept: text/plain' localhost | head -1",
    ])
    func looksOnly(_ command: String) {
        #expect(ReadOnlyCommand.isPureRead(command))
    }

    @Test(arguments: [
        "", "curl -s localhost:9001/orders -d '{}'", "curl -sXPOST localhost:9001", "curl --json '{}' localhost",
        "curl -o file localhost",
        "db.orders.insertOne({})", "db.orders.drop()", "db.orders.aggregate([{ $out: 'x' }])",
        "db.orders.deleteMany({}).find()",
        "select 1 into outfile 'x'", "delete from customer", "select 1; drop table x", "ls > list", "cat $(rm x)",
        "find . -delete",
        "tail -f log", "sort -o list list", "rm x", "echo hello | tee x",
        "db.orders.find().limit(1).forEach(d => db.zz.insertOne({a: 1}))", "select nextval(s1);", "uniq in out",
        "curl -s --form-string a=b localhost", "find . -fprintf x y", "tree -o x", "sort -uo f f", "date 01010000",
        "explain analyze delete from customer", "curl -c jar localhost", "curl -s -H 'X: y' -d 1 localhost",
    ])
    func mayDoMore(_ command: String) {
        #expect(!ReadOnlyCommand.isPureRead(command))
    }
}
