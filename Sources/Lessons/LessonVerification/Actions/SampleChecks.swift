import Diagnostics
import LessonExpectations
import Lessons
import TerminalScreens
import TerminalSessions

/// The samples of one action, held against what it printed so far.
struct SampleChecks {
    enum Decision {
        case matches
        case fails
        /// What was printed so far holds, and more may come.
        case matchesSoFar
        /// Neither yet.
        case inconclusive
    }

    struct Judgement {
        var decision: Decision
        /// Whether more output, or the same read later, could still make it hold.
        var mayStillHold: Bool
        var problem: String?
        var samples: [SampleOutcome]
        /// Whether the action itself went wrong, whatever its samples say.
        var hasFailed = false
        /// How its time ended, for an action that has failed by that.
        var timeout: TimeoutEvidence?
        /// What a reader of the report should know though it failed nothing.
        var notes: [String] = []
        /// Whether an error was printed that nothing on the page speaks of, though it failed nothing.
        var showsError = false
    }

    private let samples: [(sample: Sample, parsed: ParsedSample)]
    private let command: String
    private let status: StatusRule
    private let isScript: Bool

    init(_ samples: [Sample], of command: String = "", status: StatusRule, isScript: Bool = false) {
        let compared = samples.filter { $0.directives.comparison != .ignore }
        self.samples = compared.map {
            ($0, ParsedSample($0, of: command, isOnly: compared.count == 1, sentence: $0.sentence))
        }
        self.command = command
        self.status = status
        self.isScript = isScript
    }

    func judge(_ capture: Capture) -> Judgement {
        var outcomes: [SampleOutcome] = []
        var mayStillHold = true
        var documentsError = false
        var notes: [String] = []
        for (sample, parsed) in samples {
            let (outcome, mayStill, allowances) = judge(sample, parsed, by: capture)
            notes += allowances
            mayStillHold = mayStillHold && mayStill
            documentsError = documentsError || parsed.documentsError
            outcomes.append(outcome)
        }
        let wrong = outcomes.first { $0.verdict == .failed }
        var judgement = Judgement(decision: .inconclusive, mayStillHold: mayStillHold, problem: nil, samples: outcomes)
        judgement.notes = notes
        if case .timedOut(let evidence) = capture.ending {
            judgement.decision = .fails
            judgement.mayStillHold = false
            judgement.hasFailed = true
            judgement.timeout = evidence
            return judgement
        }
        if !documentsError, !isShown(capture, outcomes), let problem = failure(of: capture, wrong: wrong) {
            judgement.problem = problem
            judgement.hasFailed = true
            // Neither a status nor a line that has ended changes any more; a read may answer otherwise when it's typed again.
            if wrong == nil { judgement.decision = .fails }
            return judgement
        }
        if let wrong {
            // A screen may be repainted and a sample's text may still come, unless it can't fit any more.
            if !mayStillHold, !capture.ending.isOver { judgement.decision = .fails }
            judgement.problem = Self.sentence(wrong) + Self.remark(on: capture)
            return judgement
        }
        // without a sample there is nothing to hold on to until it has come to rest.
        let isAtRest = capture.ending != .running
        judgement.decision = isAtRest ? .matches : samples.isEmpty ? .inconclusive : .matchesSoFar
        judgement.mayStillHold = true
        judgement.problem = isAtRest ? nil : "it kept printing and never came to rest"
        if isAtRest, !documentsError { addNotes(on: capture, to: &judgement) }
        return judgement
    }

    /// Whether less was printed than the samples show.
    func isShorter(_ capture: Capture) -> Bool {
        func lines(_ text: String) -> Int { text.split(whereSeparator: \.isNewline).count }
        return lines(capture.text) < samples.map { lines($0.sample.text) }.reduce(0, +)
    }

    // MARK: Failures without a sample

    /// What of the action went wrong by its statuses or by its program's own words; `nil` when nothing did.
    private func failure(of capture: Capture, wrong: SampleOutcome?) -> String? {
        if let status = capture.ending.exitStatus,
            !self.status.allows(status, of: command, printed: !capture.text.isEmpty)
        {
            return wrong.map { "exit status \(status), and \(Self.sentence($0))" }
                ?? "exit status \(status), where the lesson \(self.status.demand)"
        }
        if let problem = BlockFailures(capture, rule: status, isScript: isScript).problem {
            return wrong.map { "\(problem); and \(Self.sentence($0))" } ?? problem
        }
        // A program has no status for each line that is typed into it.
        guard samples.isEmpty, capture.ending.exitStatus == nil, capture.ending != .running, !status.allowsErrors,
            !capture.isAlternateScreen,
            let error = ReportedErrors.first(in: capture.text, by: capture.program)
        else { return nil }
        return
            "\(capture.program.map { "'\($0)'" } ?? "the shell") says \"\(error)\", and the lesson announces no error"
    }

