import PseudoTerminals
import TerminalScreens

extension TerminalSession {
    /// Types what an action asks for and waits until it is done, or until its output can be looked at.
    ///
    /// Returns early, with ``Capture/Ending/running``, when output has paused for about 40 ms or has gone on for a quarter
    /// of a second and nothing decisive has happened: compare it, and take it as it is or ``resume(_:)``. Lines of a longer
    /// text are typed one by one, so an early return comes only after the last.
    ///
    /// A command that fails, a program that never ends and a shell that ends are results, not errors.
    ///
    /// - Throws: ``TerminalSessionError`` with code `.busy` while another action is performed, `.noPrompt` when the shell
    ///   shows no prompt in time; what the line throws when the terminal can't be looked at.
    public func perform(_ input: TerminalInput) async throws -> Capture {
        try begin()
        defer { isPerforming = false }
        let now = ContinuousClock.now
        lastToken += 1
        discardRegion()
        action = ActionState(
            token: lastToken, began: now, deadline: now + .seconds(Self.bounded(input.timeout)), reportedAt: now)
        if let end = try await becomeReady(for: input) { return capture(end) }
        action?.earlierText = takeEarlierText()
        var lines = typedLines(of: input.keys)
        if action?.sparesReturn == true { lines[lines.count - 1].pressesReturn = false }
        action?.remaining = lines.reversed()
        return try await typeOn()
    }

    /// Goes on waiting for an action that returned ``Capture/Ending/running`` or ``Capture/Ending/quiet``; the capture
    /// grows.
    ///
    /// - Parameter patience: Seconds after which it returns as ``Capture/Ending/running``, whatever the action's time-out:
    ///   for looks at a program that is meant to run on. Without it the action's time-out counts, from its beginning, and
    ///   ends what runs.
    /// - Throws: ``TerminalSessionError`` with code `.noSuchAction` unless the action was the terminal's last one;
    ///   `CancellationError`.
    public func resume(_ token: Capture.Token, patience: Double? = nil) async throws -> Capture {
        guard let action, action.token == token else {
            throw TerminalSessionError(
                code: .noSuchAction, problem: "action \(token) of terminal '\(name)' is over",
                remedy: "resume the terminal's last action only")
        }
        if let last = action.last { return last }
        try begin()
        defer { isPerforming = false }
        return try await typeOn(patience: patience)
    }

    /// Clients may ask for anything; a clock holds some centuries.
    private static func bounded(_ seconds: Double) -> Double {
        seconds.isNaN ? 0 : min(max(seconds, 0), 1_000_000)
    }

    /// Goes on waiting for the terminal's last action.
    public func resume() async throws -> Capture { try await resume(lastToken) }

    private func begin() throws {
        guard !isPerforming else {
            throw TerminalSessionError(
                code: .busy, problem: "terminal '\(name)' is performing another action",
                remedy: "wait for it, or use another terminal")
        }
        isPerforming = true
    }

    private func typedLines(of keys: TerminalInput.Keys) -> [TypedLine] {
        switch keys {
        case .keys(let bytes):
            return [TypedLine(text: String(decoding: bytes, as: UTF8.self), bytes: bytes, pressesReturn: false)]
        case .line(let text), .text(let text):
            // Not by `Character`: CR LF is a single one.
            let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            var lines = parts.map { part in
                TypedLine(text: String(decoding: part, as: UTF8.self), pressesReturn: true)
            }
            for index in lines.indices where lines[index].text.utf8.last == UInt8(ascii: "\r") {
                lines[index].text.unicodeScalars.removeLast()
            }
            if case .text = keys { lines[lines.count - 1].pressesReturn = false }
            return lines
        }
    }

    /// Types the lines that are left and waits after each.
    private func typeOn(patience: Double? = nil) async throws -> Capture {
        while let typed = action?.remaining.popLast() {
            type(typed)
            guard action?.remaining.isEmpty == false else { break }
            let end = try await settle(until: deadline, mayPause: false)
            switch end {
            // A server runs on: the next line is typed all the same, as a person could.
            case .finished, .continuation, .prompt, .waiting, .quiet: closeRegion(at: endOfOutput(end))
            case .paused: break
            case .shellEnded: return capture(end)
            case .timedOut: return try await giveUp()
            }
        }
        let patienceEnds = patience.map { ContinuousClock.now + .seconds(Self.bounded($0)) }
        let end = try await settle(until: patienceEnds ?? deadline, mayPause: true)
        guard case .timedOut = end else { return capture(end) }
        return patience == nil ? try await giveUp() : capture(.paused)
    }

