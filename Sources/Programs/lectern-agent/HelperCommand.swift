import AgentProtocol
import Glibc
import Processes

/// A short command whose output is kept, up to a limit, until it ends.
final class HelperCommand: AgentChannel {
    let child: pid_t
    let place: ProcessSpec.Place
    private(set) var descriptor: Int32
    private(set) var deadline: Int64?
    private var output = BoundedOutput()
    private let headLimit: Int
    private let tailLimit: Int
    private let channel: UInt32
    private unowned let agent: Agent

    init(
        _ spec: ProcessSpec, outputLimit: Int, milliseconds: Int64, channel: UInt32, agent: Agent
    ) throws(SystemFailure) {
        self.channel = channel
        self.agent = agent
        place = spec.place
        // A frame must be able to carry what is kept.
        let limit = min(outputLimit, 512 * 1024)
        headLimit = limit / 2
        tailLimit = limit - limit / 2
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemFailure("pipe") }
        defer { close(ends[1]) }
        setNonBlocking(ends[0])
        do {
            child = try agent.spawn(spec, output: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        descriptor = ends[0]
        deadline = milliseconds > 0 ? monotonicMilliseconds() + milliseconds : nil
        agent.link.send(.started(pid: child), on: channel)
    }

    var interest: Int16 { Int16(POLLIN) }

    func ready(_ events: Int16) {
        drain()
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .signal(let number): kill(-child, number)
        case .close: tearDown()
        default: break
        }
    }

    func childEnded(_ status: ExitStatus) {
        // Whoever inherited the pipe may keep it open for ever: what is in it now is the output.
        if descriptor >= 0 { drain() }
        tearDown()
        agent.link.send(.finished(status, output), on: channel)
        agent.remove(channel)
    }

    func timeOut() {
        deadline = nil
        kill(-child, SIGKILL)
    }

    func tearDown() {
        kill(-child, SIGKILL)
        closePipe()
    }

    private func closePipe() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }

    private func drain() {
        withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 16) { buffer in
            // Bounded, so that a command that prints without end doesn't starve the others.
            for _ in 0..<64 {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count > 0 {
                    keep(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                } else if count == 0 {
                    return closePipe()
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        let room = min(bytes.count, headLimit - output.head.count)
        output.head.append(contentsOf: bytes[..<room])
        output.tail.append(contentsOf: bytes[room...])
        let excess = output.tail.count - tailLimit
        // Trimmed in large steps: cutting the front off at every read would be quadratic.
        guard excess > 0, excess > 64 * 1024 || tailLimit < 64 * 1024 else { return }
        output.tail.removeFirst(excess)
        output.omitted += UInt64(excess)
    }
}
