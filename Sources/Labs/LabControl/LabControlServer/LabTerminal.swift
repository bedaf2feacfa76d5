import AgentProtocol
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs
import PseudoTerminals
import Synchronization
import TerminalSessions

/// A terminal of the lab: the emulator, which lasts, and the shell behind it, which may end and be opened again.
final class LabTerminal: Sendable {
    let session: TerminalSession
    let name: String
    private let recordings = Mutex<[(recording: LabRecording, tape: any TerminalObserver)]>([])
    /// The shell is being exchanged for another.
    private let reopening = Mutex<Task<Void, any Error>?>(nil)
    private let people = Mutex(TerminalPeople(ownSize: TerminalSize(columns: 120, rows: 40)))
    private let nonce: String
    private let pod: any LabPod
    private let line: TerminalWire

    init(name: String, pod: any LabPod) {
        self.name = name
        self.pod = pod
        nonce = String(UInt64.random(in: .min ... .max), radix: 36)
        line = TerminalWire()
        session = TerminalSession(name: name, nonce: nonce, line: line)
    }

    // MARK: Holding

    /// Has the next shell read and written by a client.
    ///
    /// - Returns: `false` when a shell runs already.
    func hold(by holder: TerminalHolder) -> Bool { line.hold(by: holder) }

    func isHeld(by holder: TerminalHolder) -> Bool { line.holder === holder }

    /// A client reads and writes the terminal; ``session`` knows only what the client shows of it.
    var isHeld: Bool { line.holder != nil }

    /// Has the session show what the terminal shows, where a client holds it.
    func follow() async { await line.holder?.follow() }

    /// Does what a holder asks, until it lets go of the terminal.
    func serve(_ holder: TerminalHolder) async {
        do {
            for try await frame in holder.conversation.frames {
                switch frame.kind {
                case ControlFrame.bytes:
                    await session.receive(frame.payload)
                    holder.noteScreen()
                case ControlFrame.foreground:
                    do {
                        holder.answer(try await line.foreground())
                    } catch {
                        holder.answer(failure: error)
                    }
                case ControlFrame.signal: line.signalForeground(try decode(from: frame.payload))
                case ControlFrame.killJobs: line.killJobs(startedWithin: try decode(from: frame.payload))
                case ControlFrame.end: return holder.leave()
                default: break
                }
            }
        } catch {}
        holder.leave()
    }

    /// Starts a shell if none runs.
    func open() async throws {
        guard line.begin() else { return }
        do {
            // Bash reads the file while it starts; a lesson has no business with it.
            let workspace = try await pod.workspace
            let file = "\(workspace.ownFiles)/\(name).bashrc"
            let text = ShellSetup.rcFile(nonce: nonce, userRcFile: "\(workspace.home)/.bashrc")
            let agent = try await pod.agent
            try await agent.write(Array(text.utf8), to: file)
            var spec = workspace.process(ShellSetup.bashArguments(rcFile: file))
            spec.environment.removeAll { $0.hasPrefix("TERM=") }
            spec.environment += ["TERM=xterm-256color"]
            let size = line.size
            let holder = line.holder
            let terminal = try await agent.openTerminal(
                spec, columns: size.columns, rows: size.rows, passesMaster: holder != nil)
            if let master = terminal.master, let holder {
                defer { master.close() }
                let shell = HeldShell(nonce: nonce, size: TerminalSize(columns: size.columns, rows: size.rows))
                guard holder.take(master, shell) else {
                    terminal.close()
                    throw LabError(code: .system, problem: "terminal '\(name)' cannot be passed to who uses it")
                }
                line.connect(terminal, openedAs: size)
                line.shellTask = heldShell(terminal, of: agent, holder)
                return
            }
            line.letGo()
            // Lives as long as the shell.
            line.shellTask = Task(executorPreference: agent.executor) { [self, session, line] in
                line.connect(terminal, openedAs: size)
                let status = await terminal.relay { bytes in
                    await session.receive(bytes)
                    await self.waitForRecordings()
                }
                line.disconnect(hasExited: status != nil)
                await session.ended(status: status.flatMap { if case .code(let code) = $0 { code } else { nil } })
                return status
            }
        } catch {
            line.letGo()
            line.disconnect(hasExited: false)
            throw error
        }
    }

