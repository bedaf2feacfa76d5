import AgentProtocol
import Foundation
import FrameConnections
import LabControlProtocol
import Labs
import Testing

@testable import LabControlServer

/// A lab that ends by itself says why, to whoever notices it first.
@Suite struct LabEndTests {
    private static let reason = LabError(code: .labEnded, problem: "the sandbox fell over", remedy: "start it again")

    @Test("a lab that ends while a service is awaited is told with its reason, and at once", .timeLimit(.minutes(1)))
    func start() async {
        let lab = "services: {web: {image: w, x-lectern: {ready: [{log: never}]}}}\n"
        await #expect(throws: Self.reason) {
            try await PaperLab.with(compose: lab, prepare: { $0.collapse(Self.reason) }) { _ in }
        }
    }

    @Test("a start that fails and leaves something says how that is removed", .timeLimit(.minutes(1)))
    func leftover() async throws {
        let lab = "services: {web: {image: w, x-lectern: {ready: [{log: never}]}}}\n"
        let leftover = LabError(code: .leftBehind, problem: "containers may be left", remedy: "lectern down")
        let error = await #expect(throws: LabError.self) {
            try await PaperLab.with(
                compose: lab,
                prepare: {
                    $0.collapse(Self.reason)
                    $0.leave(leftover)
                }
            ) { _ in }
        }
        #expect(error?.problem == Self.reason.problem)
        #expect(error?.remedy == "lectern down")
    }

    @Test("a lab that ends while its engine makes it ends with what the engine has made", .timeLimit(.minutes(1)))
    func opening() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (openings, opening) = AsyncStream<Void>.makeStream()
        let pod = try await PaperPod(services: []) {
            opening.yield()
            // Until it's cancelled.
            try? await Task.sleep(for: .seconds(600))
        }
        let lab = try await PaperLab(pod, in: folder)
        _ = try lab.ask(.start(LabRequest()))
        for await _ in openings { break }
        await lab.supervision.stop()
        #expect(pod.isClosed)
        await lab.close()
    }

    @Test("a request that finds the agent gone is answered with the reason")
    func request() async throws {
        try await PaperLab.with { lab in
            lab.pod.paperAgent.vanish()
            let conversation = try lab.ask(.probe(port: 80, path: "/"))
            lab.pod.collapse(Self.reason)
            var answers = conversation.frames.makeAsyncIterator()
            let answer = try #require(try await answers.next())
            #expect(answer.kind == ControlFrame.failure)
            #expect(try decode(LabError.self, from: answer.payload) == Self.reason)
        }
    }
}
