import CRDKafka
import Glibc
import Logging
import Synchronization

/// The time from a client's first exchange with a broker until a connection between them closes.
///
/// A client is good for one session. librdkafka reconnects on its own and goes on with what it knew: the topic's id,
/// offsets, the producer's sequence. A broker that keeps everything in memory has another topic under that name after
/// a restart; asked by the old id, it gives answers that librdkafka 2.16 takes for a topic without a name, and the
/// program dies of it (https://github.com/confluentinc/librdkafka/issues/5280). An offset committed late would make
/// the next consumer pass over what it has never read. So no connection is opened once one was lost: whoever uses the
/// client makes a new one.
///
/// librdkafka calls from threads of its own.
final class BrokerSession: Sendable {
    private enum State {
        /// Nothing is known of the broker yet: connections may fail, and be tried again.
        case opening
        case settled
        case lost
    }

    let logger: Logger
    private let state = Mutex(State.opening)
    private let queue = Mutex<QueueReference?>(nil)

    /// A queue that a thread may wait at.
    ///
    /// `@unchecked Sendable`: librdkafka's queues may be used by any thread.
    private struct QueueReference: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    init(logger: Logger) {
        self.logger = logger
    }

    var isLost: Bool { state.withLock { $0 == .lost } }

    /// The broker has answered; from now on a connection that closes ends the session.
    func settle() {
        state.withLock { if $0 == .opening { $0 = .settled } }
    }

    // MARK: Waking

    /// Takes over a reference to the queue at which the client's owner waits.
    func watch(_ pointer: OpaquePointer?) {
        queue.withLock { $0 = pointer.map { QueueReference(pointer: $0) } }
    }

    /// Lets go of the queue; to be called before the client is destroyed.
    func stopWatching() {
        queue.withLock { queue in
            if let queue { rd_kafka_queue_destroy(queue.pointer) }
            queue = nil
        }
    }

    /// Has the thread that waits at the queue return at once; when none waits, the next one that does.
    func wake() {
        queue.withLock { queue in
            if let queue { rd_kafka_queue_yield(queue.pointer) }
        }
    }

    // MARK: Sockets

    /// Has librdkafka open and close its sockets through the session that is the configuration's `opaque` value.
    static func install(in configuration: OpaquePointer?) {
        rd_kafka_conf_set_connect_cb(configuration) { socket, address, length, _, opaque in
            if BrokerSession.of(opaque)?.isLost == true { return ECONNABORTED }
            // The socket does not block: the connection comes about later.
            return Glibc.connect(socket, address, socklen_t(length)) == 0 || errno == EINPROGRESS ? 0 : errno
        }
        rd_kafka_conf_set_closesocket_cb(configuration) { socket, opaque in
            if BrokerSession.wasConnected(socket) { BrokerSession.of(opaque)?.connectionClosed() }
            return Glibc.close(socket)
        }
    }

    /// The session behind librdkafka's `opaque` pointer.
    static func of(_ opaque: UnsafeMutableRawPointer?) -> BrokerSession? {
        opaque.map { Unmanaged<BrokerSession>.fromOpaque($0).takeUnretainedValue() }
    }

    private func connectionClosed() {
        let hasEnded = state.withLock { state in
            guard state == .settled else { return false }
            state = .lost
            return true
        }
        if hasEnded { wake() }
    }

    /// Whether the other side ever answered: of the addresses of `localhost` only one may be listened at, and a refused
    /// attempt says nothing about the connection that is there.
    private static func wasConnected(_ socket: Int32) -> Bool {
        var information = tcp_info()
        var length = socklen_t(MemoryLayout<tcp_info>.size)
        // The round trip is measured when the other side answers the first time, and is 0 until then.
        return getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, &information, &length) == 0
            && information.tcpi_rtt > 0
    }
}
