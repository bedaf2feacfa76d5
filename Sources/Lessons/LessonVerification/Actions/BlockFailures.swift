import TerminalSessions

/// The command lines of a block or of a script that did not end with 0, its last line apart: that one's status is the
/// block's.
///
/// A line fails its block when the same line on its own would leave a reader with an error: there is no such command, or the
/// command said what went wrong. A line that only has another status (`[ -d box ] && rm -r box`, a `grep` that finds
/// nothing) is told of and fails nothing. A script that prepares a lab may well try to remove what isn't there, so only
/// commands that are missing fail one.
struct BlockFailures {
    /// The line that fails the block, in one sentence.
    private(set) var problem: String?
    /// What a reader of the report should know though it failed nothing.
    private(set) var note: String?

    init(_ capture: Capture, rule: StatusRule, isScript: Bool) {
        var lines = capture.failures
        // The last line's status is the action's own.
        if capture.ending.exitStatus != nil, let last = capture.statuses.last, last != 0, !lines.isEmpty {
            lines.removeLast()
        }
        lines.removeAll { rule.allows($0.status, of: $0.text, printed: !$0.output.isEmpty) }
        guard !lines.isEmpty else { return }
        let failing = lines.filter { Self.isFailure($0, isScript: isScript) && !rule.allowsErrors }
        if let first = failing.first {
            let others = lines.count - 1
            let more = others == 0 ? "" : others == 1 ? "; 1 more line failed" : "; \(others) more lines failed"
            problem = Self.sentence(first) + more
        } else {
            note =
                lines.prefix(3).map(Self.sentence).joined(separator: "; ")
                + (lines.count > 3 ? "; \(lines.count - 3) more lines did not end with 0" : "")
        }
    }

    private static func isFailure(_ line: FailedLine, isScript: Bool) -> Bool {
        if line.status == 127 || line.status == 126 { return true }
        return !isScript && ReportedErrors.first(in: line.output, by: nil) != nil
    }

    private static func sentence(_ line: FailedLine) -> String {
        let reason = ReportedErrors.first(in: line.output, by: nil).map { ": \($0)" } ?? ""
        return "line \(line.line), '\(line.text)', ended with exit status \(line.status)\(reason)"
    }
}
