import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import OrderAPI
import Orders
import Testing

/// A dependency that says what it is told to.
struct FakeDependency: Dependency {
    let name: String
    var problem: String?
    var address: String { "here" }

    func prepare() async throws { try await ping() }
    func ping() async throws {
        if let problem { throw OrderError.unavailable(dependency: name, problem: problem) }
    }
}

@Suite struct OrderRouterTests {
    let writeSource = InMemoryWriteSource()
    let readSource = InMemoryReadSource()
    let broker = InMemoryBroker()

    static let good =
        #"{"description":"qui est","quantity":4,"email":"ada@example.org","firstName":"Ada","lastName":"Lovelace"}"#

    func app(_ dependencies: [FakeDependency] = []) -> some ApplicationProtocol {
        let mediator = Mediator(writeSource: writeSource, readSource: readSource, messageBroker: broker)
        return Application(
            router: OrderRouter(mediator: mediator, readiness: Readiness(dependencies)).router(),
            configuration: .init(address: .hostname(port: 0)))
    }

    func post(
        _ client: any TestClientProtocol, _ body: String, key: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        var headers = HTTPFields()
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let response = try await client.executeRequest(
            uri: "/orders", method: .post, headers: headers, body: ByteBuffer(string: body))
        return (response.status, String(buffer: response.body))
    }

    func get(_ client: any TestClientProtocol, _ uri: String) async throws -> (
        status: HTTPResponse.Status, text: String
    ) {
        let response = try await client.executeRequest(uri: uri, method: .get, headers: [:], body: nil)
        return (response.status, String(buffer: response.body))
    }

    @Test(arguments: [true, false])
    func anOrderIsTakenAndReadBackOverRouterAndSocket(live: Bool) async throws {
        try await app().test(live ? .live : .router) { client in
            let answer = try await post(client, Self.good)
            #expect(answer.status == .ok)
            let order = try #require(writeSource.orders.first)
            #expect(answer.text == #"{"id":"\#(order.id)"}"# + "\n")

            #expect(try await get(client, "/orders/\(order.id)").status == .notFound)
            try await ReadSourceSubscriber(readSource: readSource).run(broker)
            let created = order.created.iso8601Milliseconds
            let document =
                #"{"_id":"\#(order.id)","customer":{"email":"ada@example.org","firstName":"Ada","lastName":"Lovelace"},"#
                + #""created":{"created":"\#(created)"},"description":"qui est","quantity":4,"__v":0}"#
            #expect(try await get(client, "/orders/\(order.id)").text == document + "\n")
            #expect(try await get(client, "/orders").text == "[\(document)]\n")
            #expect(try await get(client, "/customers/ada%40example.org").text.contains(#""firstName":"Ada""#))
            #expect(try await get(client, "/customers").text.hasPrefix("[{"))
        }
    }

