import Diagnostics
import LessonExpectations
import LessonVerification
import Lessons
import Synchronization

/// Runs a lesson several times in labs of their own, and compares what each sample's action printed from run to run.
///
/// Every lab has another name, starts at another time and gets its ports from the host; every other run has wider or narrower
/// terminals, where the lesson doesn't set their size. The clock and the language settings are the same in all runs.
struct LessonLearner {
    /// What was learned of one sample.
    struct Learned {
        var place: SourcePlace
        var lines: Int
        /// `nil` where nothing could be learned.
        var sample: ObservedSample?
        var variedLines: Int
    }

    /// What came of all runs.
    struct Result {
        /// Of the first run that did not pass, else of the last.
        var outcome: ScenarioOutcome
        /// Which run that was, counted from 1.
        var run: Int
        var samples: [Learned]
    }

    let run: LessonRun
    let runs: Int

    private static let columns = [nil, 132, 100, 160]

    /// - Returns: Nothing learned when a run did not pass; it may have failed for a reason that says nothing of the samples.
    func learn() async -> Result {
        var printed: [[String: [Int: String]]] = []
        var outcome = ScenarioOutcome(title: run.scenario.title, path: run.scenario.directory)
        for number in 1...runs {
            run.console.report("run \(number) of \(runs)")
            let (result, outputs) = await outputs(columns: Self.columns[(number - 1) % Self.columns.count])
            outcome = result
            guard result.verdict == .passed else { return Result(outcome: outcome, run: number, samples: []) }
            printed.append(outputs)
        }
        let samples = run.scenario.pages.flatMap { page in
            page.samples.indices.map { learned(of: $0, on: page, from: printed.map { $0[page.file] ?? [:] }) }
        }
        return Result(outcome: outcome, run: runs, samples: samples)
    }

    /// Runs the lesson once.
    ///
    /// - Returns: What its actions printed that ended well, by page and action.
    private func outputs(columns: Int?) async -> (ScenarioOutcome, [String: [Int: String]]) {
        var run = run
        if let columns, run.scenario.settings.terminals == nil {
            run.scenario.settings.terminals = ScenarioSettings.TerminalSize(columns: columns, rows: 40)
        }
        let seen = Mutex<[String: [Int: String]]>([:])
        run.purpose = .updating { page, observed in
            guard observed.sample == nil, observed.problem == nil, observed.state == .finished, !observed.isFullScreen
            else { return }
            seen.withLock { $0[page.file, default: [:]][observed.action] = observed.text }
        }
        let outcome = await run.outcome()
        return (outcome, seen.withLock { $0 })
    }

    private func learned(of index: Int, on page: Page, from printed: [[Int: String]]) -> Learned {
        let sample = page.samples[index]
        let text = LabAddresses.substituted(in: sample.text)
        let lines = text.split(separator: "\n").count
        var learned = Learned(place: sample.place, lines: lines, sample: nil, variedLines: 0)
        let outputs = printed.compactMap { $0[sample.action] }
        // The author says how other samples are compared, or shows only a part of the output.
        let isPlain =
            sample.comparison == .inferred && sample.directives.source == .output && !sample.isElided
            && !sample.directives.isUnordered && !sample.directives.isOptional
            && page.samples.count(where: { $0.action == sample.action }) == 1
        guard isPlain, outputs.count == runs,
            let shapes = ObservedComparison.shapes(of: text, printed: outputs),
            let comparison = ObservedComparison(shapes, of: text)
        else { return learned }
        learned.variedLines = comparison.variedLines
        learned.sample = ObservedSample(
            page: run.scenario.name(of: page), command: page.actions[sample.action].firstLine,
            digest: page.digest(of: sample), lines: shapes.lines)
        return learned
    }
}
