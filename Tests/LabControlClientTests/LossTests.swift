import FrameConnections
import LabControlClient
import Labs
import Testing

@testable import LabControlProtocol

@Suite struct LossTests {
    private let loss = LabError(
        code: .serviceDied, problem: "service 'web' ended with exit status 9", logTail: "no such database\n")

    @Test("what the lab has lost is handed on as it was told")
    func handedOn() async throws {
        let server = try await PaperServer { [loss] _, conversation in try conversation.reply(loss) }
        #expect(try await server.client.waitForLoss() == loss)
    }

    @Test("a lab that ends while its losses are waited for is an error")
    func ending() async throws {
        let end = LabError(code: .labEnded, problem: "the lab's agent was ended by signal 9")
        let server = try await PaperServer { _, conversation in conversation.fail(end) }
        await #expect(throws: end) { _ = try await server.client.waitForLoss() }
    }

    @Test("a lab that isn't well says so to who asks")
    func health() async throws {
        let server = try await PaperServer { [loss] _, conversation in conversation.fail(loss) }
        await #expect(throws: loss) { try await server.client.checkHealth() }
    }

    @Test("a supervisor that goes away under a question is named")
    func vanishing() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let server = try await PaperServer { _, _ in arrival.yield() }
        let answer = Task { [client = server.client] in try await client.checkHealth() }
        for await _ in arrivals { break }
        server.vanish()
        let error = await #expect(throws: LabError.self) { try await answer.value }
        #expect(error?.code == .supervisorGone)
        #expect(error?.problem == "the supervisor of lab 'paper' went away")
    }

    @Test("whoever stops waiting for losses is let go at once")
    func cancelling() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let server = try await PaperServer { _, _ in arrival.yield() }
        let wait = Task { [client = server.client] in try await client.waitForLoss() }
        for await _ in arrivals { break }
        wait.cancel()
        await #expect(throws: CancellationError.self) { _ = try await wait.value }
    }
}
