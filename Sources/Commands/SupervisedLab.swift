import AgentProtocol
import LabSupervision
import LessonVerification
import Lessons
import TerminalSessions

/// A lab behind its supervisor, as a verifier sees it.
struct SupervisedLab: LessonLab {
    let client: LabClient
    var isRecorded = false

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

    func status(ofPort port: Int, path: String) async throws -> Int? {
        try await client.probe(port: port, path: path)
    }

    func exists(_ path: String) async throws -> Bool {
        let result = try await client.run(["test", "-e", path], timeout: .seconds(10))
        return result.status.isSuccess
    }
}
