import Diagnostics
import Lessons

/// One look by a `verify` script.
struct CheckRun {
    let lab: any LessonLab
    let installed: LessonScripts.Installed
    /// The script's text, by which it's known what passes.
    let text: String
    /// In seconds.
    let timeout: Double

    /// Runs the script once and judges it: see ``CheckRule``.
    func look(_ started: ScriptOutcome) async throws -> ScriptOutcome {
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

    let wantsDone: Bool

    init(script text: String) {
        wantsDone = CompletionWord.isEchoed(by: text)
    }

    /// - Parameter lateAfter: The seconds that it was given, when they have passed; what is late is killed.
    func judge(_ result: HiddenCommand, errors: String, path: String, lateAfter: Double? = nil) -> Judgement {
        switch result.ending {
        case .notStarted(let reason): return .cannotRun(reason)
        case .signal(let signal):
            guard signal == 9, let lateAfter else { return .cannotRun("signal \(signal) ended it") }
            return .cannotRun("it was not done after \(Int(lateAfter.rounded(.up))) s")
        case .status(let status) where status == 126 || status == 127:
            let isItself = errors.split(whereSeparator: \.isNewline).contains { line in
                line.contains(path) && (line.contains("bad interpreter") || line.contains("cannot execute"))
            }
            return isItself
                ? .cannotRun("the interpreter that its first line names is missing")
                : .fails(status: status, "the check ended with exit status \(status)")
        case .status(0):
            return !wantsDone || CompletionWord.isPrinted(in: result.output)
                ? .passes(status: 0) : .fails(status: 0, "the check did not print '\(CompletionWord.text)'")
        case .status(let status): return .fails(status: status, "the check ended with exit status \(status)")
        }
    }
}

extension Run {
    /// Looks whether the page has been followed, at its end.
    ///
    /// A check that fails is run again for as long as ``VerificationLimits/settling``, and, while a background script of
    /// the lesson still runs, as long as ``VerificationLimits/eventually``. A page with a solution that its own actions
    /// don't do (`answer`, `lectern.solution`) is looked at again after that.
    mutating func check(_ page: Page, _ outcome: inout PageOutcome) async throws {
        guard page.scripts.verify != nil else { return }
        var script = scripts.outcome(.verify, .verify, of: page)
        guard !hasFailed else {
            script.verdict = .notRun
            return end(script, &outcome)
        }
        let hasSolution = !page.answers.isEmpty || page.scripts.solution != nil
        let isDone = page.runsSomething
        script = try await look(.verify, at: page, patiently: !hasSolution && isDone)
        if script.verdict == .failed, hasSolution {
            try await solve(page, &outcome)
            guard !hasFailed else {
                script.verdict = .notRun
                return end(script, &outcome)
            }
            script = try await look(.verify, at: page, patiently: true)
            script.notes.append("looked at after the page's solution was followed")
        } else if script.verdict == .failed && !isDone
            || script.verdict == .passed && !scripts.scenario.pages.contains(where: \.runsSomething)
        {
            script.verdict = .inconclusive
            script.problem =
                "nothing on the page can be run, since its commands are left to the reader: "
                + "the check says nothing about the lesson"
            script.notes.append(
                "mark commands with '{{exec}}', or name a script that does them as 'solution' under 'lectern'")
        }
        end(script, &outcome)
    }

    func look(_ kind: ScriptOutcome.Kind, at page: Page, patiently: Bool) async throws -> ScriptOutcome {
        var script = scripts.outcome(kind, .verify, of: page)
        guard let text = scripts.text(.verify, of: page), let path = page.scripts.verify else { return script }
        listener(.scriptStarted(kind, file: script.file, terminal: nil))
        let installed = try await scripts.install(text, as: path, for: page)
        let check = CheckRun(lab: lab, installed: installed, text: text, timeout: limits.check)
        let start = ContinuousClock.now
        var pause = Duration.milliseconds(50)
        var attempts = 0
        while true {
            script = try await check.look(scripts.outcome(kind, .verify, of: page))
            attempts += 1
            script.attempts = attempts
            script.duration = (ContinuousClock.now - start).seconds
            guard patiently, script.verdict == .failed else { break }
            let patience = await background.isRunning ? limits.eventually : limits.settling
            guard script.duration < patience else { break }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
        if attempts > 1 {
            script.notes.append(
                script.verdict == .passed ? "passed after \(attempts) attempts" : "failed in all \(attempts) attempts")
        }
        return script
    }
}

extension String {
    fileprivate func split(on mark: String) -> (before: String, after: String) {
        guard let range = range(ofText: mark) else { return (self, "") }
        return (String(self[..<range.lowerBound]).trimmed, String(self[range.upperBound...]))
    }
}
