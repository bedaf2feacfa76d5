import FoundationEssentials
import LessonMarkdown
import Lessons

/// Observations of earlier runs (`lectern update --learn`) whose samples have changed.
struct ObservedFileCheck: ScenarioCheck {
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.staleObservations),
            let source = try? LessonFile.source(
                ObservedVariation.path, in: scenario.directory, maxSize: ObservedVariation.maxSize)
        else { return }
        let remedy = "run 'lectern update --learn 5 \(scenario.directory)' again, or remove the file"
        guard let variation = try? ObservedVariation(json: Data(source.bytes)) else {
            return findings.add(
                .staleObservations, at: 0..<0, of: source, "this is not what 'lectern update --learn' writes",
                remedy: remedy, severity: .error)
        }
        let prefix = scenario.path("")
        let pages = scenario.pages.filter { $0.kind == .page }.map { linted in
            (name: String(linted.source.file.dropFirst(prefix.count)), page: linted.page)
        }
        for sample in variation.stale(on: pages) {
            let offset = source.bytes.firstRange(of: Array(sample.digest.utf8))?.lowerBound ?? 0
            findings.add(
                .staleObservations, at: offset..<offset, of: source,
                "the sample of '\(sample.command)' in '\(sample.page)' has changed since the lesson was observed",
                remedy: remedy)
        }
    }
}

extension Rule {
    static let staleObservations = Rule(
        code: "LL204", name: "stale-observations", severity: .warning,
        summary: "A sample has changed since runs of the lesson were observed",
        explanation: """
            `lectern update --learn` keeps in `.lectern/observed.json` which parts of each output varied from run to run. An entry counts
            for the sample and the command it was made from. Once either has changed, `lectern verify` compares the sample as it compares any
            other. Run `lectern update --learn` again.
            """)
}
