import Lessons

/// Which exit statuses an action may end with.
enum StatusRule {
    case any
    case zero
    case oneOf(Set<Int>)
    /// The page says that it fails; how, and whether it does, is not asked.
    case announced(AnnouncedFailure)

    init(action: Action, _ context: ActionContext) {
        if let allowed = action.directives.allowedStatuses {
            self = .oneOf(allowed.union([0]))
        } else if ["exit", "logout"].contains(action.text.trimmed) {
            // Leaving says nothing: the status is that of the command before.
            self = .any
        } else if action.kind == .keys || action.kind == .interrupt || context.followsInterrupt
            || context.isStatusPrinted
        {
            // What Ctrl-C ends answers 130, and what it ends is not the lesson's claim.
            self = .any
        } else if let failure = action.announcedFailure {
            self = .announced(failure)
        } else {
            self = .zero
        }
    }

    /// - Parameter printed: Whether it printed anything.
    func allows(_ status: Int32, of command: String = "", printed: Bool = false) -> Bool {
        if status == 1, AnswerStatus.isAnswer(of: command, printed: printed) { return true }
        return switch self {
        case .any: true
        case .zero: status == 0
        case .oneOf(let allowed): allowed.contains(Int(status))
        // A program that the lab lacks fails whatever the page is about.
        case .announced(let failure): status != 127 || failure == .missingCommand
        }
    }

    /// Whether a program's own error is what the page leads one to expect.
    var allowsErrors: Bool {
        switch self {
        case .any, .announced: true
        case .zero: false
        case .oneOf(let allowed): allowed.contains { $0 != 0 }
        }
    }

    /// What is asked for, after "the lesson".
    var demand: String {
        switch self {
        case .any, .zero: "shows a success"
        case .oneOf(let allowed):
            "allows \(allowed.sorted().map(String.init).joined(separator: ", "))"
        case .announced: "announces a failure of another kind"
        }
    }

    /// The author's comment that allows a status beside those that are allowed already.
    func directive(adding status: Int32) -> String {
        var statuses: Set = [Int(status)]
        if case .oneOf(let allowed) = self { statuses.formUnion(allowed.subtracting([0])) }
        return "status=" + statuses.sorted().map(String.init).joined(separator: ",")
    }
}

/// Commands whose status 1 is an answer and no failure: `diff` says so that two files differ.
enum AnswerStatus {
    /// - Parameters:
    ///   - command: One line or several; its last command counts.
    ///   - printed: Whether it printed anything: a difference, a count of 0.
    static func isAnswer(of command: String, printed: Bool) -> Bool {
        let lines = command.split(whereSeparator: \.isNewline)
        guard let first = lines.first else { return false }
        // It reads to the end of a text that has no NUL in it, and always says so: the way to set a variable to a text.
        if first.hasPrefix("read "), first.contains("-d ''") || first.contains("-rd ''") || first.contains("-d \"\"") {
            return true
        }
        guard printed, let last = lines.last?.split(whereSeparator: { "|;&".contains($0) }).last else { return false }
        let words = last.split(separator: " ").drop { $0 == "sudo" }
        switch words.first {
        case "diff", "cmp", "sdiff", "colordiff", "zdiff": return true
        case "git": return words.dropFirst().first == "diff"
        case "grep", "egrep", "fgrep", "zgrep":
            return words.dropFirst().contains {
                $0 == "--count" || $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("c")
            }
        default: return false
        }
    }
}
