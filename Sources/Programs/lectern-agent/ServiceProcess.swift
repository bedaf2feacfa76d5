import AgentProtocol
import Glibc
import ProcessSpawning

/// A long-lived process whose output goes to a log file.
final class ServiceProcess: AgentChannel {
    let child: pid_t
    let place: ProcessSpec.Place
    private let channel: UInt32
    private unowned let agent: Agent

    init(_ spec: ProcessSpec, logFile: String, channel: UInt32, agent: Agent) throws(SystemFailure) {
        self.channel = channel
        self.agent = agent
        place = spec.place
        let log = open(logFile, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw SystemFailure(logFile) }
        defer { close(log) }
        child = try agent.spawn(spec, output: log)
        agent.link.send(.started(pid: child), on: channel)
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .signal(let number): kill(-child, number)
        case .close: tearDown()
        default: break
        }
    }

    func childEnded(_ status: ExitStatus) {
        // What the service left in its group ends with it.
        kill(-child, SIGKILL)
        agent.link.send(.exited(status), on: channel)
        agent.remove(channel)
    }

    func tearDown() {
        kill(-child, SIGKILL)
    }
}
