public import Diagnostics
import Lessons

/// Problems as a person at a prompt reads them.
public struct LintText: Sendable {
    /// Keeps no state: one value serves any number of reports.
    public init() {}

    /// One problem: its place and message, the line with a caret, and what to do.
    public func text(of problem: Problem) -> StyledText {
        let place = "\(problem.place.file):\(problem.place.line):\(problem.place.column):"
        let style = Self.style(of: problem.severity)
        var lines: [StyledText] = [
            "\(place.oneLine, .strong) \(problem.severity.rawValue, style): \(problem.message.oneLine) [\(problem.rule.code)]"
        ]
        if !problem.excerpt.trimmingWhite.isEmpty, problem.excerpt.trimmingWhite != "^" {
            let parts = problem.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
            lines += parts.dropLast().map { "\($0)" }
            if let caret = parts.last { lines.append("\(caret, style)") }
        }
        if let remedy = problem.remedy { lines.append("  try: \(remedy.oneLine)") }
        return lines.joined(separator: "\n")
    }

    /// How many there are of each severity, and of what.
    public func summary(of report: LintReport) -> StyledText {
        func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        let found = Severity.allCases.reversed().compactMap { severity -> String? in
            let count = report.count(of: severity)
            return count == 0 ? nil : counted(count, severity.rawValue)
        }
        let looked =
            report.scenarios == 0
            ? counted(report.files, "file")
            : "\(counted(report.scenarios, "scenario")), \(counted(report.files, "file"))"
        guard !found.isEmpty else { return "no problems (\(looked))" }
        let fixes = report.problems.count { $0.fix != nil }
        let hint = fixes == 0 ? "" : "; \(fixes) can be fixed by --fix"
        return "\(found.joined(separator: ", ")) (\(looked))\(hint)"
    }

    private static func style(of severity: Severity) -> StyledText.Style {
        switch severity {
        case .error: .bad
        case .warning: .warning
        case .note: .note
        }
    }
}
