import Diagnostics
import LessonVerification
import Lessons
import Testing

/// The first action of a page with one sample, run in a lab where it prints `output`.
private func outcome(
    printing output: String, sample text: String, wording: Wording = .similar, observed lines: [String]?
) async throws -> ActionOutcome {
    let action = Action(place: SourcePlace(file: "a.md", line: 1), text: "boxctl status")
    var sample = Lessons.Sample(
        place: SourcePlace(file: "a.md", line: 3), text: text, action: 0, wording: wording)
    sample.observed = lines.map { ObservedShapes(runs: 5, lines: $0) }
    let page = Page(role: .step(1), title: "One", file: "a.md", actions: [action], samples: [sample])
    let scenario = Scenario(directory: "lesson", title: "Lesson", pages: [page], settings: .init())
    let limits = VerificationLimits(action: 3600, eventually: 0.1, settling: 0.1, grace: 0.01)
    let lab = ScriptedLab(["boxctl status": [.init(text: output)]])
    return try #require(try await LessonVerifier(lab: lab, limits: limits).verify(scenario).first?.actions.first)
}

@Suite struct ObservedSampleTests {
    @Test func whatNeverVariedIsHeldFastThoughTheWordingWouldLetItVary() async throws {
        let (sample, printed) = ("boxes: 17\nfree: 4", "boxes: 17\nfree: 5")
        #expect(try await outcome(printing: printed, sample: sample, observed: nil).verdict == .passed)
        let observed = try await outcome(
            printing: printed, sample: sample, observed: ["boxes: {integer}", "free: 4"])
        #expect(observed.verdict == .failed)
        #expect(observed.problem == #"line 2: expected "free: 4", which fits all 5 observed runs, got "free: 5""#)
    }

    @Test func whatVariedIsFreeThoughTheWordingHoldsItFast() async throws {
        let (sample, printed) = ("boxes: red\nfree: 4", "boxes: green\nfree: 4")
        let inferred = try await outcome(printing: printed, sample: sample, wording: .exact, observed: nil)
        #expect(inferred.verdict == .failed)
        let observed = try await outcome(
            printing: printed, sample: sample, wording: .exact, observed: ["boxes: {word}", "free: 4"])
        #expect(observed.verdict == .passed)
        #expect(observed.notes == ["line 1 differs only in what varied in 5 observed runs"])
        let other = try await outcome(
            printing: "boxes: 12\nfree: 4", sample: sample, wording: .exact, observed: ["boxes: {word}", "free: 4"])
        #expect(other.verdict == .failed)
    }

    @Test func anObservationOfAnotherFormSaysNothing() async throws {
        let printed = try await outcome(printing: "boxes: 12", sample: "boxes: 17", observed: ["boxes", "17"])
        #expect(printed.verdict == .passed)
    }
}
