import Diagnostics
public import Lessons

/// The report a program reads: what `lectern verify --json` prints, whatever happened.
///
/// One object; durations are seconds. Members may be added in later versions; when one changes its meaning or goes away,
/// ``schemaVersion`` grows.
public struct JSONReport: Encodable, Sendable {
    /// Grows when a member goes away or changes its meaning.
    public static let schemaVersion = 1

    /// The version of this form, an integer.
    public let schemaVersion = Self.schemaVersion
    /// The worst of all lessons: `inconclusive` before `failed` before `passed`; `inconclusive` when there is no lesson.
    public let verdict: Verdict
    /// The user ended the run; lessons that weren't begun say so.
    public let interrupted: Bool
    /// Why no lesson could be run at all; `nil` when some were.
    public let problem: String?
    /// What to try next; goes with ``problem``.
    public let remedy: String?
    /// A lesson each, in the order in which they were named, with its own verdict.
    public let scenarios: [Entry]

    /// - Parameters:
    ///   - problem: Why no lesson could be run.
    ///   - remedy: What to try next.
    public init(_ scenarios: [ScenarioOutcome], problem: String? = nil, remedy: String? = nil) {
        verdict = Self.worst(of: scenarios.map(\.verdict))
        interrupted = scenarios.contains(where: \.interrupted)
        self.problem = problem
        self.remedy = remedy
        self.scenarios = scenarios.map(Entry.init)
    }

    /// What a run of several lessons showed: whoever wants to know that all are well must hear of one that couldn't be told
    /// before one that failed.
    private static func worst(of verdicts: [Verdict]) -> Verdict {
        if verdicts.isEmpty || verdicts.contains(.inconclusive) { return .inconclusive }
        return verdicts.contains(.failed) ? .failed : .passed
    }

    /// A lesson's outcome, its verdict written out.
    public struct Entry: Encodable, Sendable {
        private enum Key: CodingKey { case verdict }

        /// Everything but the verdict, which follows from it.
        public let outcome: ScenarioOutcome

        init(_ outcome: ScenarioOutcome) { self.outcome = outcome }

        /// Writes the outcome's members and `verdict` into one object.
        public func encode(to encoder: any Encoder) throws {
            try outcome.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(outcome.verdict, forKey: .verdict)
        }
    }
}
