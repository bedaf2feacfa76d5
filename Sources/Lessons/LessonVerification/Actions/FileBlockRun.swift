import Diagnostics
import Lessons

extension Run {
    /// Writes what a click on a file block writes.
    mutating func click(_ block: FileBlock, _ outcome: inout PageOutcome) async throws {
        guard !hasFailed else {
            outcome.fileBlocks.append(FileBlockOutcome(block: block, path: block.file, verdict: .notRun))
            return
        }
        try Task.checkCancellation()
        var clicked = FileBlockOutcome(block: block, path: "")
        if block.target == .clipboard {
            clicked.notes.append("no clipboard here")
        } else {
            clicked.path = try await editorPath(block.file)
            let text = Self.written(block)
            switch try await lab.write(Array(text.utf8), to: clicked.path, as: block.target, isExecutable: false) {
            case .written: break
            case .markerMissing: clicked.problem = "'\(clicked.path)' does not hold the text that the block replaces"
            case .refused(let reason): clicked.problem = "'\(clicked.path)' can't be written: \(reason)"
            }
        }
        if clicked.problem != nil {
            clicked.verdict = .failed
            if consequences == nil { hasFailed = true }
        }
        outcome.fileBlocks.append(clicked)
        listener(.fileBlockClicked(clicked))
    }

    /// Whole lines, so that successive blocks make a file; what takes a marker's place is taken as it is.
    private static func written(_ block: FileBlock) -> String {
        let text = LabAddresses.substituted(in: block.text)
        if case .insert = block.target { return text }
        return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }

    /// Looks at answer keys; whatever they are, nothing else is left out for them.
    func examine(_ quizzes: [Quiz], _ outcome: inout PageOutcome) {
        for quiz in quizzes {
            let problem = quiz.answer.faults.first?.description
            let looked = QuizOutcome(quiz: quiz, verdict: problem == nil ? .passed : .failed, problem: problem)
            outcome.quizzes.append(looked)
            listener(.quizChecked(looked))
        }
    }

    /// Clicks that type nothing: there is no clipboard to look at, and a file to open must be there.
    func withoutTerminal(_ action: Action) async throws -> ActionOutcome {
        var outcome = ActionOutcome(action: action, verdict: .passed)
        switch action.kind {
        case .copy: outcome.notes.append("no clipboard here")
        case .open:
            outcome.notes.append("no editor here; looked whether the file is there")
            let path = try await editorPath(LabAddresses.substituted(in: action.text).trimmed)
            if try await !lab.exists(path) {
                outcome.verdict = .failed
                outcome.problem = "the file '\(path)' isn't in the workspace"
            }
        default: break
        }
        return outcome
    }

    /// Where a file is that a page names: relative to the editor's directory, unless absolute or from `~`.
    private func editorPath(_ file: String) async throws -> String {
        let home = try await lab.home()
        if file.hasPrefix("/") { return file }
        if file == "~" || file.hasPrefix("~/") { return file.expandingHome(home) }
        var directory = scripts.scenario.platform.editorPath.expandingHome(home)
        if !directory.hasPrefix("/") { directory = "\(home)/\(directory)" }
        while directory.hasSuffix("/") { directory.removeLast() }
        return "\(directory)/\(file.hasPrefix("./") ? String(file.dropFirst(2)) : file)"
    }
}
