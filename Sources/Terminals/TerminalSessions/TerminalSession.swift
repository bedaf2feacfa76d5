import PseudoTerminals
public import TerminalScreens

/// Drives one terminal as a person would: types, waits until it is done, and says what it showed.
///
/// When something is done follows from the shell's marks (``ShellSetup``), from prompts the session has learned, and from
/// the kernel's view of the foreground program; no fixed delay decides. See ``perform(_:)``.
public actor TerminalSession {
    /// What errors call the terminal.
    public nonisolated let name: String

    let line: any TerminalLine
    let screenState: Screen
    var stage = Stage.starting
    var prompts = LearnedPrompts()
    var region: Region?
    /// Command lines of earlier actions that still run when the next one is typed; their ends aren't the new one's.
    var foreignCommands = 0
    /// A command of an earlier action was found running when this one began.
    var hasForeignShellCommand = false
    /// The shell at the prompt says when a command line begins to run; `sh` doesn't.
    var marksStarts = true
    /// Where the shell's prompt ended, while it is there.
    var promptEnd: TextPosition?
    var action: ActionState?
    var lastToken = 0
    var isPerforming = false

    /// Counts bytes received, and when the last ones came.
    var receivedBytes = 0
    var lastOutput = ContinuousClock.now
    /// What the last look at the foreground program found.
    var lastLook: ForegroundState?
    /// Bytes received when the program was last found to run on quietly.
    var quietBytes = -1
    /// Counts what a waiting action must hear of at once.
    var changes = 0
    /// Why the terminal can no longer be reached.
    private(set) var failure: (any Error)?
    private var waiter: CheckedContinuation<Void, Never>?
    /// When the one timer that is under way fires.
    private var timer: ContinuousClock.Instant?

    private var viewers: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
    private var lastViewer = 0
    private var observers: [any TerminalObserver] = []
    private var viewFilter = ViewFilter()
    private(set) var isAnswering = false
    /// How many answers were sent to programs.
    private(set) var sentAnswers = 0

    /// A session on a terminal whose shell was set up with this nonce.
    public init(name: String, nonce: String, line: any TerminalLine, columns: Int = 120, rows: Int = 40) {
        self.name = name
        self.line = line
        screenState = Screen(columns: columns, rows: rows, nonce: nonce)
        line.resize(columns: columns, rows: rows)
    }

    /// Takes in what the terminal printed.
    public func receive(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let now = ContinuousClock.now
        let wasReading = screenState.modes.bracketsPaste
        var shown = 0
        screenState.feed(bytes) { mark, end in
            // What the session writes at a mark comes after what came before it, on people's screens too.
            if isWatched { show(bytes[shown..<end]) }
            shown = end
            note(mark)
        }
        receivedBytes += bytes.count
        if isWatched { show(bytes[shown...]) }
        answer()
        // After a silence output is news; so is a line editor that begins to read.
        let isBurst = now - lastOutput > .milliseconds(5) && stage == .running
        lastOutput = now
        if isBurst || (stage == .running && !wasReading && screenState.modes.bracketsPaste) { signal() }
    }

    /// The terminal's shell has ended; its owner opens another, whose output is received next.
    ///
    /// - Parameter status: `nil` when a signal ended it.
    public func ended(status: Int32?) {
        // A sequence that was cut off ends here (CAN).
        receive([0x18])
        if region != nil { closeRegion(at: screenState.position) }
        restoreScreen()
        stage = .starting
        promptEnd = nil
        foreignCommands = 0
        prompts.forget()
        _ = screenState.takeAnswers()
        if screenState.cursor.column > 0 { inject(Array("\r\n".utf8)) }
        // Kept also between two looks at an action that goes on.
        action?.shellEnd = ShellEnd(status: status)
        signal()
    }

    /// The terminal is out of reach for good: whatever waits for it, or will, throws this.
    public func fail(with error: any Error) {
        failure = error
        signal()
    }

    /// What the terminal shows.
    public func screen() -> ScreenSnapshot { screenState.snapshot }

    /// The terminal's text since an offset that an earlier call returned (0 for all that is kept, about a megabyte).
    ///
    /// Rows that are still on the screen are there each time; `next` counts those that have scrolled away.
    public func transcript(since offset: Int = 0) -> (text: String, next: Int) {
        screenState.transcript(since: offset)
    }

    /// Lets a person watch: the text that has left the screen, to scroll back to, and bytes that repaint the screen, then
    /// everything that follows.
    ///
    /// Queries of programs are left out, since the session answers them. The stream ends when its reader falls more than
    /// a thousand pieces behind; attach again then.
    public func attach() -> (snapshot: [UInt8], stream: AsyncStream<[UInt8]>) {
        lastViewer += 1
        let viewer = lastViewer
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingOldest(1024))
        continuation.onTermination = { [weak self] _ in
            // The stream may end on any thread, without anyone to wait for.
            Task { await self?.removeViewer(viewer) }
        }
        viewers[viewer] = continuation
        return (screenState.scrollback() + screenState.repaint, stream)
    }

    private func removeViewer(_ viewer: Int) { viewers[viewer] = nil }

    /// Tells an observer of everything from now on: first the terminal's size and, unless it's empty, what repaints its
    /// screen.
    public func observe(with observer: any TerminalObserver) {
        observers.append(observer)
        observer.note(.began(columns: screenState.columns, rows: screenState.rows), at: .now)
        if screenState.position > TextPosition(line: 0, column: 0) {
            observer.note(.output(screenState.repaint), at: .now)
        }
    }

    /// The observer is found by identity; nothing happens for one that doesn't observe.
    public func stopObserving(with observer: any TerminalObserver) {
        observers.removeAll { $0 === observer }
    }

    /// Tells observers of something that happens beside the terminal.
    public func mark(_ text: String) { tell(.marked(text)) }

    private func tell(_ event: TerminalEvent) {
        guard !observers.isEmpty else { return }
        let now = ContinuousClock.now
        for observer in observers { observer.note(event, at: now) }
    }

    /// Sends what a person types.
    public func type(_ bytes: [UInt8]) {
        line.write(bytes)
    }

    /// Gives the terminal a new size, in character cells.
    public func resize(columns: Int, rows: Int) {
        let former = (screenState.columns, screenState.rows)
        screenState.resize(columns: columns, rows: rows)
        line.resize(columns: screenState.columns, rows: screenState.rows)
        if former != (screenState.columns, screenState.rows) {
            tell(.resized(columns: screenState.columns, rows: screenState.rows))
        }
    }

    private var isWatched: Bool { !viewers.isEmpty || !observers.isEmpty }

    private func show(_ bytes: ArraySlice<UInt8>) {
        let shown = viewFilter.filter(bytes)
        guard !shown.isEmpty else { return }
        tell(.output(shown))
        for (viewer, continuation) in viewers {
            if case .dropped = continuation.yield(shown) {
                continuation.finish()
                viewers[viewer] = nil
            }
        }
    }

    private func inject(_ bytes: [UInt8]) {
        screenState.inject(bytes)
        if isWatched { show(bytes[...]) }
    }

    /// Takes back what a program left behind: alternate screen, scroll region, hidden cursor.
    private func restoreScreen() {
        let reset = screenState.modes.reset
        if !reset.isEmpty { inject(reset) }
    }

    /// Follows the shell by a mark; the screen is as the mark found it.
    private func note(_ mark: PromptMark) {
        switch mark {
        case .commandStart:
            stage = .running
            marksStarts = true
            // A line may hold several commands: its output begins with the first.
            if foreignCommands == 0, region?.echo != nil {
                keepExpansion()
                openRegion(at: screenState.position, echo: nil)
            }
        case .commandEnd(let status):
            marksStarts = true
            commandEnded(status)
        case .lineEnd(let status):
            marksStarts = false
            if stage == .submitted { stage = .running }
            commandEnded(status)
        case .promptStart(let status):
            // No end came before: the shell lost its PROMPT_COMMAND, or could not expand the line's `!`. A line editor
            // that draws its prompt again does so in the line where it was.
            let isNew = stage == .submitted && screenState.position.line > screenState.recordingStart?.line ?? .max
            if let status, stage == .running || isNew { commandEnded(status) }
        case .promptEnd:
            promptEnd = screenState.position
            guard stage == .ended || stage == .starting else { return }
            stage = .prompt
            if foreignCommands > 0 {
                // The line that was typed ahead is read only now.
                foreignCommands -= 1
                stage = .submitted
                if let echo = region?.echo { openRegion(at: screenState.position, echo: echo) }
            }
            signal()
        // A command that runs may print the prompt's own text, marks and all.
        case .continuationStart where stage == .running && marksStarts: break
        case .continuationEnd where stage == .running && marksStarts: break
        case .continuationStart:
            if foreignCommands == 0 { discardRegion() }
        case .continuationEnd:
            stage = .continuation
            signal()
        }
    }

    private func commandEnded(_ status: Int32) {
        if foreignCommands == 0, region != nil {
            let hasRun = stage == .running
            let text = closeRegion(at: screenState.position)
            // The shell repeats the last status for a line that ran nothing: a blank, a comment, but also one that it
            // could not expand and wrote an error about.
            if hasRun || !text.isEmpty { action?.ended(status: hasRun || status != 0 ? status : 1, output: text) }
        }
        stage = .ended
        prompts.forget()
        // An answer that arrives now would be typed into the shell.
        _ = screenState.takeAnswers()
        restoreScreen()
    }

    /// Keeps the line that a history expansion stands for: the shell shows it before it runs it.
    private func keepExpansion() {
        guard let echo = region?.echo, echo.utf8.contains(UInt8(ascii: "!")) || echo.utf8.first == UInt8(ascii: "^"),
            action?.typedCount == 1
        else { return }
        let line = regionText(to: screenState.position).text
        if !line.isEmpty { action?.shownBefore = line + "\n" }
    }

    func openRegion(at position: TextPosition, echo: String?, pressedReturn: Bool = false) {
        region = Region(echo: echo, pressedReturn: pressedReturn, erasures: screenState.erasures)
        screenState.record(from: position)
    }

    /// Adds the region's text to the action's output, and returns it.
    @discardableResult
    func closeRegion(at end: TextPosition) -> String {
        guard let region else { return "" }
        let (text, dropped) = regionText(to: end)
        if region.erasures != screenState.erasures { action?.output.removeAll() }
        action?.output.append(text, dropped: dropped)
        action?.shownBefore += keysShown(to: end, before: text)
        discardRegion()
        return text
    }

    func discardRegion() {
        region = nil
        screenState.stopRecording()
    }

    func regionText(to end: TextPosition) -> (text: String, dropped: Int) {
        let (text, dropped) = screenState.recordedText(to: end)
        guard let region, let echo = region.echo, region.erasures == screenState.erasures else {
            return (text, dropped)
        }
        return (withoutEcho(text, of: echo), dropped)
    }

    /// The `^C` that the terminal shows for control keys, where the region begins with it.
    func keysShown(to end: TextPosition, before text: String) -> String {
        guard let echo = region?.echo, isControlKeys(echo) else { return "" }
        let whole = screenState.recordedText(to: end).text
        return whole.hasSuffix(text) ? String(whole.dropLast(text.count)) : ""
    }

    // MARK: Answers to programs

    /// Programs ask the terminal for its kind, the cursor's place and its colours. An answer is sent once its program
    /// reads keys; sent to a program that doesn't read (`cat` of a binary file), it would be typed into the shell later.
    private func answer() {
        guard !screenState.answers.isEmpty else { return }
        guard stage == .running || stage == .submitted else {
            _ = screenState.takeAnswers()
            return
        }
        guard !isAnswering else { return }
        isAnswering = true
        // Nobody waits for an answer but the program; it is dropped when the command ends.
        Task {
            await deliverAnswers()
            isAnswering = false
        }
    }

    private func deliverAnswers() async {
        var delay = Duration.milliseconds(1)
        while !screenState.answers.isEmpty, delay < .seconds(2) {
            guard let look = try? await line.foreground(), !screenState.answers.isEmpty else { break }
            // With output unread, the shell may already be the one that reads keys: its end mark would be in there.
            if !look.outputPending, !look.isCanonical || look.isWaitingForTerminal {
                line.write(screenState.takeAnswers())
                sentAnswers += 1
                return
            }
            // Nothing tells when a program begins to read; it is looked at again.
            try? await Task.sleep(for: delay)
            delay *= 2
        }
        _ = screenState.takeAnswers()
    }

    // MARK: Waiting

    func signal() {
        changes += 1
        waiter?.resume()
        waiter = nil
    }

    /// Waits until something changes that ``signal()`` tells of, at most until `end`; may return early.
    func waitForChange(since seen: Int, until end: ContinuousClock.Instant) async {
        guard changes == seen else { return }
        if timer.map({ end < $0 }) ?? true { startTimer(end) }
        await withCheckedContinuation { waiter = $0 }
    }

    /// One timer at a time: a step that ends sooner leaves its timer to the next, which wakes early once and starts its own.
    private func startTimer(_ end: ContinuousClock.Instant) {
        timer = end
        // Ends by itself; whoever waits then looks at the clock.
        Task {
            try? await Task.sleep(until: end, clock: .continuous)
            timerFired(end)
        }
    }

    private func timerFired(_ end: ContinuousClock.Instant) {
        if timer == end { timer = nil }
        waiter?.resume()
        waiter = nil
    }
}