    @Test(arguments: [
        ("", "body"), ("nonsense", "body"), ("[]", "body"), ("\"a\"", "body"), ("{}", "description"),
        (#"{"description":5}"#, "description"), (#"{"description":null}"#, "description"),
        (#"{"description":"d"}"#, "quantity"), (#"{"description":"d","quantity":"six"}"#, "quantity"),
        (#"{"description":"d","quantity":1.5}"#, "quantity"), (#"{"description":"d","quantity":1e400}"#, "quantity"),
        (#"{"description":"d","quantity":-1,"email":"a@b"}"#, "quantity"),
        (#"{"description":"d","quantity":1}"#, "email"), (#"{"description":"d","quantity":1,"email":"x"}"#, "email"),
        (#"{"description":"d","quantity":1,"email":"a@b"}"#, "firstName"),
        (#"{"description":"d","quantity":1,"email":"a@b","firstName":"A"}"#, "lastName"),
        (#"{"description":"d","quantity":1,"email":"a@b","firstName":7}"#, "firstName"),
    ])
    func badInputIsAnsweredWithTheFieldsName(body: String, field: String) async throws {
        try await app().test(.router) { client in
            let answer = try await post(client, body)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(#""field":"\#(field)""#), "\(answer.text)")
        }
        #expect(writeSource.orders.isEmpty)
    }

    @Test(arguments: [true, false])
    func aBodyThatIsTooLargeIsRefused(live: Bool) async throws {
        try await app().test(live ? .live : .router) { client in
            let answer = try await post(client, String(repeating: " ", count: OrderRouter.maxBodySize) + Self.good)
            #expect(answer.status == .contentTooLarge)
            #expect(answer.text.contains("larger than 65536 bytes"))
        }
    }

    @Test func whatIsNotThereIs404InJSON() async throws {
        try await app().test(.router) { client in
            for uri in [
                "/orders/nonsense", "/orders/\(OrderID())", "/customers/no@one.org", "/customers/%zz", "/nowhere",
            ] {
                let answer = try await get(client, uri)
                #expect(answer.status == .notFound)
                #expect(answer.text.hasPrefix(#"{"error":"#), "\(uri): \(answer.text)")
            }
        }
    }

    @Test func limitsOutsideTheirRangeAreRefused() async throws {
        try await app().test(.router) { client in
            for limit in ["0", "1001", "x", "-1", ""] {
                let answer = try await get(client, "/orders?limit=\(limit)")
                #expect(answer.status == .badRequest)
            }
            let answer = try await get(client, "/orders?limit=1000")
            #expect(answer.status == .ok)
        }
    }

    @Test func theSameKeyGivesTheSameIdAndADifferentOrderIsRefused() async throws {
        try await app().test(.router) { client in
            let first = try await post(client, Self.good, key: "k-1")
            #expect(try await post(client, Self.good, key: "k-1") == first)
            #expect(writeSource.orders.count == 1)
            #expect(
                try await post(client, Self.good.replacing("4", with: "5"), key: "k-1").status == .unprocessableContent)
            #expect(try await post(client, Self.good, key: "with blank").status == .badRequest)
        }
    }

    @Test func aBrokerThatIsDownIsNamed() async throws {
        broker.isDown = true
        try await app().test(.router) { client in
            let answer = try await post(client, Self.good)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains(#""dependency":"message broker""#))
        }
        #expect(writeSource.orders.count == 1)
    }

    @Test func theServiceIsAliveBeforeItIsReady() async throws {
        let readiness = [FakeDependency(name: "write source"), FakeDependency(name: "read source", problem: "asleep")]
        try await app(readiness).test(.router) { client in
            #expect(try await get(client, "/health").status == .ok)
            let answer = try await get(client, "/ready")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains("asleep"))
        }
    }

    @Test func theDependencyThatDoesNotComeUpIsNamed() async throws {
        let readiness = Readiness([
            FakeDependency(name: "write source"), FakeDependency(name: "broker", problem: "away"),
        ])
        let error = await #expect(throws: DependencyMissing.self) {
            try await readiness.waitForAll(
                limit: .milliseconds(1), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { _ in }
        }
        #expect(error?.name == "broker")
    }

    @Test func noBodyMakesTheServiceFail() async throws {
        var random = SeededGenerator(state: 2026)
        let pieces = [
            "{", "}", "[", "]", "\"", ":", ",", "description", "quantity", "email", "é", "\\u0000", "1e999", "null",
            "\u{1F600}", "-0", " ", "true", Self.good,
        ]
        let bodies = (0..<1500).map { round in
            round.isMultiple(of: 3)
                ? ByteBuffer(
                    bytes: (0..<Int.random(in: 0...200, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    })
                : ByteBuffer(
                    string: (0..<Int.random(in: 0...30, using: &random)).map { _ in
                        pieces.randomElement(using: &random) ?? ""
                    }.joined())
        }
        try await app().test(.router) { client in
            for body in bodies {
                let status = try await client.executeRequest(uri: "/orders", method: .post, headers: [:], body: body)
                    .status
                #expect(status.code < 500, "\(String(buffer: body))")
            }
        }
    }
}

/// SplitMix64: the same bodies on every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
