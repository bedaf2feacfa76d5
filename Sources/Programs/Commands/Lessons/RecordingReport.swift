import LessonRecording
import Lessons

/// What `record` says of the pages.
struct RecordingReport {
    let pages: [RecordedPage]
    let hasWritten: Bool
    let isColoured: Bool

    /// Whether the pages show what was printed.
    var isClean: Bool { problems.isEmpty && declined.isEmpty && (hasWritten || written.isEmpty) }

    private var written: [SampleChange] { pages.flatMap(\.recording.written) }
    private var declined: [SampleChange] { pages.flatMap(\.recording.declined) }
    private var problems: [RecordingProblem] { pages.flatMap(\.recording.problems) }

    var lines: [String] {
        var lines: [String] = []
        for change in written { lines += [""] + self.lines(of: change) }
        for change in declined { lines += [""] + self.lines(of: change, isDeclined: true) }
        for problem in problems { lines += ["", "\(problem.place): not recorded: \(problem.problem)"] }
        return lines + ["", summary]
    }

    private func lines(of change: SampleChange, isDeclined: Bool = false) -> [String] {
        let command = change.command.split(separator: "\n").first.map(String.init) ?? ""
        let reason = change.reason.map { ": \($0)" } ?? ""
        var lines = [
            paint("\(change.place): \(Self.title(change.kind))\(isDeclined ? ", left alone" : "")\(reason)", "1")
        ]
        lines.append("    `\(command)`")
        for line in LineDiff.lines(from: change.before, to: change.after) {
            switch line?.mark {
            case nil: lines.append("      ⋮")
            case .kept: lines.append("      \(line?.text ?? "")")
            case .gone: lines.append(paint("    - \(line?.text ?? "")", "31"))
            case .new: lines.append(paint("    + \(line?.text ?? "")", "32"))
            }
        }
        if change.showsError { lines.append(paint("    this reports an error; see that it is meant", "33")) }
        return lines
    }

    private static func title(_ kind: SampleChange.Kind) -> String {
        switch kind {
        case .added: "new sample"
        case .drifted: "values moved"
        case .changed: "changed"
        case .refreshed: "refreshed"
        }
    }

    private var summary: String {
        let count = written.count
        let notes =
            (declined.isEmpty ? "" : "; \(declined.count) left alone, which '--accept' writes")
            + (problems.isEmpty ? "" : "; \(problems.count) not recorded")
        if count == 0 { return "Nothing to write\(notes)" }
        let samples = "\(count) sample\(count == 1 ? "" : "s")"
        return hasWritten
            ? "\(samples) written\(notes)" : "\(samples) would be written\(notes). Nothing was: '--accept' writes them"
    }

    private func paint(_ text: String, _ style: String) -> String {
        isColoured ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
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

        var changes: [Change]
        var problems: [Problem]
    }

    func encoded() throws -> String {
        func change(_ change: SampleChange, isWritten: Bool) -> Document.Change {
            .init(
                place: change.place, kind: change.kind, command: change.command, reason: change.reason,
                showsError: change.showsError, isWritten: isWritten, before: change.before, after: change.after)
        }
        let document = Document(
            changes: written.map { change($0, isWritten: hasWritten) } + declined.map { change($0, isWritten: false) },
            problems: problems.map { .init(place: $0.place, problem: $0.problem) })
        return try document.jsonText()
    }
}
