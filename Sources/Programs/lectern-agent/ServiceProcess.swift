import AgentProtocol
import Glibc
import Processes

/// A long-lived process whose output goes to the supervisor as it comes.
///
/// Nothing in the lab can read, change or replace what was printed. A supervisor that is behind holds the service up.
final class ServiceProcess: AgentChannel {
    let child: pid_t
    let place: ProcessSpec.Place
    private(set) var descriptor: Int32
    private var credit = AgentEvent.window
    private let channel: UInt32
    private unowned let agent: Agent

    /// Pieces that are read at the end of the process without credit: more than a pipe holds.
    private static let maxLastPieces = 64

    init(_ spec: ProcessSpec, channel: UInt32, agent: Agent) throws(SystemFailure) {
        self.channel = channel
        self.agent = agent
        place = spec.place
        let (reading, writing) = try makePipe()
        defer { close(writing) }
        setNonBlocking(reading)
        do {
            child = try agent.spawn(spec, output: writing)
        } catch {
            close(reading)
            throw error
        }
        descriptor = reading
        agent.link.send(.started(pid: child), on: channel)
    }

    var interest: Int16 { credit > 0 && !agent.link.isCongested ? Int16(POLLIN) : 0 }

    func ready(_ events: Int16) {
        readSome()
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .credit(let count): credit += Int(count)
        case .signal(let number): kill(-child, number)
        case .close: tearDown()
        default: break
        }
    }

    func childEnded(_ status: ExitStatus) {
        // What the service left in its group ends with it.
        kill(-child, SIGKILL)
        for _ in 0..<Self.maxLastPieces {
            guard readSome() else { break }
        }
        closePipe()
        agent.link.send(.exited(status), on: channel)
        agent.remove(channel)
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

    /// - Returns: `true` when there may be more to read.
    @discardableResult
    private func readSome() -> Bool {
        guard descriptor >= 0 else { return false }
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        let count = read(descriptor, &piece, piece.count)
        if count > 0 {
            credit -= count
            agent.link.send(.data(Array(piece[..<count])), on: channel)
            return true
        }
        if count < 0, errno == EINTR { return true }
        // Nobody can print any more.
        if count == 0 { closePipe() }
        return false
    }
}