    /// Waits for the end of a shell that a client reads and writes, and tells the client.
    private func heldShell(
        _ terminal: AgentTerminal, of agent: LabAgent, _ holder: TerminalHolder
    ) -> Task<ExitStatus?, Never> {
        Task(executorPreference: agent.executor) { [line] in
            // What it prints goes to the holder without the agent.
            let status = await terminal.relay { _ in }
            line.disconnect(hasExited: status != nil)
            // The shell may only be the first that is noticed of the lab's end, which its holder is told with the reason.
            do {
                try await agent.ping()
                holder.ended(status)
            } catch let error as AgentError where error.code == .gone {
            } catch {
                holder.ended(status)
            }
            return status
        }
    }

    /// Hands everything from now on to a recording.
    func record(to recording: LabRecording) async {
        let tape = recording.makeTape(for: name)
        recordings.withLock { $0.append((recording, tape)) }
        await follow()
        await session.observe(with: tape)
    }

    func stopRecording(to recording: LabRecording) async {
        let tapes = recordings.withLock { recordings in
            let tapes = recordings.filter { $0.recording === recording }.map(\.tape)
            recordings.removeAll { $0.recording === recording }
            return tapes
        }
        for tape in tapes { await session.stopObserving(with: tape) }
    }

    /// A recording that is written slowly holds the terminal up rather than grow in memory.
    private func waitForRecordings() async {
        for recording in recordings.withLock({ $0.map(\.recording) }) { await recording.waitForRoom() }
    }

    /// How a terminal's shell went.
    enum End: Sendable {
        /// By itself.
        case exited(ExitStatus)
        /// It was ended from outside, or the whole lab was.
        case closed
    }

    /// Returns when a shell has ended by itself, or for good; people stay when it is reopened.
    func waitUntilEnded() async -> End {
        while let shell = line.shellTask {
            guard let status = await value(of: shell) else { return .closed }
            _ = await reopening.withLock { $0 }?.result
            guard line.shellTask != shell else { return status.map(End.exited) ?? .closed }
        }
        return .closed
    }

    /// Ends the shell, and what runs in it, and starts another.
    func reopen() async throws {
        // A task of its own, so that those who watch can wait for it.
        let task = reopening.withLock { reopening in
            let task = Task { [earlier = reopening] in
                // Two at once would end and open each other's shells.
                _ = await earlier?.result
                await end()
                try await open()
            }
            reopening = task
            return task
        }
        defer { reopening.withLock { if $0 == task { $0 = nil } } }
        try await task.value
    }

    /// Ends the shell, and what runs in it; returns when it has ended.
    func end() async {
        line.close()
        _ = await line.shellTask?.value
    }

    // MARK: Size

    /// Gives the terminal a size that it keeps, in character cells.
    func resize(columns: Int, rows: Int) async {
        people.withLock { $0.ownSize = TerminalSize(columns: columns, rows: rows) }
        await session.resize(columns: columns, rows: rows)
    }

    /// Types what a person typed.
    func type(_ bytes: [UInt8], by person: TerminalPeople.Person) async {
        if people.withLock({ $0.act(person) }) { await adoptSize() }
        await session.type(bytes)
    }

    /// Notes that a person's window has another size.
    func resize(_ window: TerminalSize, by person: TerminalPeople.Person) async {
        if people.withLock({ $0.act(person, window: window) }) { await adoptSize() }
    }

    /// Has a person with a window at the terminal; see ``TerminalPeople`` for its size.
    func withPerson<Value: Sendable>(
        _ window: TerminalSize, _ body: (TerminalPeople.Person) async throws -> Value
    ) async throws -> Value {
        let person = people.withLock { $0.join(window) }
        await adoptSize()
        let result: Result<Value, any Error>
        do { result = .success(try await body(person)) } catch { result = .failure(error) }
        people.withLock { $0.leave(person) }
        await adoptSize()
        return try result.get()
    }

