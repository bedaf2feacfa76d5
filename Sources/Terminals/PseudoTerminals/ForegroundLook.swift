import CLinux
public import Glibc

/// Looks once, without waiting, at the process group in the foreground of a terminal.
///
/// Costs about 0.15 ms for a program of one thread. Works for every process that the caller may trace, which includes
/// its descendants; for the others ``ForegroundState/isInspectable`` is `false`.
///
/// - Parameters:
///   - master: The terminal's master; its readers must be the caller, or ``ForegroundState/outputPending`` means little.
///   - shell: The process that leads the terminal's session.
public func foregroundState(master: Int32, shell: pid_t) -> ForegroundState {
    var state = ForegroundState()
    var modes = termios()
    if tcgetattr(master, &modes) == 0 {
        state.isCanonical = modes.c_lflag & tcflag_t(ICANON) != 0
        state.echoes = modes.c_lflag & tcflag_t(ECHO) != 0
    }
    let group = tcgetpgrp(master)
    guard group > 0 else { return state }
    state.processGroup = group
    state.isShell = group == shell

    // The order matters: a program that takes the input after the first look is seen running by the second, and what
    // it printed before it blocked is seen by the third.
    let number = linux_terminal_slave(master)
    state.inputPending = inputIsPending(master)
    var members = GroupMembers(group: group, terminal: number)
    members.look()
    state.outputPending = isReadable(master)

    state.command = members.command
    state.reader = members.reader
    state.state = members.letters
    state.cpuTicks = members.cpuTicks
    state.isInspectable = members.isInspectable
    if let wait = members.terminalWait, members.allBlocked {
        state.isWaitingForTerminal = !state.inputPending && !state.outputPending
        state.waitsOnlyForTerminal = wait.isExclusive
        state.waitTimeout = wait.timeout
    } else if members.allBlocked {
        state.waitsForEvents = members.waitsForEvents
        state.listensOnSocket = members.listens()
    }
    return state
}

/// `poll` rather than FIONREAD, which overlooks bytes that the kernel hasn't handed to the line discipline yet.
private func isReadable(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLIN) != 0
}

private func inputIsPending(_ master: Int32) -> Bool {
    let peer = linux_open_terminal_slave(master)
    guard peer >= 0 else { return false }
    defer { close(peer) }
    return isReadable(peer)
}

/// The processes of one process group and what their threads wait for.
private struct GroupMembers {
    let group: pid_t
    let terminal: Int32
    private(set) var command = ""
    private(set) var reader = ""
    private(set) var letters = ""
    private(set) var cpuTicks: UInt64 = 0
    private(set) var allBlocked = true
    private(set) var isInspectable = true
    private(set) var waitsForEvents = false
    private(set) var terminalWait: TerminalWait?
    private var processes: [pid_t] = []

    init(group: pid_t, terminal: Int32) {
        self.group = group
        self.terminal = terminal
    }

    mutating func look() {
        forEachNumber(in: "/proc") { process in
            if getpgid(process) == group { processes.append(process) }
        }
        for process in processes {
            guard let status = ProcessStatus(of: process) else { continue }
            if process == group || command.isEmpty { command = status.command }
            letters.unicodeScalars.append(Unicode.Scalar(status.state))
            cpuTicks += status.cpuTicks
            guard status.state != UInt8(ascii: "Z"), status.state != UInt8(ascii: "X") else { continue }
            let ownsTerminal = Int64(status.terminal) == linux_terminal_device_number(terminal)
            forEachNumber(in: "/proc/\(process)/task") { thread in
                if look(at: thread, of: process, ownsTerminal: ownsTerminal) { reader = status.command }
            }
        }
        if processes.isEmpty || !isInspectable { allBlocked = false }
    }

    /// - Returns: Whether the thread waits for the terminal.
    private mutating func look(at thread: pid_t, of process: pid_t, ownsTerminal: Bool) -> Bool {
        switch SystemCallWait.of(thread: thread, process: process) {
        case .running: allBlocked = false
        case .unreadable: isInspectable = false
        case .gone: break
        case .blocked(let wait):
            let switches = contextSwitches(of: thread, process: process)
            let descriptors = wait.descriptors(of: process)
            let terminals = descriptors.filter {
                isTerminal($0, of: process, number: terminal, ownsTerminal: ownsTerminal)
            }
            if !terminals.isEmpty {
                // What was looked up counts only if the thread has not run meanwhile: a shell reads from a pipe that was
                // the terminal a moment ago, under the same number, and will be again.
                guard case .blocked(wait) = SystemCallWait.of(thread: thread, process: process),
                    contextSwitches(of: thread, process: process) == switches
                else {
                    allBlocked = false
                    return false
                }
                let timeout = wait.timeout(of: process)
                terminalWait = TerminalWait(
                    isExclusive: terminals.count == descriptors.count && timeout == nil, timeout: timeout)
                return true
            } else if wait.kind == LINUX_WAIT_OTHER || !descriptors.isEmpty {
                waitsForEvents = true
            }
        }
        return false
    }

    func listens() -> Bool { processes.contains(where: hasListeningSocket) }
}

private struct TerminalWait {
    var isExclusive: Bool
    var timeout: Double?
}

private func isTerminal(_ descriptor: Int32, of process: pid_t, number: Int32, ownsTerminal: Bool) -> Bool {
    var information = stat()
    guard stat("/proc/\(process)/fd/\(descriptor)", &information) == 0 else { return false }
    return linux_is_terminal(UInt64(information.st_rdev), number, ownsTerminal)
}
