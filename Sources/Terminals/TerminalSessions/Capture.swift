public import TerminalScreens

/// What an action did to its terminal.
public struct Capture: Hashable, Codable, Sendable {
    /// Names an action of one session, to go on waiting for it.
    public typealias Token = Int

    /// Why the session stopped waiting.
    public enum Ending: Hashable, Codable, Sendable {
        /// The command line has ended, with this exit status; the shell's prompt is back.
        case status(Int32)
        /// A prompt that is known is back: one the program showed before, or the shell's continuation prompt.
        case prompt(String)
        /// The program reads the terminal and is idle, at something that isn't known as its prompt.
        case waiting
        /// The program runs on in silence, idle, and waits for something other than the terminal: a server, a `tail`.
        case quiet
        /// Output has paused or goes on, and nothing decisive has happened yet. More may come.
        case running
        /// The terminal's shell has ended with this status, or by a signal when `nil`.
        case shellEnded(Int32?)
        /// The time is over; what ran in the foreground has been ended.
        case timedOut(TimeoutEvidence)
    }

    /// Names the action for ``TerminalSession/resume(_:)``.
    public var token: Token
    /// Not always the action's end: after `.running` and `.quiet`, ``TerminalSession/resume(_:)`` waits for more.
    public var ending: Ending
    /// What a person sees as the action's output: without echo and prompts, without a last newline. Where more came than
    /// is kept, a line in the middle says how much was left out.
    public var text: String
    /// How many bytes were left out of the middle of ``text``.
    public var droppedBytes: Int
    /// Exit statuses of the command lines of a longer block that have ended, in order.
    public var statuses: [Int32]
    /// The command lines of ``statuses`` that did not end with 0, in order; at most a few dozen.
    public var failures: [FailedLine]
    /// What the terminal showed between what was typed and the action's output, which readers see and pages show or leave
    /// out: the line that `!!` stands for, the `^C` of a key. It isn't part of ``text``; it ends with a line end unless the
    /// output went on in its line.
    public var shownBefore: String
    /// What came before the action was typed, after the action before it had ended: text of background jobs, say.
    public var earlierText: String
    /// The text left of the cursor when the terminal waits for input: the shell's prompt, or the program's, or a question.
    /// It isn't part of ``text``.
    public var prompt: String?
    /// What the screen shows.
    public var screen: ScreenSnapshot
    /// Seconds since the action began.
    public var duration: Double
    /// What went wrong on the way, for a report: a program that ignored Ctrl-C and was ended, for example.
    public var notes: [String]
    /// The program that read the terminal when the action was typed (at most 15 bytes of its name); `nil` for the terminal's
    /// shell, and for keys, which are for whatever runs.
    public var program: String?

    /// `true` while a full-screen program shows its own screen; from ``screen``.
    public var isAlternateScreen: Bool { screen.isAlternateScreen }

    /// `duration` is in seconds; the defaults suit an action of which nothing special is to be told.
    public init(
        token: Token, ending: Ending, text: String, droppedBytes: Int = 0, statuses: [Int32] = [],
        failures: [FailedLine] = [], shownBefore: String = "", earlierText: String = "", prompt: String? = nil,
        screen: ScreenSnapshot, duration: Double,
        notes: [String] = [], program: String? = nil
    ) {
        self.token = token
        self.ending = ending
        self.text = text
        self.droppedBytes = droppedBytes
        self.statuses = statuses
        self.failures = failures
        self.shownBefore = shownBefore
        self.earlierText = earlierText
        self.prompt = prompt
        self.screen = screen
        self.duration = duration
        self.notes = notes
        self.program = program
    }
}

/// A command line of a longer block that ended with another status than 0.
public struct FailedLine: Hashable, Codable, Sendable {
    /// Where the command begins, counted from 1 in the block.
    public var line: Int
    /// That line, cut after 200 characters.
    public var text: String
    /// The exit status as the shell's `$?` has it; never 0.
    public var status: Int32
    /// The end of what it printed, at most 400 characters.
    public var output: String

    /// Cuts `text` to its first 200 characters and `output` to its last 400.
    public init(line: Int, text: String, status: Int32, output: String = "") {
        self.line = line
        self.text = String(text.prefix(200))
        self.status = status
        self.output = String(output.suffix(400))
    }
}

/// What a terminal was doing when an action's time was over.
public struct TimeoutEvidence: Hashable, Codable, Sendable {
    /// The foreground program's name; empty when nothing could be learned.
    public var command: String
    /// Of the foreground; 0 when nothing could be learned or the terminal had none.
    public var processGroup: Int32
    /// One letter for each process of the foreground group, as in `ps`.
    public var state: String
    /// Processor time of the foreground group, in clock ticks.
    public var cpuTicks: UInt64
    /// `true` when the program was idle and read the terminal; `false` also when nothing could be learned.
    public var isWaitingForTerminal: Bool
    /// `true` when what ran was ended, so that the terminal can be used again.
    public var wasEnded: Bool

    /// All but `wasEnded` is from a look at the terminal before anything was ended.
    public init(
        command: String, processGroup: Int32, state: String, cpuTicks: UInt64, isWaitingForTerminal: Bool,
        wasEnded: Bool
    ) {
        self.command = command
        self.processGroup = processGroup
        self.state = state
        self.cpuTicks = cpuTicks
        self.isWaitingForTerminal = isWaitingForTerminal
        self.wasEnded = wasEnded
    }
}
