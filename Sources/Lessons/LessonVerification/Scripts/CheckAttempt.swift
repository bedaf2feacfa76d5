import Diagnostics
import Lessons

/// One run of a `verify` script.
struct CheckAttempt {
    let lab: any LessonLab
    let installed: LessonScripts.Installed
    /// The script's text, by which it's known what passes.
    let text: String
    /// In seconds.
    let timeout: Double

    /// Runs the script once and judges it: see ``CheckRule``.
    func run(_ started: ScriptOutcome) async throws -> ScriptOutcome {
        var outcome = started
        let (errors, channel) = ("\(installed.path).stderr", "\(installed.path).check")
        let start = ContinuousClock.now
        let result = try await lab.run(
            ["bash", "-c", #"cd; : >"$LECTERN_CHECK"; exec "$@" 2>"$0""#, errors] + installed.command,
            environment: [CheckChannel.variable: channel], timeout: timeout)
        let isLate = (ContinuousClock.now - start).seconds >= timeout
        // Between the two: a text that neither is likely to hold.
        let mark = "lectern-\(UInt64.random(in: .min ... .max))"
        let rest = try await lab.run(
            ["bash", "-c", #"tail -c 8192 "$0"; printf '%s' "$2"; head -c 65536 "$1""#, errors, channel, mark],
            environment: [:], timeout: 10)
        let parts = rest.output.split(on: mark)
        outcome.output = [result.output, parts.before].filter { !$0.isEmpty }.joined(separator: "\n").tail
        (outcome.report, outcome.notes) = CheckChannel.read(parts.after)
        let rule = CheckRule(script: text)
        let late = isLate ? timeout : nil
        switch rule.judge(result, errors: parts.before, path: installed.path, lateAfter: late) {
        case .passes(let status): (outcome.verdict, outcome.status) = (.passed, status)
        case .fails(let status, let problem):
            (outcome.verdict, outcome.status) = (.failed, status)
            outcome.problem = outcome.report.message ?? problem
        case .cannotRun(let problem):
            outcome.verdict = .inconclusive
            outcome.problem = "the check could not run: \(problem)"
        }
        return outcome
    }
}

extension String {
    fileprivate func split(on mark: String) -> (before: String, after: String) {
        guard let range = range(ofText: mark) else { return (self, "") }
        return (String(self[..<range.lowerBound]).trimmed, String(self[range.upperBound...]))
    }
}
