import FrameConnections
import LabControlProtocol
public import TerminalScreens
public import TerminalSessions

extension LabClient {
    /// Has this process read and write itself those terminals that it uses first, where the lab's engine can pass them (a
    /// sandbox can): nothing is faster. For a client that the lab ends with, and before ``record()`` is asked for.
    ///
    /// Others may still look in and type.
    public func holdTerminals() { held?.start() }

    /// Types into a terminal, opening it if need be, and waits until what was typed is done.
    ///
    /// - Parameter terminal: `T1` to `T99`.
    public func perform(_ input: TerminalInput, in terminal: String) async throws -> Capture {
        if let capture = try await held?.use(terminal, of: self, { try await $0.perform(input) }) { return capture }
        return try await ask(.perform(terminal: terminal, input))
    }

    /// Goes on waiting for an action that wasn't done.
    ///
    /// - Parameter patience: See ``TerminalSession/resume(_:patience:)``.
    public func resume(_ token: Capture.Token, in terminal: String, patience: Double? = nil) async throws -> Capture {
        if let capture = try await held?.use(
            terminal, of: self, { try await $0.resume(token, patience: patience) })
        {
            return capture
        }
        return try await ask(.resume(terminal: terminal, token: token, patience: patience))
    }

    /// What a terminal shows, which is opened if need be: `T1` to `T99`.
    public func screen(of terminal: String) async throws -> ScreenSnapshot {
        if let screen = try await held?.use(terminal, of: self, { await $0.screen() }) { return screen }
        return try await ask(.screen(terminal: terminal))
    }

    /// Ends the terminal's shell, with what runs in it, and starts another.
    public func reopen(_ terminal: String) async throws {
        let _: Bool = try await ask(.reopen(terminal: terminal))
    }

    /// Records every terminal from now on, those that are opened later included.
    public func record() async throws -> RecordingStream {
        let conversation = try open(.record)
        return try await translated(conversation) {
            for try await frame in conversation.frames {
                let _: Bool = try value(of: frame)
                return RecordingStream(conversation: conversation)
            }
            try Task.checkCancellation()
            throw supervisorGone
        }
    }

    /// Puts a remark into the recordings of a terminal.
    public func mark(_ text: String, in terminal: String) async throws {
        let _: Bool = try await ask(.mark(terminal: terminal, text: text))
    }
}
