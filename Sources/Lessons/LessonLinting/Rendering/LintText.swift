import Lessons

/// Problems as a person at a prompt reads them.
public struct LintText: Sendable {
    let isColoured: Bool

    public init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// One problem: its place and message, the line with a caret, and what to do.
    public func text(of problem: Problem) -> String {
        let place = "\(problem.place.file):\(problem.place.line):\(problem.place.column):"
        let severity = coloured(problem.severity.rawValue, Self.colour(of: problem.severity))
        var lines = ["\(coloured(place, "1")) \(severity): \(printable(problem.message)) [\(problem.rule.code)]"]
        if !problem.excerpt.trimmingWhite.isEmpty, problem.excerpt.trimmingWhite != "^" {
            let parts = problem.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
            lines += parts.dropLast().map(String.init)
            if let caret = parts.last { lines.append(coloured(String(caret), Self.colour(of: problem.severity))) }
        }
        if let remedy = problem.remedy { lines.append("  try: \(printable(remedy))") }
        return lines.joined(separator: "\n")
    }

    /// How many there are of each severity, and of what.
    public func summary(of report: LintReport) -> String {
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
        let hint = fixes == 0 ? "" : "; \(fixes) can be mended by --fix"
        return "\(found.joined(separator: ", ")) (\(looked))\(hint)"
    }

    private func coloured(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func colour(of severity: Severity) -> String {
        switch severity {
        case .error: "31"
        case .warning: "33"
        case .note: "36"
        }
    }

    /// Lessons are untrusted: what they put into a message must not drive the terminal.
    private func printable(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            result.append(category == .control || category == .format ? " " : scalar)
        }
        return String(result)
    }
}
