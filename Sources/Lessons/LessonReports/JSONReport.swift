public import FoundationEssentials
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

    /// The report as JSON text in UTF-8, its keys sorted, with a final newline. Of a long lesson it's many megabytes.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var text = try encoder.encode(self)
        text.append(UInt8(ascii: "\n"))
        return text
    }
}
