import Lessons
import SampleCorpus
import Testing

@testable import LessonExpectations

@Suite struct CorpusTests {
    @Test(arguments: CorpusEntry.all) func honestOutputsAreAccepted(_ entry: CorpusEntry) {
        let sample = ParsedSample(documented: entry.documented, wording: entry.wording)
        for (index, output) in entry.outputs.enumerated() {
            for variation in BenignVariations.all {
                guard let varied = variation.apply(entry, output) else { continue }
                let comparison = sample.compare(with: varied)
                #expect(
                    comparison.matches, "\(entry.name), output \(index + 1), \(variation): \(comparison.explanation())")
            }
        }
    }

    @Test(arguments: CorpusEntry.all) func wrongOutputsAreCaught(_ entry: CorpusEntry) {
        let sample = ParsedSample(documented: entry.documented, wording: entry.wording)
        for output in entry.wrong { #expect(!sample.compare(with: output).matches, "\(entry.name): \(output)") }
    }

    @Test(arguments: CorpusEntry.all) func aSampleMatchesItselfInEveryWording(_ entry: CorpusEntry) {
        for wording in [Wording.exact, .similar, .unmarked] {
            for text in entry.outputs {
                let comparison = ParsedSample(documented: text, wording: wording).compare(with: text)
                #expect(comparison.matches, "\(entry.name), \(wording): \(comparison.explanation())")
            }
        }
    }

    /// Prints the totals, and each miss with its reason.
    @Test func theCorpusIsAsLargeAndTheMatcherAsGoodAsPromised() {
        let totals = CorpusTotals.counted { entry, output in
            let comparison = ParsedSample(documented: entry.documented, wording: entry.wording).compare(with: output)
            return comparison.matches ? comparison.notes : nil
        }
        totals.lines.forEach { print($0) }
        #expect(totals.samples >= 60)
        #expect(totals.pairs >= 300)
        #expect(Mutations.all.count >= 40)
        #expect(totals.refused.isEmpty)
        #expect(totals.caught * 100 >= totals.mutations * 99)
        #expect(totals.missed.allSatisfy { KnownMisses.reason($0) != nil }, "a miss without a reason")
    }
}
