import Foundation
import HTTPConnections
import Logging
import MariaDBOrders
import NIOCore
import NIOHTTP1
import Orders
import Testing

@testable import KafkaOrders

private struct Answer: Decodable {
    let id: String
}

extension Servers {
    func request(_ path: String, _ body: String? = nil, key: String? = nil) async throws -> (status: Int, text: String)
    {
        var request = HTTPClientRequest(body == nil ? .GET : .POST, path)
        request.body = body.map { .bytes(ByteBuffer(string: $0)) }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        let server = HTTPConnectionPool(to: .tcp(host: "127.0.0.1", port: ports.service))
        let answer = try await server.collectedResponse(to: request, upTo: 1 << 20, within: .seconds(20))
        return (answer.status, String(buffer: answer.body))
    }

    func isReady() async -> Bool {
        await eventually(30) { try await self.request("/ready").status == 200 }
    }

    func post(_ description: String, key: String? = nil) async throws -> (status: Int, text: String) {
        let body =
            #"{"description":"\#(description)","quantity":4,"email":"ada@example.org","firstName":"Ada","lastName":"L"}"#
        return try await request("/orders", body, key: key)
    }

    func placed(_ description: String, key: String? = nil) async throws -> String {
        let answer = try await post(description, key: key)
        #expect(answer.status == 200, "\(answer.text)")
        return try JSONDecoder().decode(Answer.self, from: Data(answer.text.utf8)).id
    }

    func isReadable(_ id: String) async -> Bool {
        await eventually { try await self.request("/orders/\(id)").status == 200 }
    }

    var kafka: KafkaServer { KafkaServer(host: "localhost", port: ports.broker) }
    var maria: MariaDBServer { MariaDBServer(host: "localhost", port: ports.write, password: "password") }
}

