import Diagnostics
import Lessons
import SampleUpdating

/// What `update` says of the pages.
struct UpdateReport {
    let pages: [UpdatedPage]
    /// Lessons whose pages were left as they were.
    let inconclusive: [ScenarioOutcome]
    let hasWritten: Bool

    /// Whether the pages show what was printed.
    var isClean: Bool { problems.isEmpty && declined.isEmpty && (hasWritten || written.isEmpty) }

    private var written: [SampleChange] { pages.flatMap(\.update.written) }
    private var declined: [SampleChange] { pages.flatMap(\.update.declined) }
    private var problems: [UpdateProblem] { pages.flatMap(\.update.problems) }

    var lines: [StyledText] {
        var lines: [StyledText] = []
        for change in written { lines += [""] + self.lines(of: change) }
        for change in declined { lines += [""] + self.lines(of: change, isDeclined: true) }
        for problem in problems { lines += ["", "\(problem.place): not updated: \(problem.problem)"] }
        return lines + ["", StyledText(summary)]
    }

    private func lines(of change: SampleChange, isDeclined: Bool = false) -> [StyledText] {
        let command = change.command.split(separator: "\n").first.map(String.init) ?? ""
        let reason = change.reason.map { ": \($0)" } ?? ""
        let title = "\(change.place): \(Self.title(change.kind))\(isDeclined ? ", left alone" : "")\(reason)"
        var lines: [StyledText] = ["\(title, .strong)"]
        lines.append("    `\(command)`")
        for line in LineDiff.lines(from: change.before, to: change.after) {
            switch line?.mark {
            case nil: lines.append("      ⋮")
            case .kept: lines.append("      \(line?.text ?? "")")
            case .gone: lines.append("\("    - \(line?.text ?? "")", .bad)")
            case .new: lines.append("\("    + \(line?.text ?? "")", .good)")
            }
        }
        if change.showsError {
            lines.append("\("    this looks like an error message; check that it is intended", .warning)")
        }
        return lines
    }

    private static func title(_ kind: SampleChange.Kind) -> String {
        switch kind {
        case .added: "new sample"
        case .drifted: "values changed"
        case .changed: "output changed"
        case .refreshed: "refreshed"
        }
    }

    private var summary: String {
        let count = written.count
        let notes =
            (declined.isEmpty ? "" : "; \(declined.count) left alone ('--accept' writes them)")
            + (problems.isEmpty ? "" : "; \(problems.count) not updated")
        if count == 0 { return "Nothing to write\(notes)" }
        let samples = "\(count) sample\(count == 1 ? "" : "s")"
        return hasWritten
            ? "\(samples) written\(notes)"
            : "\(samples) would be written\(notes). Nothing was written: add '--accept' to write them"
    }

    // MARK: JSON

    private struct Document: Encodable {
        struct Change: Encodable {
            var place: SourcePlace
            var kind: SampleChange.Kind
            var command: String
            var reason: String?
            var showsError: Bool
            var isWritten: Bool
            var before: [String]
            var after: [String]
        }

        struct Problem: Encodable {
            var place: SourcePlace
            var problem: String
        }

        struct Inconclusive: Encodable {
            var path: String
            var problem: String
            var remedy: String?
        }

        var schemaVersion = 1
        var changes: [Change]
        var problems: [Problem]
        var inconclusive: [Inconclusive]
    }

    func encoded() throws -> String {
        func change(_ change: SampleChange, isWritten: Bool) -> Document.Change {
            .init(
                place: change.place, kind: change.kind, command: change.command, reason: change.reason,
                showsError: change.showsError, isWritten: isWritten, before: change.before, after: change.after)
        }
        let document = Document(
            changes: written.map { change($0, isWritten: hasWritten) } + declined.map { change($0, isWritten: false) },
            problems: problems.map { .init(place: $0.place, problem: $0.problem) },
            inconclusive: inconclusive.map {
                .init(path: $0.path, problem: $0.problem ?? "the run is inconclusive", remedy: $0.remedy)
            })
        return try document.jsonText()
    }
}
