public import Lessons

/// The report a program reads.
///
/// One object: `{"verdict", "interrupted", "scenarios": [ScenarioOutcome]}`. Durations are seconds. Members may be added in later
/// versions; none goes away.
public struct JSONReport: Codable, Sendable {
    /// The worst of all scenarios: `undecided` before `failed` before `passed`.
    public var verdict: Verdict
    /// The user ended the run; scenarios after the last one weren't begun.
    public var interrupted: Bool
    public var scenarios: [ScenarioOutcome]

    public init(_ scenarios: [ScenarioOutcome]) {
        let verdicts = scenarios.map(\.verdict)
        self.verdict = verdicts.contains(.undecided) ? .undecided : verdicts.contains(.failed) ? .failed : .passed
        interrupted = scenarios.contains(where: \.interrupted)
        self.scenarios = scenarios
    }
}
