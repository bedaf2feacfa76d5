import ArgumentParser
import LessonExpectations
import SampleCorpus

/// `lesson-bench corpus`: what the matcher accepts and what it catches, over the corpus of the tests.
struct CorpusBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus", abstract: "Count what is accepted and what is caught in the corpus of the tests.")

    func run() throws {
        var totals = CorpusTotals()
        for entry in CorpusEntry.all {
            let sample = ParsedSample(documented: entry.documented, wording: entry.wording)
            totals.add(
                CorpusTotals(entry) { output in
                    let comparison = sample.compare(with: output)
                    return comparison.matches ? comparison.notes : nil
                })
        }
        totals.lines.forEach { print($0) }
    }
}
