import AgentProtocol
import Glibc
import Processes

/// A TCP connection to a port of the lab's own loopback address, or of another address in its network.
final class LoopbackStream: AgentChannel {
    private enum State { case connecting, open }

    private(set) var descriptor: Int32
    private var state = State.connecting
    private var outgoing: [UInt8] = []
    private var written = 0
    private var credit = AgentEvent.window
    private var finishesWriting = false
    private var hasFinishedWriting = false
    private var hasFinishedReading = false
    private let channel: UInt32
    private unowned let agent: Agent

    init(port: UInt16, address lab: LabAddress, channel: UInt32, agent: Agent) throws(SystemFailure) {
        self.channel = channel
        self.agent = agent
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw SystemFailure("socket") }
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = lab.rawValue.bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 || errno == EINPROGRESS else {
            let failure = SystemFailure("port \(port)")
            close(descriptor)
            throw failure
        }
    }

    var interest: Int16 {
        switch state {
        case .connecting: return Int16(POLLOUT)
        case .open:
            var events: Int16 = 0
            if !hasFinishedReading, credit > 0, !agent.link.isCongested { events |= Int16(POLLIN) }
            if written < outgoing.count { events |= Int16(POLLOUT) }
            return events
        }
    }

    func ready(_ events: Int16) {
        switch state {
        case .connecting: finishConnecting()
        case .open:
            if events & Int16(POLLOUT) != 0 { flush() }
            if descriptor >= 0, events & Int16(POLLIN | POLLHUP | POLLERR) != 0 { readSome() }
        }
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .data(let bytes):
            outgoing.append(contentsOf: bytes)
            if state == .open { flush() }
        case .credit(let count): credit += Int(count)
        case .finish:
            finishesWriting = true
            if state == .open { flush() }
        case .close: tearDown()
        default: break
        }
    }

    func tearDown() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }

    private func finishConnecting() {
        var problem: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size)
        guard problem == 0 else {
            tearDown()
            agent.link.send(.failed(problem, String(cString: strerror(problem))), on: channel)
            agent.remove(channel)
            return
        }
        state = .open
        agent.link.send(.connected, on: channel)
        flush()
    }

    private func flush() {
        let before = written
        while written < outgoing.count {
            let count = writeRest(of: outgoing, from: written, to: descriptor)
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN { break }
                return end()
            }
            written += count
        }
        if written > before { agent.link.send(.credit(UInt32(written - before)), on: channel) }
        guard written == outgoing.count else { return }
        outgoing.removeAll(keepingCapacity: outgoing.capacity < 1 << 17)
        written = 0
        if finishesWriting, !hasFinishedWriting {
            hasFinishedWriting = true
            shutdown(descriptor, Int32(SHUT_WR))
            endIfDone()
        }
    }

    private func readSome() {
        var isBroken = false
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            let count = read(descriptor, buffer.baseAddress, min(buffer.count, max(credit, 1)))
            if count > 0 {
                credit -= count
                agent.link.send(.data(Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))), on: channel)
            } else if count == 0 {
                hasFinishedReading = true
                agent.link.send(.endOfStream, on: channel)
            } else {
                isBroken = errno != EAGAIN && errno != EINTR
            }
        }
        if isBroken { end() } else { endIfDone() }
    }

    private func endIfDone() {
        if hasFinishedReading, hasFinishedWriting { end() }
    }

    private func end() {
        tearDown()
        agent.link.send(.closed, on: channel)
        agent.remove(channel)
    }
}
