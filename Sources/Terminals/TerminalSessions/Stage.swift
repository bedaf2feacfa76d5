import TerminalScreens

/// Where the terminal's shell is, by its marks.
enum Stage: Hashable {
    /// No prompt has been seen yet.
    case starting
    /// The shell reads a command line.
    case prompt
    /// The shell reads the rest of a command line.
    case continuation
    /// A line was typed at a prompt; the shell has not begun to run it.
    case submitted
    /// A command line runs.
    case running
    /// A command line has ended; the prompt isn't complete yet.
    case ended
}

/// Where the text of one typed line begins, and what of it is only its echo.
struct Region {
    /// What was typed: the text may begin with it. `nil` once the shell's mark has said where output begins.
    var echo: String?
    var pressedReturn = false
    /// The count of the screen's erasures when the region began.
    var erasures: Int
}

/// The action that is being performed, or was last.
struct ActionState {
    let token: Int
    let began: ContinuousClock.Instant
    let deadline: ContinuousClock.Instant
    /// Lines that have not been typed yet, the next one last.
    var remaining: [TypedLine] = []
    /// Output of the lines before the current one.
    var output = CollectedOutput()
    var earlierText = ""
    var statuses: [Int32] = []
    /// How many of its lines were typed.
    var typedCount = 0
    /// The line at which the command began that was typed last, counted from 1, and its text.
    var command = (line: 0, text: "")
    var failures: [FailedLine] = []
    /// What the terminal showed between what was typed and its output.
    var shownBefore = ""
    var notes: [String] = []
    /// The program that it was typed into, where that isn't the shell.
    var program: String?
    /// That program ends at the first key of its line, and would leave Return to the shell.
    var sparesReturn = false
    /// How the action ended when nothing can follow: its time was over, or the shell ended.
    var last: Capture?
    /// The shell ended while the action ran.
    var shellEnd: ShellEnd?
    /// Bytes the session had received when output was last reported, and when that was.
    var reportedBytes = 0
    var reportedAt: ContinuousClock.Instant
}

extension ActionState {
    /// Nobody reads more.
    private static let maxFailures = 20

    /// Takes in that a line is typed, which may begin a command.
    mutating func began(_ line: TypedLine, isCommand: Bool) {
        typedCount += 1
        if isCommand { command = (typedCount, line.text) }
    }

    /// Takes in how the command line that was typed last has ended, and what it printed.
    mutating func ended(status: Int32, output: String) {
        statuses.append(status)
        guard status != 0, failures.count < Self.maxFailures else { return }
        failures.append(FailedLine(line: command.line, text: command.text, status: status, output: output))
    }
}

struct ShellEnd {
    var status: Int32?
}

struct TypedLine {
    var text: String
    var bytes: [UInt8]?
    var pressesReturn: Bool
}

/// Output of several lines, bounded like that of one: its beginning and its end are kept.
struct CollectedOutput {
    private var kept = BoundedText()
    private var droppedBefore = 0

    /// How many bytes were left out, of single lines' outputs and between them.
    var droppedBytes: Int { droppedBefore + kept.droppedBytes }
    var text: String { String(decoding: kept.bytes, as: UTF8.self) }

    mutating func append(_ more: String, dropped: Int) {
        droppedBefore += dropped
        guard !more.isEmpty else { return }
        kept.append((kept.isEmpty ? [] : [UInt8(ascii: "\n")]) + Array(more.utf8))
    }

    mutating func removeAll() {
        self = CollectedOutput()
    }
}
