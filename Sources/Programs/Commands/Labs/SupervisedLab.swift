import AgentProtocol
import Diagnostics
import LabControlClient
import LabControlProtocol
import LabProvisioning
import Labs
import LessonVerification
import Lessons
import TerminalSessions

/// A lab behind its supervisor, as a verifier sees it.
struct SupervisedLab: LessonLab {
    let client: LabClient
    var isRecorded = false

    func started(_ lesson: String) async throws -> Set<LessonStart> {
        try await client.startedParts(of: absolutePath(lesson))
    }

    func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws {
        try await client.mark(part, of: absolutePath(lesson), isDone: isDone)
    }

    func willPerform(_ action: Action, in terminal: String) async throws {
        guard isRecorded else { return }
        let lines = action.text.split(separator: "\n", omittingEmptySubsequences: false)
        try await client.mark("\(action.place)  \(lines.first ?? "")\(lines.count > 1 ? " …" : "")", in: terminal)
    }

    func perform(_ input: TerminalInput, in terminal: String) async throws -> Capture {
        try await client.perform(input, in: terminal)
    }

    func resume(_ token: Capture.Token, in terminal: String, patience: Double?) async throws -> Capture {
        try await client.resume(token, in: terminal, patience: patience)
    }

    func endShell(of terminal: String) async throws { try await client.reopen(terminal) }

    func status(ofPort port: Int, path: String) async throws -> Int? {
        try await client.probe(port: port, path: path)
    }

    func exists(_ path: String) async throws -> Bool {
        let result = try await client.run(["test", "-e", path], timeout: .seconds(10))
        return result.status.isSuccess
    }

    func resize(_ terminal: String, columns: Int, rows: Int) async throws {
        try await client.resize(terminal, columns: columns, rows: rows)
    }

    func run(_ command: [String], environment: [String: String], timeout: Double?) async throws -> CommandResult {
        let result = try await client.run(
            command, environment: environment, outputLimit: 128 * 1024, timeout: timeout.map { .seconds($0) })
        switch result.status {
        case .code(let code): return CommandResult(.status(code), output: result.output)
        case .signal(let signal): return CommandResult(.signal(signal), output: result.output)
        }
    }

    func write(
        _ bytes: [UInt8], to path: String, as target: FileBlock.Target, isExecutable: Bool
    ) async throws -> FileWriting {
        let edit: FileEdit
        switch target {
        case .replace: edit = .replace
        case .prepend: edit = .prepend
        case .append: edit = .append
        case .insert(let marker): edit = .insert(marker: marker)
        case .clipboard: return .written
        }
        do {
            try await client.edit(path, edit, mode: isExecutable ? 0o755 : 0o644, with: bytes)
            return .written
        } catch let error as LabError where error.code == .markerMissing {
            return .markerMissing
        } catch let error as LabError where error.code == .cannotWrite {
            return .refused(error.problem)
        }
    }
}
