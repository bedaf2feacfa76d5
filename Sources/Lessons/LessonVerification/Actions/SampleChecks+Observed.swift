import LessonExpectations
import Lessons

extension SampleChecks {
    /// Lets what several runs showed of a sample overrule what was inferred from it.
    ///
    /// - Parameter output: What was printed, to its end.
    /// - Returns: The outcome, and the notes that go with it; as they were where the runs say nothing of it.
    static func overruling(
        _ outcome: SampleOutcome, notes: [String], ofRunsOf sample: Sample, printing output: String
    ) -> (outcome: SampleOutcome, notes: [String]) {
        guard let comparison = sample.observed.flatMap({ ObservedComparison($0, of: sample.text) }) else {
            return (outcome, notes)
        }
        var overruled = outcome
        overruled.explanation = ""
        switch (comparison.compare(with: output), outcome.verdict) {
        case (.matches(let note), .failed):
            overruled.verdict = .passed
            overruled.differences = []
            return (overruled, [note].compactMap(\.self))
        case (.differs(let sentence), .passed):
            overruled.verdict = .failed
            overruled.differences = [sentence]
            return (overruled, [])
        default: return (outcome, notes)
        }
    }
}