    private var deadline: ContinuousClock.Instant { action?.deadline ?? .now }

    private func type(_ typed: TypedLine) {
        let isAtPrompt = stage == .prompt || stage == .continuation
        action?.began(typed, isCommand: stage == .prompt)
        if hasForeignShellCommand {
            foreignCommands = 1
            hasForeignShellCommand = false
        }
        openRegion(
            at: screenState.position, echo: typed.text, pressedReturn: typed.pressesReturn && !screenState.isAlternate)
        if isAtPrompt, typed.pressesReturn { stage = marksStarts ? .submitted : .running }
        if isAtPrompt { promptEnd = nil }
        line.write(typed.bytes ?? keystrokes(for: typed))
    }

    /// A tab would be taken for a wish to complete a word, so a line editor that knows pasted text gets it as such. Long
    /// lines, too: the editor then redraws them once. Full-screen programs take a paste for something else than keys.
    private func keystrokes(for typed: TypedLine) -> [UInt8] {
        var bytes = Array(typed.text.utf8)
        let isPasted = bytes.contains(0x09) || bytes.count > 256
        if isPasted, screenState.modes.bracketsPaste, !screenState.isAlternate {
            bytes = Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8)
        }
        if typed.pressesReturn { bytes.append(0x0D) }
        return bytes
    }

    /// What came since the last action ended: text between the shell's prompt and the cursor.
    private func takeEarlierText() -> String {
        guard stage == .prompt, let promptEnd, screenState.position > promptEnd else { return "" }
        screenState.record(from: promptEnd)
        defer { screenState.stopRecording() }
        return screenState.recordedText(to: screenState.position).text
    }

    // MARK: Before typing

    /// Waits for a prompt, after Ctrl-C when asked to.
    ///
    /// - Returns: How the action ended before it was typed, or `nil` when it can be typed.
    private func becomeReady(for input: TerminalInput) async throws -> Settlement? {
        hasForeignShellCommand = false
        if stage == .starting {
            let end = try await settle(until: deadline, mayPause: false)
            if case .timedOut = end {
                throw TerminalSessionError(
                    code: .noPrompt, problem: "the shell of terminal '\(name)' shows no prompt",
                    remedy: "look at the terminal: its shell may be missing or may be reading a slow start file")
            }
            if case .shellEnded = end { return end }
        }
        if input.interruptsFirst {
            try await interrupt()
        } else if stage == .running || stage == .submitted || stage == .ended {
            // Keys are for the program that runs, whatever it does.
            if case .keys = input.keys { return nil }
            hasForeignShellCommand = try await stillRuns()
            if stage == .running { try await meetProgram(takes: input.keys) }
        }
        return nil
    }

    /// Whether the command of an earlier action runs on; one that was taken as done on its output is most often about to
    /// end and gets a moment.
    private func stillRuns() async throws -> Bool {
        if quietBytes == receivedBytes { return true }
        let end = try await settle(until: min(deadline, .now + .seconds(1)), mayPause: false, looking: 4)
        switch end {
        case .quiet, .timedOut, .paused: return true
        case .finished, .continuation, .prompt, .waiting, .shellEnded: return false
        }
    }

    /// Presses Ctrl-C and waits for a prompt; ends a program that ignores it.
    private func interrupt() async throws {
        if stage == .prompt, promptEnd == screenState.position { return }
        if try await endForeground(pressing: true, patience: .seconds(5)) == false {
            throw TerminalSessionError(
                code: .noPrompt, problem: "no prompt came back in terminal '\(name)' after Ctrl-C",
                remedy: "look at the terminal: the program there cannot be ended")
        }
    }

    /// Ends the foreground program: Ctrl-C, then SIGTERM, then SIGKILL, each when the one before has not helped.
    ///
    /// - Returns: `false` when nothing helped.
    private func endForeground(pressing: Bool, patience: Duration) async throws -> Bool {
        let terminate: Int32 = 15
        let kill: Int32 = 9
        for attempt in [0, terminate, kill] {
            if attempt == 0 {
                if stage == .prompt { stage = .submitted }
                if stage == .continuation { stage = .running }
                openRegion(at: screenState.position, echo: nil)
                line.write([0x03])
            } else {
                if let look = try? await line.foreground(), !look.isShell {
                    let signal = attempt == terminate ? "SIGTERM" : "SIGKILL"
                    action?.notes.append("'\(look.command)' did not end on Ctrl-C and got \(signal)")
                    line.signalForeground(attempt)
                } else {
                    line.write([0x03])
                }
            }
            let end = try await settle(until: .now + (attempt == 0 ? patience : .seconds(2)), mayPause: false)
            discardRegion()
            switch end {
            case .finished, .continuation, .prompt, .waiting, .shellEnded:
                action?.output.removeAll()
                action?.statuses.removeAll()
                action?.failures.removeAll()
                return true
            case .quiet, .paused, .timedOut: continue
            }
        }
        return false
    }

    /// The time is over: says what ran, ends it and reports.
    private func giveUp() async throws -> Capture {
        let look = try? await line.foreground()
        let shown = capture(.timedOut)
        action?.remaining.removeAll()
        let ended = (try? await endForeground(pressing: true, patience: .seconds(1))) ?? false
        if let began = action?.began {
            // A process's age is known to a hundredth of a second, and the word takes a moment to get there.
            line.killJobs(startedWithin: (ContinuousClock.now - began) / .seconds(1) + 0.05)
        }
        var result = shown
        result.notes = action?.notes ?? []
        result.ending = .timedOut(
            TimeoutEvidence(
                command: look?.command ?? "", processGroup: look?.processGroup ?? 0, state: look?.state ?? "",
                cpuTicks: look?.cpuTicks ?? 0, isWaitingForTerminal: look?.isWaitingForTerminal ?? false,
                wasEnded: ended))
        action?.last = result
        return result
    }

    // MARK: Captures

    /// Where the action's output ends: before the prompt that is there.
    private func endOfOutput(_ end: Settlement) -> TextPosition {
        let cursor = screenState.position
        guard !screenState.isAlternate else { return cursor }
        switch end {
        case .prompt(let prompt):
            // Prompts are short text without wide characters; a longer one only leaves some of it in the output.
            return TextPosition(line: cursor.line, column: max(0, cursor.column - prompt.count))
        case .waiting:
            guard let start = screenState.recordingStart, region?.echo == nil || cursor.line > start.line else {
                return cursor
            }
            // A question or a prompt that isn't known yet.
            return max(start, TextPosition(line: cursor.line, column: 0))
        default: return cursor
        }
    }

    private func capture(_ end: Settlement) -> Capture {
        var output = action?.output ?? CollectedOutput()
        var shownBefore = action?.shownBefore ?? ""
        if let region {
            let (text, dropped) = regionText(to: endOfOutput(end))
            shownBefore += keysShown(to: endOfOutput(end), before: text)
            if region.erasures != screenState.erasures { output.removeAll() }
            output.append(text, dropped: dropped)
        }
        var prompt: String?
        let ending: Capture.Ending
        switch end {
        case .finished:
            ending = .status(action?.statuses.last ?? 0)
            prompt = screenState.textLeftOfCursor
        case .continuation:
            let left = screenState.textLeftOfCursor
            ending = .prompt(left)
            prompt = left
        case .prompt(let text):
            ending = .prompt(text)
            prompt = text
        case .waiting:
            ending = .waiting
            if !screenState.isAlternate { prompt = screenState.textLeftOfCursor }
        case .quiet: ending = .quiet
        case .paused, .timedOut: ending = .running
        case .shellEnded(let end): ending = .shellEnded(end)
        }
        let began = action?.began ?? .now
        action?.reportedBytes = receivedBytes
        action?.reportedAt = .now
        let capture = Capture(
            token: lastToken, ending: ending, text: output.text, droppedBytes: output.droppedBytes,
            statuses: action?.statuses ?? [], failures: action?.failures ?? [], shownBefore: shownBefore,
            earlierText: action?.earlierText ?? "", prompt: prompt,
            screen: screenState.snapshot, duration: (ContinuousClock.now - began) / .seconds(1),
            notes: action?.notes ?? [], program: action?.program)
        if case .shellEnded = end { action?.last = capture }
        return capture
    }
}
