import ComposeFiles
import Diagnostics
import Foundation
import LabAgents
import Labs
import Testing

@Suite("What went wrong, as a lab says it") struct LabErrorTests {
    private struct Unforeseen: Error {}
    private struct Told: UserFacingError {
        var problem = "the disk is full"
        var remedy: String? = "free up space"
    }

    private func mapped(_ error: any Error, code: LabError.Code = .system) -> LabError {
        LabError(error, code: code, failing: "the lab cannot be started")
    }

    @Test("a lab's own error stays as it is") func own() {
        let error = LabError(code: .serviceDied, problem: "gone", remedy: "look", logTail: "log")
        #expect(mapped(error, code: .notReady) == error)
    }

    @Test("one that says what to do keeps its words") func told() {
        let error = mapped(Told(), code: .notReady)
        #expect(error.code == .notReady && error.problem == "the disk is full" && error.remedy == "free up space")
    }

    @Test("one that nobody foresaw is named with what failed") func unforeseen() {
        #expect(mapped(Unforeseen(), code: .notReady).code == .system)
        #expect(mapped(Unforeseen()).problem == "the lab cannot be started: Unforeseen()")
    }

    @Test("a mistake in a Compose file keeps its place and its line") func compose() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("services:\n  web: {imag: a}\n".utf8).write(to: file)
        let path = file.path(percentEncoded: false)
        let error = try #require(throws: ComposeError.self) { try ComposeProject.read(files: [path]) }
        let told = mapped(error)
        #expect(told.code == .badDefinition)
        #expect(told.problem.hasPrefix("\(path):2:9: unknown key 'imag'"), "\(told.problem)")
        #expect(told.problem.contains("|   web: {imag: a}\n") && told.problem.hasSuffix("^^^^"), "\(told.problem)")
    }

    @Test("an agent that is gone has ended its lab, one that is silent hasn't") func agent() {
        #expect(mapped(AgentError.gone).code == .labEnded)
        #expect(mapped(AgentError.silent).code == .notAnswering)
    }

    @Test("an interruption is told as one") func cancelled() {
        #expect(mapped(CancellationError()).problem == "the lab cannot be started: it was interrupted")
    }
}
