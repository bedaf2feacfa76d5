import FoundationEssentials
import HTTPConnections
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import OrderAPI
import Orders
import SeededNumbers
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

    /// Runs the body with a service on a loopback port.
    func serving(
        _ dependencies: [FakeDependency] = [], _ body: @Sendable (OrderClient) async throws -> Void
    ) async throws {
        let mediator = Mediator(writeSource: writeSource, readSource: readSource, messageBroker: broker)
        let router = OrderRouter(mediator: mediator, readiness: Readiness(dependencies)).router()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let service = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { listening.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { listening.finish() }
                try await service.runService(gracefulShutdownSignals: [])
            }
            let port = try #require(await ports.first { _ in true })
            try await body(OrderClient(HTTPConnectionPool(to: .tcp(host: "127.0.0.1", port: port))))
            group.cancelAll()
        }
    }

    @Test func anOrderIsTakenAndReadBack() async throws {
        try await serving { client in
            let answer = try await client.post(Self.good)
            #expect(answer.status == 200)
            let order = try #require(writeSource.orders.first)
            #expect(answer.text == #"{"id":"\#(order.id)"}"# + "\n")

            #expect(try await client.get("/orders/\(order.id)").status == 404)
            try await ReadSourceSubscriber(readSource: readSource).run(broker)
            let created = order.created.iso8601Milliseconds
            let document =
                #"{"_id":"\#(order.id)","customer":{"email":"ada@example.org","firstName":"Ada","lastName":"Lovelace"},"#
                + #""created":{"created":"\#(created)"},"description":"qui est","quantity":4,"__v":0}"#
            #expect(try await client.get("/orders/\(order.id)").text == document + "\n")
            #expect(try await client.get("/orders").text == "[\(document)]\n")
            #expect(try await client.get("/customers/ada%40example.org").text.contains(#""firstName":"Ada""#))
            #expect(try await client.get("/customers").text.hasPrefix("[{"))
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
        try await serving { client in
            let answer = try await client.post(body)
            #expect(answer.status == 400)
            #expect(answer.text.contains(#""field":"\#(field)""#), "\(answer.text)")
        }
        #expect(writeSource.orders.isEmpty)
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await serving { client in
            let answer = try await client.post(String(repeating: " ", count: OrderRouter.maxBodySize) + Self.good)
            #expect(answer.status == 413)
            #expect(answer.text.contains("larger than 65536 bytes"))
        }
    }

    @Test func whatIsNotThereIs404InJSON() async throws {
        try await serving { client in
            for uri in [
                "/orders/nonsense", "/orders/\(OrderID())", "/customers/no@one.org", "/customers/%zz", "/nowhere",
            ] {
                let answer = try await client.get(uri)
                #expect(answer.status == 404)
                #expect(answer.text.hasPrefix(#"{"error":"#), "\(uri): \(answer.text)")
            }
        }
    }

    @Test func limitsOutsideTheirRangeAreRefused() async throws {
        try await serving { client in
            for limit in ["0", "1001", "x", "-1", ""] {
                let answer = try await client.get("/orders?limit=\(limit)")
                #expect(answer.status == 400)
            }
            let answer = try await client.get("/orders?limit=1000")
            #expect(answer.status == 200)
        }
    }

    @Test func theSameKeyGivesTheSameIdAndADifferentOrderIsRefused() async throws {
        try await serving { client in
            let first = try await client.post(Self.good, key: "k-1")
            #expect(try await client.post(Self.good, key: "k-1") == first)
            #expect(writeSource.orders.count == 1)
            #expect(
                try await client.post(Self.good.replacing("4", with: "5"), key: "k-1").status == 422)
            #expect(try await client.post(Self.good, key: "with blank").status == 400)
        }
    }

    @Test func aBrokerThatIsDownIsNamed() async throws {
        broker.isDown = true
        try await serving { client in
            let answer = try await client.post(Self.good)
            #expect(answer.status == 503)
            #expect(answer.text.contains(#""dependency":"message broker""#))
        }
        #expect(writeSource.orders.count == 1)
    }

    @Test func theServiceIsAliveBeforeItIsReady() async throws {
        let readiness = [FakeDependency(name: "write source"), FakeDependency(name: "read source", problem: "asleep")]
        try await serving(readiness) { client in
            #expect(try await client.get("/health").status == 200)
            let answer = try await client.get("/ready")
            #expect(answer.status == 503)
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
        var random = SplitMix(state: 2026)
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
        try await serving { client in
            for body in bodies {
                let status = try await client.send(.POST, "/orders", body: body).status
                #expect(status < 500, "\(String(buffer: body))")
            }
        }
    }
}

/// Talks to the service, and keeps its connections for the next request.
struct OrderClient: Sendable {
    private let connections: HTTPConnectionPool

    init(_ connections: HTTPConnectionPool) {
        self.connections = connections
    }

    func send(
        _ method: HTTPMethod, _ target: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil
    ) async throws -> (status: Int, text: String) {
        let answer = try await connections.collectedResponse(
            to: HTTPClientRequest(method, target, headers: headers, body: body.map { .bytes($0) }), upTo: 1 << 20,
            within: .seconds(20))
        return (answer.status, String(buffer: answer.body))
    }

    func post(_ body: String, key: String? = nil) async throws -> (status: Int, text: String) {
        let headers = key.map { HTTPHeaders([("Idempotency-Key", $0)]) } ?? [:]
        return try await send(.POST, "/orders", headers: headers, body: ByteBuffer(string: body))
    }

    func get(_ target: String) async throws -> (status: Int, text: String) {
        try await send(.GET, target)
    }
}
