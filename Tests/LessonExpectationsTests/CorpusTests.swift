import Lessons
import SampleCorpus
import Testing

@testable import LessonExpectations

@Suite struct CorpusTests {
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

    /// Every benign variation of every output is accepted, and every mutation caught but those with a reason.
    ///
    /// Prints the totals, and each miss with its reason.
    @Test func honestOutputsAreAcceptedAndWrongOnesCaught() async {
        let totals = await Self.totals(of: CorpusEntry.all)
        totals.lines.forEach { print($0) }
        #expect(totals.samples >= 60)
        #expect(totals.pairs >= 300)
        #expect(Mutations.all.count >= 40)
        #expect(totals.refused.isEmpty, "\(totals.refused.joined(separator: "\n"))")
        #expect(totals.caught * 100 >= totals.mutations * 99)
        let unknown = totals.missed.filter { KnownMisses.reason($0) == nil }
        #expect(unknown.isEmpty, "misses without a reason: \(unknown.joined(separator: "; "))")
    }

    /// The totals in the order of the entries, which are counted side by side.
    private static func totals(of entries: [CorpusEntry]) async -> CorpusTotals {
        await withTaskGroup(of: (Int, CorpusTotals).self) { group in
            for (index, entry) in entries.enumerated() {
                group.addTask {
                    let sample = ParsedSample(documented: entry.documented, wording: entry.wording)
                    let totals = CorpusTotals(entry) { output in
                        let comparison = sample.compare(with: output)
                        return comparison.matches ? comparison.notes : nil
                    }
                    return (index, totals)
                }
            }
            var all: [(Int, CorpusTotals)] = []
            for await totals in group { all.append(totals) }
            var sum = CorpusTotals()
            for (_, totals) in all.sorted(by: { $0.0 < $1.0 }) { sum.add(totals) }
            return sum
        }
    }
}