    private func adoptSize() async {
        let size = people.withLock { $0.size }
        await session.resize(columns: size.columns, rows: size.rows)
    }
}

/// What the emulator writes to; behind it is one shell after another.
private final class TerminalWire: TerminalLine {
    private struct State {
        var terminal: AgentTerminal?
        /// Reads and writes the shells instead.
        var holder: TerminalHolder?
        var isOpening = false
        /// The last shell ended by itself; the lab goes on.
        var hasExited = false
        var size = (columns: 120, rows: 40)
        /// Ends with the shell.
        var shellTask: Task<ExitStatus?, Never>?
        /// Typed before there's a shell.
        var early: [UInt8] = []
    }

    private let state = Mutex(State())

    var size: (columns: Int, rows: Int) { state.withLock { $0.size } }

    /// - Returns: `false` when a shell runs or is on its way.
    func begin() -> Bool {
        state.withLock { state in
            guard state.terminal == nil, !state.isOpening else { return false }
            state.isOpening = true
            return true
        }
    }

    var holder: TerminalHolder? { state.withLock { $0.holder } }

    func hold(by holder: TerminalHolder) -> Bool {
        state.withLock { state in
            guard state.terminal == nil, !state.isOpening else { return false }
            if state.holder?.isFollowed == true { holder.startFollowing() }
            state.holder = holder
            return true
        }
    }

    func letGo() { state.withLock { $0.holder = nil } }

    var shellTask: Task<ExitStatus?, Never>? {
        get { state.withLock { $0.shellTask } }
        set { state.withLock { $0.shellTask = newValue } }
    }

    func connect(_ terminal: AgentTerminal, openedAs opened: (columns: Int, rows: Int)) {
        let (early, size) = state.withLock { state in
            state.terminal = terminal
            state.isOpening = false
            defer { state.early = [] }
            return (state.early, state.size)
        }
        // It may have been given another size while the shell was on its way.
        if size != opened { resize(columns: size.columns, rows: size.rows) }
        if !early.isEmpty { write(early) }
    }

    func disconnect(hasExited: Bool) {
        state.withLock { state in
            state.terminal = nil
            state.isOpening = false
            state.hasExited = hasExited
        }
    }

    func close() {
        state.withLock { $0.terminal }?.close()
    }

    func write(_ bytes: [UInt8]) {
        let (terminal, holder) = state.withLock { state in
            if state.terminal == nil, state.isOpening { state.early += bytes }
            return (state.terminal, state.holder)
        }
        if terminal != nil, let holder { holder.write(bytes) } else { terminal?.write(bytes) }
    }

    func resize(columns: Int, rows: Int) {
        let (terminal, holder) = state.withLock { state in
            state.size = (columns, rows)
            return (state.terminal, state.holder)
        }
        if terminal != nil, let holder {
            holder.resize(TerminalSize(columns: columns, rows: rows))
        } else {
            terminal?.resize(columns: columns, rows: rows)
        }
    }

    func foreground() async throws -> ForegroundState {
        let (terminal, shell) = state.withLock { ($0.terminal, $0.shellTask) }
        if let bytes = try await terminal?.foreground(), let foreground = ForegroundState(encoded: bytes) {
            return foreground
        }
        // The shell ended under the look, which then says nothing; the session hears of the end itself.
        _ = await shell?.value
        guard state.withLock({ $0.hasExited }) else {
            // Not the lab's end: whoever gets this asks the lab what it has lost.
            throw LabError(code: .terminalUnusable, problem: "the terminal's shell is gone")
        }
        return ForegroundState()
    }

    func signalForeground(_ signal: Int32) {
        state.withLock { $0.terminal }?.signalForeground(signal)
    }

    func killJobs(startedWithin seconds: Double) {
        state.withLock { $0.terminal }?.killJobs(startedWithin: seconds)
    }
}
