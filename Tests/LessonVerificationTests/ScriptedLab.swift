import LessonVerification
import Lessons
import Synchronization
import TerminalScreens

@testable import TerminalSessions

/// A lab that answers from a script: what each command prints, the first time, the second time, ….
final class ScriptedLab: LessonLab {
    struct Answer {
        var text: String
        var ending: Capture.Ending = .status(0)
        var screen: [String] = []
        var program: String?
        var failures: [FailedLine] = []
        var statuses: [Int32] = []
        var shownBefore = ""
        var isAlternateScreen = false
        /// What `resume` gives afterwards, one at a time.
        var later: [Answer] = []
    }

    private struct State {
        var answers: [String: [Answer]]
        var typed: [String] = []
        var pending: [String: [Answer]] = [:]
        var last: [String: Answer] = [:]
    }

    private let state: Mutex<State>
    let ports: [Int: Int]
    let files: Set<String>
    /// What a hidden command gives, by a part of its words; the last answer of a list stays.
    private let hidden: Mutex<[String: [CommandResult]]>
    private let events = Mutex<[String]>([])
    private let starts: Mutex<[String: Set<LessonStart>]>
    init(
        _ answers: [String: [Answer]], ports: [Int: Int] = [:], files: Set<String> = [],
        hidden: [String: [CommandResult]] = [:], starts: [String: Set<LessonStart>] = [:]
    ) {
        self.starts = Mutex(starts)
        self.state = Mutex(State(answers: answers))
        self.ports = ports
        self.files = files
        self.hidden = Mutex(hidden)
    }

    /// What was typed, run and written, in order: `T1 command`, `run words`, `write path`.
    var happened: [String] { events.withLock { $0 } }

    /// What was typed, as `T1 command`.
    var typed: [String] { state.withLock { $0.typed } }

    /// What the lab remembers.
    var remembered: [String: Set<LessonStart>] { starts.withLock { $0 } }

    func started(_ lesson: String) async throws -> Set<LessonStart> { starts.withLock { $0[lesson] ?? [] } }

    func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws {
        starts.withLock { starts in
            if isDone { starts[lesson, default: []].insert(part) } else { starts[lesson]?.remove(part) }
        }
    }

    func perform(_ input: TerminalInput, in terminal: String) async throws -> Capture {
        let key =
            switch input.keys {
            case .line(let text), .text(let text): text
            case .keys(let bytes): "keys \(bytes)"
            }
        return state.withLock { state in
            state.typed.append("\(terminal) \(key)")
            events.withLock { $0.append("\(terminal) \(key)") }
            var answers = state.answers[key] ?? [Answer(text: "")]
            let answer = answers[0]
            // The last answer stays.
            if answers.count > 1 { answers.removeFirst() }
            state.answers[key] = answers
            state.pending[terminal] = answer.later
            state.last[terminal] = answer
            return Self.capture(answer)
        }
    }

    func resume(_ token: Capture.Token, in terminal: String, patience: Double?) async throws -> Capture {
        state.withLock { state in
            if var pending = state.pending[terminal], !pending.isEmpty {
                state.last[terminal] = pending.removeFirst()
                state.pending[terminal] = pending
            } else if state.last[terminal]?.ending == .running {
                state.last[terminal]?.ending = .quiet
            }
            return Self.capture(state.last[terminal] ?? Answer(text: ""))
        }
    }

    func endShell(of terminal: String) async throws { events.withLock { $0.append("end \(terminal)") } }

    func status(ofPort port: Int, path: String) async throws -> Int? { ports[port] }
    func exists(_ path: String) async throws -> Bool { files.contains(path) }

    func resize(_ terminal: String, columns: Int, rows: Int) async throws {
        events.withLock { $0.append("resize \(terminal) \(columns)x\(rows)") }
    }

    func run(_ command: [String], environment: [String: String], timeout: Double?) async throws -> CommandResult {
        if command.last?.contains("$HOME") == true { return CommandResult(.status(0), output: "/root") }
        let words = command.joined(separator: " ")
        events.withLock { $0.append("run \(words)") }
        return hidden.withLock { hidden in
            guard let key = hidden.keys.sorted().first(where: words.contains), var answers = hidden[key] else {
                return CommandResult(.status(0))
            }
            let answer = answers[0]
            if answers.count > 1 { answers.removeFirst() }
            hidden[key] = answers
            return answer
        }
    }

    func write(
        _ bytes: [UInt8], to path: String, as target: FileBlock.Target, isExecutable: Bool
    ) async throws -> FileWriting {
        events.withLock { $0.append("write \(path)") }
        if case .insert = target, !files.contains(path) { return .markerMissing }
        return .written
    }

    private static func capture(_ answer: Answer) -> Capture {
        Capture(
            token: 1, ending: answer.ending, text: answer.text, droppedBytes: 0, statuses: answer.statuses,
            failures: answer.failures, shownBefore: answer.shownBefore, earlierText: "", prompt: nil,
            screen: ScreenSnapshot(
                lines: answer.screen, columns: 120, rows: 40, cursorRow: 0, cursorColumn: 0,
                isAlternateScreen: answer.isAlternateScreen),
            duration: 0, notes: [], program: answer.program)
    }
}