@Suite(.serialized, .enabled(if: Servers.missing == nil, "\(Servers.missing ?? "")"))
struct OrderServiceTests {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func anOrderGoesFromPostToReadSourceAndSIGTERMEndsTheServiceWithStatus0() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            let id = try await servers.placed("first")
            #expect(await servers.isReadable(id))
            #expect(try await servers.request("/customers/ada%40example.org").text.contains(#""firstName":"Ada""#))
            service.process.terminate()
            #expect(await service.end(within: 10) == 0, "\(service.text)")
            #expect(service.text.contains("Read database connected at "))
            #expect(service.text.contains("server is listening on \(servers.ports.service)\n"))
        }
    }

    @Test func theServiceWaitsForServersThatComeUpLaterAndSaysForWhich() async throws {
        let servers = try Servers()
        let service = try servers.startService()
        #expect(await eventually { try await servers.request("/health").status == 200 })
        #expect(try await servers.request("/ready").status == 503)
        #expect(try await servers.post("too early").status == 503)
        for name in ["write source", "read source", "message broker"] {
            #expect(await eventually { service.text.contains("waiting for the \(name)") }, "\(name): \(service.text)")
        }
        try servers.startBroker()
        try servers.startReadSource()
        try servers.startWriteSource()
        #expect(await servers.isReady(), "\(service.text)")
        #expect(await servers.isReadable(try await servers.placed("after all")))
    }

    @Test func concurrentDuplicatesOfAKeyMakeOneOrder() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 { group.addTask { try await servers.placed("once", key: "same-key") } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await servers.post("another", key: "same-key").status == 422)
            let last = try await servers.placed("last")
            #expect(await servers.isReadable(last))
            #expect(try await servers.request("/orders").text.components(separatedBy: "\"once\"").count == 2)
        }
    }

    @Test func whenTheBrokerIsDownTheAnswerIs503TheOrderStaysAndTheServiceRecovers() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            #expect(await servers.isReadable(try await servers.placed("before")))
            servers.broker?.kill()
            let answer = try await servers.post("gap", key: "gap-key")
            #expect(answer.status == 503)
            #expect(answer.text.contains(#""dependency":"message broker""#))
            // The row is there: the same key finds it.
            let write = MariaDBWriteSource(servers.maria, connections: 1)
            let order = try NewOrder(
                description: "gap", quantity: 4, email: "ada@example.org", firstName: "Ada", lastName: "L")
            let stored = try await write.add(order, idempotencyKey: "gap-key")
            try await write.close()
            try servers.startBroker()
            #expect(await servers.isReady())
            #expect(await eventually { try await servers.post("gap", key: "gap-key").status == 200 })
            #expect(await servers.isReadable(stored.id.description), "\(service.text)")
            #expect(await servers.isReadable(try await servers.placed("after")), "\(service.text)")
        }
    }

    @Test func redeliveredAndPoisonousMessagesHarmNothing() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            let order = Order(
                id: OrderID(), description: "twice", quantity: 1,
                customer: Customer(email: "a@b", firstName: "A", lastName: "B"), created: .nowInMilliseconds)
            let producer = try Producer(server: servers.kafka, topic: OnNewOrder.name, timeout: 3000, logger: logger)
            let event = try OnNewOrder(order).json()
            for value in [event, Data("this is no JSON".utf8), Data(), event] {
                try await producer.send(OutgoingMessage(key: "k", value: value, created: 1_700_000_000_123))
            }
            await producer.close()
            #expect(await servers.isReadable(try await servers.placed("after the poison")))
            #expect(try await servers.request("/orders").text.components(separatedBy: "\"twice\"").count == 2)
            #expect(service.text.contains("skipped a message that is not an OnNewOrder event"))
        }
    }

    @Test func anOffsetBeyondTheEndStartsAtTheBeginningAgain() async throws {
        try await Servers.with { servers in
            let kafka = servers.kafka
            let logger = logger
            #expect(
                await eventually {
                    let consumer = try Consumer(
                        server: kafka, topic: OnNewOrder.name, groupID: "simplecqrs", logger: logger)
                    try consumer.commit([0: 998])
                    return true
                })
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            #expect(await servers.isReadable(try await servers.placed("from the start")), "\(service.text)")
        }
    }

    @Test func whatCameWhileTheServiceWasAwayIsReadWhenItIsBack() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            let first = try await servers.placed("first")
            #expect(await servers.isReadable(first))
            service.process.interrupt()
            #expect(await service.end(within: 10) == 0)

            let order = Order(
                id: OrderID(), description: "meanwhile", quantity: 1,
                customer: Customer(email: "a@b", firstName: "A", lastName: "B"), created: .nowInMilliseconds)
            let publisher = try KafkaPublisher(servers.kafka, logger: logger)
            try await publisher.publish(OnNewOrder(order))
            await publisher.close()
            let again = try servers.startService()
            #expect(await servers.isReadable(order.id.description), "\(again.text)")
        }
    }

    @Test func theWriteSourceMayRestart() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            _ = try await servers.placed("before")
            servers.writeSource?.kill()
            let answer = try await servers.post("while down")
            #expect(answer.status == 503)
            #expect(answer.text.contains(#""dependency":"write source""#))
            try servers.startWriteSource()
            #expect(await servers.isReady())
            #expect(await servers.isReadable(try await servers.placed("after")))
        }
    }

    @Test(arguments: [
        (["MONGODB_URL": ""], "MONGODB_URL"), (["MONGODB_URL": "nonsense"], "MONGODB_URL"),
        (["APP_PORT": "70000"], "APP_PORT"), (["ORDERS_MODE": "outbox"], "a later lesson"),
        (["LOG_LEVEL": "loud"], "LOG_LEVEL"), (["WRITE_DB_PORT": "x"], "WRITE_DB_PORT"),
    ])
    func aBadSettingIsNamedAndEndsTheServiceAtOnce(environment: [String: String], words: String) async throws {
        let servers = try Servers()
        let service = try servers.startService(environment)
        #expect(await service.end(within: 10) == 64)
        #expect(service.text.contains(words), "\(service.text)")
    }
}
