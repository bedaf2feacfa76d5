import AgentProtocol
import FrameConnections
import Glibc
import LabAgents
import LabControlProtocol
import Labs
import TerminalSessions

/// The terminals of a lab, and what is recorded at them.
extension Supervision {
    /// A terminal whose shell runs, opened if need be.
    func terminal(_ name: String) async throws -> LabTerminal {
        let terminal = try await knownTerminal(name)
        try await terminal.open()
        // A reset may have come between: then this is a terminal of the time before it.
        guard terminals[name] === terminal else {
            await terminal.end()
            _ = try runningPod()
            return try await self.terminal(name)
        }
        return terminal
    }

    /// A terminal as others than its holder see it.
    func watchedTerminal(_ name: String) async throws -> LabTerminal {
        let terminal = try await terminal(name)
        await terminal.follow()
        return terminal
    }

    /// A terminal that can be typed into from here.
    func usableTerminal(_ name: String) async throws -> LabTerminal {
        let terminal = try await terminal(name)
        guard !terminal.isHeld else {
            throw LabError(
                code: .terminalUnusable, problem: "terminal '\(name)' is used by the run that the lab was made for",
                remedy: "wait for its end, or use another terminal")
        }
        return terminal
    }

    /// Has a client read and write a terminal itself, until the lab ends.
    ///
    /// - Throws: Why the lab has ended, unless it was told to.
    func hold(_ name: String, in conversation: FrameConversation) async throws {
        guard let passing, recordings.isEmpty else { return conversation.send(kind: ControlFrame.end) }
        let holder = TerminalHolder(conversation, over: passing)
        let known = try await knownTerminal(name)
        guard known.hold(by: holder), try await terminal(name) === known, known.isHeld(by: holder) else {
            return conversation.send(kind: ControlFrame.end)
        }
        // Ends with the conversation.
        let serving = Task(executorPreference: conversation.connection.executor) { await known.serve(holder) }
        await waitUntilStopped()
        serving.cancel()
        if let endReason { throw endReason }
    }

    private func knownTerminal(_ name: String) async throws -> LabTerminal {
        let pod = try runningPod()
        guard name.first == "T", let number = Int(name.dropFirst()), (1...99).contains(number) else {
            throw LabError(
                code: .noSuchTerminal, problem: "'\(name)' is not a terminal", remedy: "name one of 'T1' to 'T99'")
        }
        let known = terminals[name]
        let terminal = known ?? LabTerminal(name: name, pod: pod)
        terminals[name] = terminal
        if known == nil { for recording in recordings { await terminal.record(to: recording) } }
        return terminal
    }

    /// Sends a client what happens at every terminal, those that are opened later included, until it leaves.
    func record(in conversation: FrameConversation) async {
        defer { conversation.close() }
        let recording = LabRecording(conversation: conversation, maxSize: record.request.limits.disk / 8)
        recordings.append(recording)
        for terminal in terminals.values { await terminal.record(to: recording) }
        guard (try? conversation.reply(true)) != nil else { return }
        await recording.run()
        recordings.removeAll { $0 === recording }
        for terminal in terminals.values { await terminal.stopRecording(to: recording) }
    }

    /// Uses a terminal's session, and tells the end of a shell from the end of the lab: the shell's may only be the first
    /// thing that is noticed of it.
    ///
    /// - Throws: ``LabError`` with the reason when the lab has ended or its agent doesn't answer, and what the session
    ///   throws.
    func capture(_ use: @escaping @Sendable () async throws -> Capture) async throws -> Capture {
        guard let pod else { return try await use() }
        let result: Result<Capture, any Error>
        do {
            result = .success(try await pod.agent.expectingAnswer(use))
        } catch let error as AgentError where error.code == .silent {
            throw error
        } catch {
            result = .failure(error)
        }
        let mayBeOver =
            switch result {
            case .success(let capture): capture.ending.isShellEnd
            case .failure(let error): (error as? LabError)?.code == .labEnded || error is AgentError
            }
        guard mayBeOver, try await hasEnded(pod) else { return try result.get() }
        throw endReason ?? LabError(code: .labEnded, problem: "the lab '\(directory.name)' ended")
    }

    /// Whether the lab's agent is gone, and the lab with it; returns after the lab's end then.
    private func hasEnded(_ pod: any LabPod) async throws -> Bool {
        do {
            try await pod.agent.ping()
            return false
        } catch let error as AgentError where error.code == .gone {
            await waitUntilStopped()
            return true
        }
    }

    /// Lets a person use a terminal.
    ///
    /// - Returns: `nil` when the person has left.
    func end(of attachment: Attachment, window: TerminalSize) async throws -> AttachmentEnd? {
        let pod = try runningPod()
        do {
            let end = try await pod.agent.expectingAnswer {
                try await attachment.run(window: window)
            }
            guard let end else { return nil }
            return try await why(attachment.terminal, end)
        } catch let error as AgentError where error.code == .silent {
            return .connectionLost
        }
    }

    /// Why people at a terminal are let go whose shell has gone.
    private func why(_ terminal: LabTerminal, _ end: LabTerminal.End) async throws -> AttachmentEnd {
        if case .resetting = state { return .labReset }
        if case .running(let pod) = state {
            // A terminal of the time before a reset that is over.
            guard terminals[terminal.name] === terminal else { return .labReset }
            // The shell may only be the first that is noticed of the lab's end.
            if try await !hasEnded(pod) {
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
