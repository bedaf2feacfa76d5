import CRDKafka
import Logging
import Orders
import Testing

@testable import KafkaOrders

@Suite struct GroupProgressTests {
    @Test("a broker that starts where it was told to has lost nothing")
    func noLoss() {
        var progress = GroupProgress()
        #expect(progress.restart(at: [0: -1001, 1: 5]) == nil)
        progress.committed([0: 9, 1: 4])
        #expect(progress.restart(at: [0: 10, 1: 5]) == nil)
        #expect(progress.restart(at: [0: 11, 1: 70]) == nil)
    }

    @Test("one that starts earlier has lost what lies between, in its lowest partition first")
    func loss() {
        var progress = GroupProgress()
        progress.committed([2: 99, 1: 41, 0: 7])
        #expect(progress.restart(at: [0: 8, 1: 40, 2: 0]) == .init(partition: 1, received: 42, start: 40))
    }

    @Test(
        "an offset that isn't known, and a partition that is gone, count as the beginning",
        arguments: [[0: -1001], [:]])
    func unknownOffsets(_ starts: [Int32: Int64]) {
        var progress = GroupProgress()
        progress.committed([0: 2])
        #expect(progress.restart(at: starts) == .init(partition: 0, received: 3, start: 0))
    }

    @Test("a loss is told once")
    func once() {
        var progress = GroupProgress()
        progress.committed([0: 2])
        #expect(progress.restart(at: [0: 0]) != nil)
        #expect(progress.restart(at: [0: 0]) == nil)
        progress.committed([0: 0])
        #expect(progress.restart(at: [0: 0]) == .init(partition: 0, received: 1, start: 0))
    }
}

@Suite struct KafkaErrorTests {
    @Test(
        "another producer may send again what a broker that restarted doesn't know",
        arguments: [
            RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
            RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT,
        ])
    func endingErrors(_ code: rd_kafka_resp_err_t) {
        #expect(KafkaError(code).endsProducer)
        #expect(KafkaError.connectionLost.endsProducer)
    }

    @Test(
        "a message that waited too long, or is too large, is not sent again",
        arguments: [
            RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR__TIMED_OUT,
        ])
    func otherErrors(_ code: rd_kafka_resp_err_t) {
        #expect(!KafkaError(code).endsProducer)
        #expect(!KafkaError(code).description.isEmpty)
        #expect(KafkaError(code, "in other words").description == "in other words")
    }
}

/// Nothing listens at port 1.
@Suite struct NoBrokerTests {
    private let server = KafkaServer(host: "127.0.0.1", port: 1)
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func event() throws -> OnNewOrder {
        OnNewOrder(
            Order(
                id: OrderID(), description: "tea", quantity: 1,
                customer: Customer(email: "ada@example.org", firstName: "Ada", lastName: "Lovelace"),
                created: .nowInMilliseconds))
    }

    @Test("an event that no broker takes is given up, and its sender hears of it", .timeLimit(.minutes(1)))
    func publishing() async throws {
        let publisher = try KafkaPublisher(
            server, timeout: 200, logger: logger, onPublished: { Issue.record("nothing was published") })
        #expect(publisher.address == "127.0.0.1:1" && publisher.name == "message broker")
        let error = await #expect(throws: OrderError.self) { try await publisher.publish(event()) }
        guard case .unavailable("message broker", let problem)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.hasPrefix("127.0.0.1:1: "))
        await #expect(throws: OrderError.self) { try await publisher.ping() }
        await publisher.close()
    }

    @Test("a subscription waits for its broker, and ends when it is cancelled", .timeLimit(.minutes(1)))
    func subscribing() async throws {
        let subscription = KafkaSubscription(server, groupID: "test", logger: logger)
        let task = Task { try await subscription.forEachEvent { _ in Issue.record("an event from nobody") } }
        subscription.eventWasPublished()
        task.cancel()
        try await task.value
    }
}
