import Diagnostics
import Lessons

/// Problems for programs.
///
/// `{"problems": [{"code", "rule", "severity", "file", "line", "column", "endLine", "endColumn", "message", "remedy",
/// "fix"}], "scenarios", "files", "errors", "warnings", "notes"}`; `remedy` and `fix` are left out where there is none, and `fix` is the
/// sentence that says what would be done. Lines and columns count from 1, columns in Unicode scalars; the end is the place
/// after the last character.
public struct LintJSON: Sendable {
    private struct Document: Encodable {
        var problems: [Entry]
        var scenarios: Int
        var files: Int
        var errors: Int
        var warnings: Int
        var notes: Int
    }

    private struct Entry: Encodable {
        var code: String
        var rule: String
        var severity: Severity
        var file: String
        var line: Int
        var column: Int
        var endLine: Int
        var endColumn: Int
        var message: String
        var remedy: String?
        var fix: String?

        init(_ problem: Problem) {
            code = problem.rule.code
            rule = problem.rule.name
            severity = problem.severity
            file = problem.place.file
            line = problem.place.line
            column = problem.place.column
            endLine = problem.end.line
            endColumn = problem.end.column
            message = problem.message
            remedy = problem.remedy
            fix = problem.fix?.summary
        }
    }

    /// Keeps no state: one value serves any number of reports.
    public init() {}

    /// The whole document, with sorted members and a line for each value.
    ///
    /// - Throws: What the encoder throws; no report is known to make it throw.
    public func text(of report: LintReport) throws -> String {
        let document = Document(
            problems: report.problems.map(Entry.init), scenarios: report.scenarios, files: report.files,
            errors: report.count(of: .error), warnings: report.count(of: .warning), notes: report.count(of: .note))
        return try document.jsonText()
    }
}
