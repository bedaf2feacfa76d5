import CMongoC
import FoundationEssentials
import Orders
import Testing

@testable import MongoDBOrders

private let customer = Customer(email: "ada@example.org", firstName: "Ada", lastName: "Løvelace")
private let order = OrderDocument(
    id: "89339b04-9c99-44cc-b0a6-ad8a5bba82e3", customer: customer,
    created: Date(millisecondsSince1970: 1_609_304_494_280),
    description: "qui \"est\"", quantity: 2)

private func json(_ document: borrowing Document) -> String {
    guard let text = bson_as_canonical_extended_json(document.bson, nil) else { return "" }
    defer { bson_free(text) }
    return String(cString: text)
}

@Suite struct DocumentShapeTests {
    @Test("an order's fields come in the order that the lesson shows")
    func orderFields() {
        #expect(
            json(.order(order))
                == #"{ "_id" : "89339b04-9c99-44cc-b0a6-ad8a5bba82e3", "customer" : { "email" : "ada@example.org", "#
                + #""firstName" : "Ada", "lastName" : "Løvelace" }, "created" : { "created" : { "$date" : "#
                + #"{ "$numberLong" : "1609304494280" } } }, "description" : "qui \"est\"", "#
                + #""quantity" : { "$numberInt" : "2" }, "__v" : { "$numberInt" : "0" } }"#)
    }

    @Test("what was written is read back")
    func roundTrip() {
        let document = Document.order(order)
        #expect(OrderDocument(ReceivedDocument(bson: document.bson)) == order)
    }

    @Test("a customer has an id of the read source's own, each another one")
    func customers() throws {
        func read() -> CustomerDocument? {
            let document = Document.customer(customer)
            return CustomerDocument(ReceivedDocument(bson: document.bson))
        }
        let (first, second) = (try #require(read()), try #require(read()))
        #expect(first.customer == customer && first.id.count == 24 && first.id != second.id)
    }

    @Test("a document of another shape is left out")
    func otherShapes() {
        let document = Document()
        document.append("_id", "1")
        document.append("quantity", "two")
        #expect(OrderDocument(ReceivedDocument(bson: document.bson)) == nil)
        #expect(CustomerDocument(ReceivedDocument(bson: document.bson)) == nil)
        let found = ReceivedDocument(bson: document.bson)
        #expect(found.integer("quantity") == nil && found.string("quantity") == "two")
        #expect(found.millisecondsSince1970("quantity") == nil && found.string("customer.email") == nil)
    }

    @Test("a quantity that 32 bits cannot hold is stored as the nearest one")
    func largeQuantity() {
        let large = OrderDocument(
            id: order.id, customer: customer, created: order.created, description: "", quantity: .max)
        let document = Document.order(large)
        #expect(ReceivedDocument(bson: document.bson).integer("quantity") == Int(Int32.max))
    }

    @Test("filters and options are what the driver takes")
    func options() {
        #expect(json(.filter("_id", "7")) == #"{ "_id" : "7" }"#)
        #expect(json(.options(limit: 1)) == #"{ "limit" : { "$numberInt" : "1" } }"#)
        #expect(
            json(.options(limit: .max, sortedBy: "email", direction: -1))
                == #"{ "limit" : { "$numberInt" : "2147483647" }, "sort" : { "email" : { "$numberInt" : "-1" } } }"#)
    }
}

@Suite struct MongoDBURLTests {
    @Test(
        "the address names the servers without who we are there",
        arguments: [
            ("mongodb://localhost:27017/simplecqrs_r", "localhost:27017", "simplecqrs_r"),
            ("mongodb://me:secret@a.example,b.example:99/orders", "a.example:27017,b.example:99", "orders"),
            ("mongodb://localhost", "localhost:27017", "usual"),
        ])
    func addresses(url: String, address: String, database: String) async throws {
        let pool = try ClientPool(url, defaultDatabase: "usual", size: 1)
        #expect(pool.address == address && pool.database == database)
        try await pool.close()
    }

    @Test(
        "what the driver doesn't understand is refused",
        arguments: ["", "localhost:27017", "http://localhost", "mongodb://"])
    func badURLs(_ url: String) {
        let error = #expect(throws: MongoDBURLError.self) { try MongoDBReadSource(url: url) }
        #expect(error?.description.isEmpty == false)
    }
}

/// Nothing listens at port 1.
@Suite struct NoServerTests {
    @Test("a read source without its server is not available, and says where it looked", .timeLimit(.minutes(1)))
    func unavailable() async throws {
        let source = try MongoDBReadSource(
            url: "mongodb://me:secret@127.0.0.1:1/x?serverSelectionTimeoutMS=50", clients: 1)
        #expect(source.address == "127.0.0.1:1")
        for attempt in [
            source.prepare, source.ping, { try await source.add(order) }, { _ = try await source.orders(limit: 1) },
        ] {
            let error = await #expect(throws: OrderError.self) { try await attempt() }
            guard case .unavailable("read source", let problem)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(problem.hasPrefix("127.0.0.1:1: ") && !problem.contains("secret"), "\(problem)")
        }
        try await source.close()
    }
}

@Suite struct MongoDBErrorTests {
    @Test("a unique value that is there already is told apart from a lost connection")
    func kinds() {
        var error = bson_error_t()
        error.code = UInt32(MONGOC_ERROR_DUPLICATE_KEY.rawValue)
        #expect(MongoDBError(error).isDuplicateKey && !MongoDBError(error).isConnectionLost)
        error.code = 0
        error.domain = UInt32(MONGOC_ERROR_STREAM.rawValue)
        #expect(!MongoDBError(error).isDuplicateKey && MongoDBError(error).isConnectionLost)
        #expect(MongoDBError("words").description == "words")
    }
}
