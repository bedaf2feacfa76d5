import Foundation
import Logging
import Orders
import Synchronization
import Testing

@testable import KafkaOrders

/// What becomes of the service, and of its broker, when orders come in crowds or not at all.
@Suite(.serialized, .enabled(if: Servers.missing == nil, "\(Servers.missing ?? "")"))
struct BrokerRestartTests {
    @Test("the service lives on when its broker is killed twice under load and comes back empty")
    func survivesABrokerWithoutMemory() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            let accepted = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        while !Task.isCancelled {
                            if (try? await servers.post("crowd").status) == 200 { accepted.increment() }
                        }
                    }
                }
                for _ in 0..<2 {
                    let before = accepted.value
                    #expect(await eventually { accepted.value > before + 200 })
                    servers.broker?.kill()
                    try servers.startBroker()
                }
                let before = accepted.value
                #expect(await eventually { accepted.value > before + 200 }, "\(service.text)")
                group.cancelAll()
            }
            #expect(service.process.isRunning, "\(service.text)")
            let id = try await servers.placed("after all that")
            #expect(await eventually(60) { try await servers.request("/orders/\(id)").status == 200 })
            #expect(service.text.contains("message broker is back"), "\(service.text)")
            #expect(service.text.contains("restarted without its data"), "\(service.text)")
        }
    }

    @Test("an idle service asks its broker a few times a second, and still finds what another program published")
    func restsWhileNothingHappens() async throws {
        try await Servers.with { servers in
            let service = try servers.startService()
            #expect(await servers.isReady(), "\(service.text)")
            #expect(await servers.isReadable(try await servers.placed("the last one for now")))
            let broker = try #require(servers.broker?.process.processIdentifier)
            // Counted over a time, since a rest begins some time after the last order: two seconds in which the broker
            // wakes up no more than a few times for each of four questions. Without rests it wakes up hundreds of times.
            #expect(
                await eventually {
                    let before = wakeUps(of: broker)
                    try await Task.sleep(for: .seconds(2))
                    return wakeUps(of: broker) - before < 100
                })

            let order = Order(
                id: OrderID(), description: "from elsewhere", quantity: 1,
                customer: Customer(email: "a@b", firstName: "A", lastName: "B"), created: .nowInMilliseconds)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let publisher = try KafkaPublisher(servers.kafka, logger: logger)
            try await publisher.publish(OnNewOrder(order))
            await publisher.close()
            #expect(await servers.isReadable(order.id.description), "\(service.text)")
        }
    }

    /// How often the threads of a process have waited for something, altogether.
    private func wakeUps(of process: Int32) -> Int {
        let tasks = "/proc/\(process)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return threads.reduce(0) { sum, thread in
            let status = (try? String(contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
            return sum + (line.flatMap { Int($0.split(separator: "\t").last ?? "") } ?? 0)
        }
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}

struct GroupProgressTests {
    @Test("a broker that starts behind what it confirmed has lost its memory")
    func lossIsNoticed() {
        var progress = GroupProgress()
        #expect(progress.restart(at: [0: -1001]) == nil)
        progress.committed([0: 41])
        #expect(progress.restart(at: [0: 42]) == nil)
        #expect(progress.restart(at: [0: -1001]) == GroupProgress.Loss(partition: 0, received: 42, start: 0))
        // Said once.
        #expect(progress.restart(at: [0: -1001]) == nil)
    }

    @Test("partitions are told apart, and one that is missing counts as empty")
    func partitions() {
        var progress = GroupProgress()
        progress.committed([0: 4, 1: 9])
        #expect(progress.restart(at: [0: 5]) == GroupProgress.Loss(partition: 1, received: 10, start: 0))
    }
}
