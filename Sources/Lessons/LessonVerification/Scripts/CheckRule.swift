import Lessons

/// Which end of a `verify` script lets the learner go on.
///
/// Another status than 0 doesn't. With status 0, a script that has `echo done` in its text must have printed a line `done`;
/// any other passes. A time-out, a signal and a missing interpreter say nothing about the learner's work.
struct CheckRule {
    enum Judgement: Equatable {
        case passes(status: Int32)
        case fails(status: Int32, String)
        case cannotRun(String)
    }

    /// Whether the script must print a line `done`.
    let needsDone: Bool

    init(script text: String) {
        needsDone = CompletionWord.isEchoed(by: text)
    }

    /// - Parameter lateAfter: The seconds that it was given, when they have passed; what is late is killed.
    func judge(_ result: CommandResult, errors: String, path: String, lateAfter: Double? = nil) -> Judgement {
        switch result.ending {
        case .notStarted(let reason): return .cannotRun(reason)
        case .signal(let signal):
            guard signal == 9, let lateAfter else { return .cannotRun("it was killed by signal \(signal)") }
            return .cannotRun("it did not end within \(Int(lateAfter.rounded(.up))) s")
        case .status(let status) where status == 126 || status == 127:
            let isItself = errors.split(whereSeparator: \.isNewline).contains { line in
                line.contains(path) && (line.contains("bad interpreter") || line.contains("cannot execute"))
            }
            return isItself
                ? .cannotRun("the interpreter that its first line names is missing")
                : .fails(status: status, "the check ended with exit status \(status)")
        case .status(0):
            let isDone = !needsDone || CompletionWord.isPrinted(in: result.output)
            return isDone ? .passes(status: 0) : .fails(status: 0, "the check did not print '\(CompletionWord.text)'")
        case .status(let status): return .fails(status: status, "the check ended with exit status \(status)")
        }
    }
}
