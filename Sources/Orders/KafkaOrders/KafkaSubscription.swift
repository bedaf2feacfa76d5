import FoundationEssentials
public import Logging
import NIOPosix
public import Orders
import Synchronization

/// Events from the topic `OnNewOrder`, with the place reached kept at the broker.
///
/// A message that is not an event is logged and passed over. When the connection breaks a new consumer starts at what the
/// broker then says was committed: a broker that came back without its memory is read from the beginning.
///
/// While nothing happens the broker is left alone but for a short question now and then, after a while one a second. So
/// an event may be noticed a second late when another program published it, and is noticed at once when
/// ``eventWasPublished()`` is called for it.
public final class KafkaSubscription: EventSubscription {
    private static let maxBatch = 100
    /// Milliseconds; also the longest time until a cancelled subscription notices.
    private static let wait: Int32 = 100
    private static let pause = Duration.milliseconds(250)
    /// After a message the broker is asked without a pause for so long.
    private static let busyTime = Duration.milliseconds(500)
    /// Milliseconds between two questions while nothing happens: at first, and in the end.
    private static let minRest: Int32 = 250
    private static let maxRest: Int32 = 1000

    private let server: KafkaServer
    private let groupID: String
    private let logger: Logger
    private let isStopped = Atomic(false)
    private let current = Mutex<Consumer?>(nil)

    /// - Parameters:
    ///   - groupID: What the broker keeps the place reached under. Two subscriptions under one id both get every event.
    ///   - logger: Hears of lost connections, and of messages that are passed over.
    public init(_ server: KafkaServer, groupID: String, logger: Logger) {
        self.server = server
        self.groupID = groupID
        self.logger = logger
    }

    /// Has the broker asked at once. Nothing is lost when this isn't called: the event only comes later.
    public func eventWasPublished() {
        current.withLock { $0 }?.wake()
    }

    /// Runs once: a subscription that was cancelled stays stopped.
    public func forEachEvent(_ handler: @escaping @Sendable (OnNewOrder) async throws -> Void) async throws {
        await withTaskCancellationHandler {
            // A task of its own, so that the event under way is dealt with, and its offset committed, when the
            // caller is cancelled.
            await Task { await run(handler) }.value
        } onCancel: {
            isStopped.store(true, ordering: .relaxed)
            current.withLock { $0 }?.wake()
        }
    }

    private var isRunning: Bool { !isStopped.load(ordering: .relaxed) }

    private func run(_ handler: @Sendable (OnNewOrder) async throws -> Void) async {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        var isConnected = true
        var progress = GroupProgress()
        while isRunning {
            do {
                let consumer = try await thread.runIfActive { [self] in
                    try Consumer(server: server, topic: OnNewOrder.name, groupID: groupID, logger: logger)
                }
                if !isConnected { logger.notice("message broker is back") }
                isConnected = true
                logger.debug("subscribed", metadata: ["topic": "\(OnNewOrder.name)", "group": "\(groupID)"])
                if let loss = progress.restart(at: consumer.positions) { warn(of: loss) }
                current.withLock { $0 = consumer }
                let end = await Result { try await receive(from: consumer, on: thread, &progress, handler) }
                current.withLock { $0 = nil }
                try end.get()
            } catch {
                // Said once, not four times a second for as long as the broker is away.
                if isConnected {
                    logger.warning("lost the message broker; trying again", metadata: ["reason": "\(error)"])
                }
                isConnected = false
                try? await Task.sleep(for: Self.pause)
            }
        }
        try? await thread.shutdownGracefully()
    }

    private func warn(of loss: GroupProgress.Loss) {
        logger.warning(
            "message broker restarted without its data: events that had not been received yet are lost",
            metadata: [
                "partition": "\(loss.partition)", "receivedBefore": "\(loss.received)",
                "startsAt": "\(loss.start)",
            ])
    }

    private func receive(
        from consumer: Consumer, on thread: NIOThreadPool, _ progress: inout GroupProgress,
        _ handler: @Sendable (OnNewOrder) async throws -> Void
    ) async throws {
        var busyUntil = ContinuousClock.now + Self.busyTime
        var rest = Self.minRest
        while isRunning {
            let messages = try await thread.runIfActive {
                try consumer.poll(atMost: Self.maxBatch, wait: Self.wait)
            }
            guard !messages.isEmpty else {
                guard ContinuousClock.now >= busyUntil else { continue }
                let wasWoken = try await thread.runIfActive { [rest] in try consumer.rest(atMost: rest) }
                rest = min(2 * rest, Self.maxRest)
                if wasWoken { busyUntil = .now + Self.busyTime }
                continue
            }
            rest = Self.minRest
            var done: [Int32: Int64] = [:]
            for message in messages {
                guard await handle(message, handler) else { break }
                done[message.partition] = message.offset
            }
            if !done.isEmpty {
                try await thread.runIfActive { [done] in try consumer.commit(done) }
                progress.committed(done)
            }
            busyUntil = .now + Self.busyTime
        }
    }

    /// - Returns: Whether the message is dealt with; `false` when the subscription was stopped before it was.
    private func handle(
        _ message: IncomingMessage, _ handler: @Sendable (OnNewOrder) async throws -> Void
    ) async -> Bool {
        let event: OnNewOrder
        do {
            let created = message.created.map(Date.init(millisecondsSince1970:)) ?? .nowInMilliseconds
            event = try OnNewOrder(json: message.value, created: created)
        } catch {
            logger.error(
                "skipped a message that is not an \(OnNewOrder.name) event",
                metadata: [
                    "partition": "\(message.partition)", "offset": "\(message.offset)", "reason": "\(error)",
                ])
            return true
        }
        var hasFailed = false
        while isRunning {
            do {
                try await handler(event)
                return true
            } catch {
                if !hasFailed {
                    logger.warning(
                        "event not handled; trying again",
                        metadata: ["order": "\(event.orderId)", "reason": "\(error)"])
                }
                hasFailed = true
                try? await Task.sleep(for: Self.pause)
            }
        }
        return false
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
