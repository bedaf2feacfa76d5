import LessonExpectations
import Lessons
import TerminalScreens
import TerminalSessions

/// Which exit statuses an action may end with.
enum StatusRule {
    case any
    case zero
    case oneOf(Set<Int>)

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
        } else {
            self = .zero
        }
    }

    func allows(_ status: Int32) -> Bool {
        switch self {
        case .any: true
        case .zero: status == 0
        case .oneOf(let allowed): allowed.contains(Int(status))
        }
    }

    /// What is asked for, after "the lesson".
    var demand: String {
        switch self {
        case .any, .zero: "shows a success"
        case .oneOf(let allowed):
            "allows \(allowed.sorted().map(String.init).joined(separator: ", "))"
        }
    }

    /// The author's comment that allows a status beside those that are allowed already.
    func directive(adding status: Int32) -> String {
        var statuses: Set = [Int(status)]
        if case .oneOf(let allowed) = self { statuses.formUnion(allowed.subtracting([0])) }
        return "status=" + statuses.sorted().map(String.init).joined(separator: ",")
    }
}

/// The samples of one action, held against what it printed so far.
struct SampleChecks {
    enum Decision {
        case holds
        case fails
        /// What was printed so far holds, and more may come.
        case holdsSoFar
        /// Neither yet.
        case undecided
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
    }

    private let samples: [(expectation: Expectation, sample: Sample)]
    private let status: StatusRule

    init(_ expectations: [Expectation], of command: String = "", status: StatusRule) {
        let compared = expectations.filter { $0.directives.comparison != .ignore }
        samples = compared.map { ($0, Sample($0, of: command, isOnly: compared.count == 1)) }
        self.status = status
    }

    func judge(_ capture: Capture) -> Judgement {
        var outcomes: [SampleOutcome] = []
        var mayStillHold = true
        var documentsError = false
        for (expectation, sample) in samples {
            let comparison = compare(expectation, sample, with: capture)
            mayStillHold = mayStillHold && (comparison.holds || comparison.mayStillHold)
            documentsError = documentsError || sample.documentsError
            outcomes.append(Self.outcome(expectation, comparison))
        }
        let wrong = outcomes.first { $0.verdict != .passed }
        if case .timedOut(let evidence) = capture.ending {
            return Judgement(
                decision: .fails, mayStillHold: false, problem: nil, samples: outcomes, hasFailed: true,
                timeout: evidence)
        }
        if let status = capture.ending.exitStatus, !self.status.allows(status), !documentsError {
            let problem =
                wrong.map { "exit status \(status), and \(Self.sentence($0))" }
                ?? "exit status \(status), where the lesson \(self.status.demand)"
            return Judgement(
                decision: .undecided, mayStillHold: mayStillHold, problem: problem, samples: outcomes, hasFailed: true)
        }
        if let wrong {
            // A screen may be repainted and a sample's text may still come, unless it can't fit any more.
            let decision: Decision = mayStillHold || capture.ending.isOver ? .undecided : .fails
            return Judgement(
                decision: decision, mayStillHold: mayStillHold,
                problem: Self.sentence(wrong) + Self.remark(on: capture), samples: outcomes)
        }
        // Without a sample there is nothing to hold on to until it has come to rest.
        let isAtRest = capture.ending != .running
        let decision: Decision = isAtRest ? .holds : samples.isEmpty ? .undecided : .holdsSoFar
        return Judgement(
            decision: decision, mayStillHold: true,
            problem: isAtRest ? nil : "it went on printing and never came to rest",
            samples: outcomes)
    }

    /// Whether less was printed than the samples show.
    func isShorter(_ capture: Capture) -> Bool {
        func lines(_ text: String) -> Int { text.split(whereSeparator: \.isNewline).count }
        return lines(capture.text) < samples.map { lines($0.expectation.text) }.reduce(0, +)
    }

    private func compare(_ expectation: Expectation, _ sample: Sample, with capture: Capture) -> Comparison {
        if expectation.directives.source == .screen { return sample.compare(withScreen: capture.screen.lines) }
        let isWhole = capture.ending.isOver && samples.count == 1
        // The notice of a job that ended meanwhile is nobody's output, unless the page shows one.
        let showsNotices = expectation.text.split(separator: "\n").contains(where: JobNotices.isNotice)
        let text = showsNotices ? capture.text : JobNotices.removed(from: capture.text)
        return sample.compare(with: text, scope: isWhole ? .whole : .stream)
    }

    private static func outcome(_ expectation: Expectation, _ comparison: Comparison) -> SampleOutcome {
        SampleOutcome(
            place: expectation.place, wording: expectation.directives.wording ?? expectation.wording,
            source: expectation.directives.source, verdict: comparison.holds ? .passed : .failed,
            differences: comparison.differences.map(\.sentence),
            explanation: comparison.holds ? "" : comparison.explanation())
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
