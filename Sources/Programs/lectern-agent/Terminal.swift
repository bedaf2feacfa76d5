import AgentProtocol
import Glibc
import Processes
import PseudoTerminals

/// A pseudo-terminal with a shell.
final class Terminal: AgentChannel {
    let child: pid_t
    let place: ProcessSpec.Place
    private let terminal: PseudoTerminal
    private var isOpen = true
    /// The supervisor reads and writes the terminal itself.
    private let isPassed: Bool
    private var outgoing: [UInt8] = []
    private var written = 0
    private var credit = AgentEvent.window
    /// Set once reading has failed: the last process that held the terminal is gone.
    private var isHungUp = false
    private let channel: UInt32
    private unowned let agent: Agent

    init(
        _ spec: ProcessSpec, columns: UInt16, rows: UInt16, passesMaster: Bool, channel: UInt32, agent: Agent
    ) throws(SystemFailure) {
        self.channel = channel
        self.agent = agent
        place = spec.place
        do {
            terminal = try PseudoTerminal.open(columns: Int(columns), rows: Int(rows))
        } catch {
            throw SystemFailure("pseudo-terminal", number: error.code)
        }
        do {
            child = try agent.spawn(spec, terminal: "/dev/pts/\(terminal.number)")
        } catch {
            terminal.close()
            throw error
        }
        // Where it cannot be passed the agent relays, as where nobody asks for it.
        isPassed = passesMaster && agent.passing?.send(terminal.master, as: channel) == true
        agent.link.send(.started(pid: child), on: channel)
    }

    var descriptor: Int32 { isOpen ? terminal.master : -1 }

    var interest: Int16 {
        guard !isPassed else { return 0 }
        var events: Int16 = 0
        if !isHungUp, credit > 0, !agent.link.isCongested { events |= Int16(POLLIN) }
        if !isHungUp, written < outgoing.count { events |= Int16(POLLOUT) }
        return events
    }

    func ready(_ events: Int16) {
        guard isOpen else { return }
        if events & Int16(POLLOUT) != 0 { flush() }
        if events & Int16(POLLIN | POLLHUP | POLLERR) != 0 { readSome() }
    }

    func receive(_ request: AgentRequest) {
        switch request {
        case .data(let bytes) where !isPassed:
            outgoing.append(contentsOf: bytes)
            flush()
        case .credit(let count): credit += Int(count)
        case .signal(let number): terminal.signalForeground(number)
        case .killJobs(let milliseconds): killJobs(of: child, startedWithin: Double(milliseconds) / 1000)
        case .resize(let columns, let rows): terminal.resize(columns: Int(columns), rows: Int(rows))
        case .foreground:
            var state = foregroundState(master: terminal.master, shell: child)
            if written < outgoing.count { state.inputPending = true }
            agent.link.send(.foreground(state.encoded()), on: channel)
        case .close: tearDown()
        default: break
        }
    }

    func childEnded(_ status: ExitStatus) {
        while isOpen, !isPassed, !isHungUp, credit > 0, readSome() {}
        tearDown()
        agent.link.send(.exited(status), on: channel)
        agent.remove(channel)
    }

    func tearDown() {
        guard isOpen else { return }
        isOpen = false
        terminal.signalForeground(SIGKILL)
        kill(child, SIGKILL)
        terminal.close()
    }

    private func flush() {
        let before = written
        while written < outgoing.count {
            let count = writeRest(of: outgoing, from: written, to: terminal.master)
            if count < 0 {
                if errno == EINTR { continue }
                break
            }
            written += count
        }
        if written > before { agent.link.send(.credit(UInt32(written - before)), on: channel) }
        guard written == outgoing.count else { return }
        outgoing.removeAll(keepingCapacity: outgoing.capacity < 1 << 16)
        written = 0
    }

    /// - Returns: `true` when there may be more to read.
    @discardableResult
    private func readSome() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            let count = read(terminal.master, buffer.baseAddress, min(buffer.count, max(credit, 1)))
            if count > 0 {
                credit -= count
                agent.link.send(.data(Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))), on: channel)
                return true
            }
            isHungUp = count == 0 || (errno != EAGAIN && errno != EINTR)
            return false
        }
    }
}
