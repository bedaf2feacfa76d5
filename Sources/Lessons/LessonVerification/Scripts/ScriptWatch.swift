import Diagnostics
import Lessons

/// Finds out which commands of a script failed although the script went on.
///
/// bash reads the file that `BASH_ENV` names before a script, and runs a trap on `ERR` for each command whose status nothing
/// asks about: not in a condition, not before `||` or `&&`, not behind `!`. Scripts of other interpreters aren't watched, nor
/// what a script calls.
struct ScriptWatch {
    private let lab: any LessonLab
    private let hooks: String
    private let report: String

    /// - Returns: `nil` when the lab doesn't take the file.
    static func install(beside script: LessonScripts.Installed, in lab: any LessonLab) async throws -> ScriptWatch? {
        let (hooks, report) = ("\(script.path).hooks", "\(script.path).failed")
        let text = """
            unset BASH_ENV
            trap '{ printf "%s %s %s\\n" "$?" "$LINENO" "${BASH_COMMAND%%$'"'\\n'"'*}" >>\(report); } 2>/dev/null' ERR

            """
        guard case .written = try await lab.write(Array(text.utf8), to: hooks, as: .replace, isExecutable: false) else {
            return nil
        }
        return ScriptWatch(lab: lab, hooks: hooks, report: report)
    }

    /// What goes before the command that runs the script.
    var prefix: [String] { ["env", "BASH_ENV=\(hooks)"] }

    /// The outcome with what is known of the script's commands: one that is missing fails it, others are noted.
    func explaining(_ outcome: ScriptOutcome) async throws -> ScriptOutcome {
        let read = try await lab.run(["head", "-c", "8192", report], environment: [:], timeout: 10)
        guard read.isSuccess else { return outcome }
        let failures = read.output.split(whereSeparator: \.isNewline).compactMap(Failure.init)
        guard !failures.isEmpty else { return outcome }
        var outcome = outcome
        let missing = failures.first { $0.status == 127 || $0.status == 126 }
        if let missing, outcome.problem == nil {
            let others = failures.count - 1
            outcome.problem = missing.sentence + (others > 0 ? "; \(others) more of its commands failed" : "")
        } else {
            let more = failures.count > 3 ? "; \(failures.count - 3) more of its commands failed" : ""
            outcome.notes.append(failures.prefix(3).map(\.sentence).joined(separator: "; ") + more)
        }
        return outcome
    }

    private struct Failure {
        var status: Int32
        var line: Int
        var command: Substring

        init?(_ text: Substring) {
            let parts = text.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let status = Int32(parts[0]), let line = Int(parts[1]) else { return nil }
            (self.status, self.line, command) = (status, line, parts[2].prefix(200))
        }

        var sentence: String { "line \(line), '\(command)', ended with exit status \(status)" }
    }
}
