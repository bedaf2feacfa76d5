import Diagnostics
import LessonReports
import Lessons

/// What `update --learn` says of a lesson.
struct LearningReport {
    let result: LessonLearner.Result
    let file: ObservedFile

    /// What is written beside the lesson; `nil` when a run did not pass.
    var variation: ObservedVariation? {
        guard result.outcome.verdict == .passed else { return nil }
        return ObservedVariation(runs: result.run, samples: result.samples.compactMap(\.sample))
    }

    var lines: [StyledText] {
        guard result.outcome.verdict == .passed else { return failure }
        var lines: [StyledText] = []
        for learned in result.samples where learned.variedLines > 0 {
            lines.append("\(learned.place): \(learned.variedLines) of \(learned.lines) lines varied")
            lines += (learned.sample?.lines ?? []).map { "      \($0)" }
        }
        let learned = result.samples.filter { $0.sample != nil }
        let varied = learned.count(where: { $0.variedLines > 0 })
        let others = result.samples.count - learned.count
        let rest = others > 0 ? "; nothing was learned of \(others)" : ""
        lines.append(
            "wrote '\(file.path)': \(varied) of \(learned.count) samples varied in \(result.run) runs\(rest)")
        return lines
    }

    private var failure: [StyledText] {
        var lines: [StyledText] = ["'\(result.outcome.path)': run \(result.run) did not pass, so nothing was written"]
        for action in result.outcome.pages.flatMap(\.actions) where action.verdict == .failed {
            lines.append("  \(action.action.place): \(action.problem ?? "it failed")")
        }
        lines.append(TerminalReport().summary(of: result.outcome))
        return lines
    }
}

extension Scenario {
    /// What a reader of a report should know of the runs that its samples are compared by; `nil` where there were none.
    var observationNote: String? {
        let observed = pages.flatMap(\.samples).compactMap(\.observed)
        guard let runs = observed.first?.runs else { return nil }
        let subject = observed.count == 1 ? "1 sample is" : "\(observed.count) samples are"
        return "\(subject) compared by what varied in \(runs) runs ('\(ObservedVariation.path)')"
    }
}