    /// Whether the page shows what was printed, so that the status that goes with it is the author's claim as well: `diff`
    /// and `grep -c` answer 1 where they did what the page says.
    private func isShown(_ capture: Capture, _ outcomes: [SampleOutcome]) -> Bool {
        guard let status = capture.ending.exitStatus, status < 126, !samples.isEmpty, !capture.text.isEmpty,
            outcomes.allSatisfy({ $0.verdict == .passed })
        else { return false }
        let isWhole =
            samples.count == 1 && !samples[0].sample.isElided && samples[0].sample.comparison == .inferred
        return isWhole || ReportedErrors.first(in: capture.text, by: nil) == nil
    }

    private func addNotes(on capture: Capture, to judgement: inout Judgement) {
        if let status = capture.ending.exitStatus, status != 0 {
            if case .zero = self.status, !samples.isEmpty {
                judgement.notes.append("ended with exit status \(status); the output is what the page shows")
            }
        } else if case .announced = self.status, capture.ending.exitStatus == 0 {
            judgement.notes.append("the page says that it fails; it ended with exit status 0")
        }
        if let note = BlockFailures(capture, rule: status, isScript: isScript).note { judgement.notes.append(note) }
        guard samples.isEmpty, !status.allowsErrors, let line = ReportedErrors.missingCommand(in: capture.text) else {
            return
        }
        judgement.showsError = true
        judgement.notes.append("printed \"\(line)\", though it ended with exit status 0")
    }

    // MARK: Samples

    /// - Returns: How the sample compared, whether output that is still to come could make it hold, and what was allowed for
    ///   it to hold.
    private func judge(
        _ sample: Sample, _ parsed: ParsedSample, by capture: Capture
    ) -> (outcome: SampleOutcome, mayStillHold: Bool, notes: [String]) {
        guard capture.isAlternateScreen || sample.directives.source == .screen else {
            let comparison = compare(sample, parsed, with: capture)
            let inferred = Self.outcome(sample, comparison)
            let mayStillHold = comparison.matches || comparison.mayStillHold
            guard capture.ending.isOver, samples.count == 1 else { return (inferred, mayStillHold, comparison.notes) }
            let (outcome, notes) = Self.overruling(
                inferred, notes: comparison.notes, ofRunsOf: sample,
                printing: JobNotices.removed(from: capture.text, of: command))
            return (outcome, mayStillHold, notes)
        }
        let comparison = parsed.compare(withScreen: capture.screen.lines)
        var outcome = Self.outcome(sample, comparison)
        if comparison.matches, let problem = ScreenLines.problem(of: sample, parsed, on: capture.screen) {
            outcome.verdict = .failed
            outcome.differences = [problem]
            outcome.explanation = ""
        }
        if outcome.verdict == .passed || sample.directives.source == .screen { return (outcome, true, []) }
        // What an action of an editor prints is on its screen; the page may also show what was printed before it drew.
        let printed = compare(sample, parsed, with: capture)
        if printed.matches { return (Self.outcome(sample, printed), true, printed.notes) }
        // A block that the page doesn't call an output is not claimed to be on the screen.
        let isClaimed = (sample.directives.wording ?? sample.wording) != .unmarked || comparison.matches
        if !isClaimed {
            outcome.verdict = .notRun
            outcome.differences = []
            outcome.explanation = ""
        }
        return (outcome, true, [])
    }

    private func compare(_ sample: Sample, _ parsed: ParsedSample, with capture: Capture) -> Comparison {
        let isWhole = capture.ending.isOver && samples.count == 1
        // The notice of a job that starts or ends is nobody's output, unless the page shows one.
        let showsNotices = sample.text.split(separator: "\n").contains {
            JobNotices.isNotice($0) || JobNotices.isStart($0)
        }
        func comparison(_ text: String) -> Comparison {
            parsed.compare(
                with: showsNotices ? text : JobNotices.removed(from: text, of: command),
                scope: isWhole ? .whole : .stream)
        }
        let printed = comparison(capture.text)
        guard !printed.matches, !capture.shownBefore.isEmpty else { return printed }
        let shown = comparison(capture.shownBefore + capture.text)
        return shown.matches ? shown : printed
    }

    private static func outcome(_ sample: Sample, _ comparison: Comparison) -> SampleOutcome {
        SampleOutcome(
            place: sample.place, wording: sample.directives.wording ?? sample.wording,
            source: sample.directives.source, verdict: comparison.matches ? .passed : .failed,
            differences: comparison.differences.map(\.sentence),
            explanation: comparison.matches ? "" : comparison.explanation())
    }

    /// A line that is missing may have stood where output was left out.
    private static func remark(on capture: Capture) -> String {
        guard capture.droppedBytes > 0 else { return "" }
        let kept = capture.text.utf8.count / 1024
        return "; only the beginning and the end of the output were kept and compared (\(kept) KiB), "
            + "\(capture.droppedBytes) bytes between them were not"
    }

    private static func sentence(_ sample: SampleOutcome) -> String {
        sample.differences.first ?? "the output differs from the sample at \(sample.place)"
    }
}

extension Capture.Ending {
    /// The exit status of the command, or of the shell that ended with it.
    var exitStatus: Int32? {
        switch self {
        case .status(let status): status
        case .shellEnded(let status): status ?? 137
        default: nil
        }
    }
}
