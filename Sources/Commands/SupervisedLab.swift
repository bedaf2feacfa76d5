import AgentProtocol
import LabSupervision
import LessonVerification
import TerminalSessions

/// A lab behind its supervisor, as a verifier sees it.
struct SupervisedLab: LessonLab {
    let client: LabClient

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
