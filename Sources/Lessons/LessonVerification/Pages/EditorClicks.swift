import Diagnostics
import Lessons

/// Clicks that type nothing: file blocks, files to open, and what is copied.
struct EditorClicks {
    private let context: RunContext

    init(in context: RunContext) { self.context = context }

    /// Writes what a click on a file block writes.
    func click(_ block: FileBlock) async throws -> FileBlockOutcome {
        guard !context.isStopped else { return FileBlockOutcome(block: block, path: block.file, verdict: .notRun) }
        try Task.checkCancellation()
        var outcome = FileBlockOutcome(block: block, path: "")
        if block.target == .clipboard {
            outcome.notes.append("there is no clipboard here")
        } else {
            outcome.path = try await path(of: block.file)
            let bytes = Array(Self.text(of: block).utf8)
            switch try await context.lab.write(bytes, to: outcome.path, as: block.target, isExecutable: false) {
            case .written: break
            case .markerMissing:
                outcome.problem = "'\(outcome.path)' does not contain the text that the block replaces"
            case .refused(let reason): outcome.problem = "'\(outcome.path)' cannot be written: \(reason)"
            }
        }
        if outcome.problem != nil {
            outcome.verdict = .failed
            context.state.partFailed()
        }
        context.listener(.fileBlockClicked(outcome))
        return outcome
    }

    /// Does what a click on an action without a terminal does: nothing is copied, and a file to open must exist.
    func perform(_ action: Action) async throws -> ActionOutcome {
        var outcome = ActionOutcome(action: action, verdict: .passed)
        switch action.kind {
        case .copy: outcome.notes.append("there is no clipboard here")
        case .open:
            outcome.notes.append("there is no editor here; only checked that the file exists")
            let path = try await path(of: LabAddresses.substituted(in: action.text).trimmed)
            if try await !context.lab.exists(path) {
                outcome.verdict = .failed
                outcome.problem = "the file '\(path)' does not exist in the workspace"
            }
        default: break
        }
        return outcome
    }

    /// Whole lines, so that successive blocks make a file; what replaces a marker is taken as it is.
    private static func text(of block: FileBlock) -> String {
        let text = LabAddresses.substituted(in: block.text)
        if case .insert = block.target { return text }
        return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }

    /// Where a file is that a page names: relative to the editor's directory, unless absolute or from `~`.
    private func path(of file: String) async throws -> String {
        let home = try await context.lab.home()
        if file.hasPrefix("/") { return file }
        if file == "~" || file.hasPrefix("~/") { return file.expandingHome(home) }
        var directory = context.scripts.scenario.platform.editorPath.expandingHome(home)
        if !directory.hasPrefix("/") { directory = "\(home)/\(directory)" }
        while directory.hasSuffix("/") { directory.removeLast() }
        return "\(directory)/\(file.hasPrefix("./") ? String(file.dropFirst(2)) : file)"
    }
}
