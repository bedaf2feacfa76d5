import AgentProtocol
import FrameConnections
import Glibc
import LabAgents
import LabControlProtocol
import Labs
import TerminalSessions

/// The terminals of a lab, and what is recorded at them.
extension Supervision {
    func terminal(_ name: String) async throws -> LabTerminal {
        let pod = try runningPod()
        guard name.first == "T", let number = Int(name.dropFirst()), (1...99).contains(number) else {
            throw LabError(
                code: .noSuchTerminal, problem: "'\(name)' is no terminal", remedy: "name one of 'T1' to 'T99'")
        }
        let known = terminals[name]
        let terminal = known ?? LabTerminal(name: name, pod: pod)
        terminals[name] = terminal
        if known == nil { for recording in recordings { await terminal.record(to: recording) } }
        try await terminal.open()
        // A reset may have come between: then this is a terminal of the time before it.
        guard terminals[name] === terminal else {
            await terminal.end()
            _ = try runningPod()
            return try await self.terminal(name)
        }
        return terminal
    }

    /// Sends a client what happens at every terminal, those that are opened later included, until it leaves.
    func record(in conversation: FrameConversation) async throws {
        let recording = LabRecording(conversation: conversation, maxSize: record.request.limits.disk / 8)
        recordings.append(recording)
        for terminal in terminals.values { await terminal.record(to: recording) }
        try conversation.reply(true)
        await recording.run()
        recordings.removeAll { $0 === recording }
        for terminal in terminals.values { await terminal.stopRecording(to: recording) }
    }

    /// Uses a terminal's session, and tells the end of a shell from the end of the lab: the shell's may only be the first
    /// thing that is noticed of it.
    ///
    /// - Throws: ``LabError`` with the reason when the lab has ended, and what the session throws.
    func capture(_ use: () async throws -> Capture) async throws -> Capture {
        let result: Result<Capture, any Error>
        do {
            result = .success(try await use())
        } catch {
            result = .failure(error)
        }
        let mayBeOver =
            switch result {
            case .success(let capture): capture.ending.isShellEnd
            case .failure(let error): (error as? LabError)?.code == .labEnded || error is AgentError
            }
        guard mayBeOver, let pod else { return try result.get() }
        do {
            _ = try await pod.agent.usage()
        } catch {
            await waitUntilStopped()
            throw endReason ?? LabError(code: .labEnded, problem: "the lab '\(directory.name)' ended")
        }
        return try result.get()
    }
}

extension Supervision {
    /// Why people at a terminal are let go whose shell has gone.
    func attachmentEnd(of terminal: LabTerminal, _ end: LabTerminal.End) async -> AttachmentEnd {
        if case .resetting = state { return .labReset }
        if case .running(let pod) = state {
            // A terminal of the time before a reset that is over.
            guard terminals[terminal.name] === terminal else { return .labReset }
            // The shell may only be the first that is noticed of the lab's end.
            if (try? await pod.agent.usage()) != nil {
                guard case .exited(let status) = end else { return .shellEnded(.signal(SIGKILL)) }
                return .shellEnded(status)
            }
        }
        await waitUntilStopped()
        return .labEnded(endReason)
    }
}

extension Capture.Ending {
    fileprivate var isShellEnd: Bool {
        if case .shellEnded = self { true } else { false }
    }
}
