import ArgumentParser
import LessonExpectations
import Lessons

/// `lesson-bench match`: how long comparing an output with its sample takes.
struct MatchBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Measure the comparison of outputs with samples.")

    @Option(help: "How often each comparison is measured.") var runs = 9
    @Option(parsing: .upToNextOption, help: "The outputs to measure alone.") var only: [OutputKind] = []

    func run() throws {
        var table = Table("one comparison, reading the sample included", runs: runs)
        let kinds = only.isEmpty ? OutputKind.allCases : only
        for kind in kinds {
            let (documented, actual) = (kind.text(lines: 100, seed: 1), kind.text(lines: 100, seed: 2))
            table.measure("\(kind.rawValue), 100 lines", bound: 1) { Self.expect(documented, actual, holds: true) }
        }
        for kind in kinds {
            var first = 0.0
            for lines in [1_250, 2_500, 5_000, 10_000] {
                let (documented, actual) = (kind.text(lines: lines, seed: 1), kind.text(lines: lines, seed: 2))
                let median = table.measure(
                    "\(kind.rawValue), \(lines) lines", bound: lines == 10_000 ? 100 : nil
                ) { Self.expect(documented, actual, holds: true) }
                if lines == 1_250 { first = median }
                if lines == 10_000 {
                    print("    8 times the lines take \(Table.text(median / first)) times as long")
                }
            }
        }
        for kind in kinds {
            let text = kind.text(lines: 10_000, seed: 1)
            table.measure("\(kind.rawValue), 10000 lines, exact", bound: 100) {
                Self.expect(text, text, .exact, holds: true)
            }
        }
        for (name, text, bound) in only.isEmpty ? Pathological.all : [] {
            table.measure(name, bound: bound) { Self.expect(text, text, holds: true) }
        }
        try table.finish()
    }

    private static func expect(_ documented: String, _ actual: String, _ wording: Wording = .similar, holds: Bool) {
        let comparison = ParsedSample(documented: documented, wording: wording).compare(with: actual)
        guard comparison.matches == holds else { fatalError(comparison.explanation()) }
    }
}
