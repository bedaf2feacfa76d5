import AgentProtocol
import FrameConnections
import Glibc
import NIOPosix
import PseudoTerminals

@testable import LabControlClient
@testable import LabControlProtocol

/// A supervisor that only exists on paper: what it answers is up to the test.
struct PaperServer {
    let client: LabClient
    private let connection: FrameConnection
    private let passing: DescriptorSocket

    /// - Parameter answer: Called for each request.
    init(answer: @escaping @Sendable (ControlRequest, FrameConversation) async throws -> Void) async throws {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { fatalError("no socket pair") }
        connection = try await FrameConnection.adopt(
            ends[0], limit: ControlFrame.limit, on: MultiThreadedEventLoopGroup.singleton
        ) { frame, conversation in
            // Ends with the answer.
            Task { try await answer(decode(from: frame.payload), conversation) }
        }
        let other = try await FrameConnection.adopt(
            ends[1], limit: ControlFrame.limit, on: MultiThreadedEventLoopGroup.singleton)
        let (passing, taking) = try DescriptorSocket.makePair()
        self.passing = DescriptorSocket(adopting: passing)
        client = LabClient(
            name: "paper", connection: other, directory: LabDirectory(name: "paper", path: "/nonexistent/paper"),
            passed: PassedTerminals(DescriptorSocket(adopting: taking)))
    }

    /// Passes a terminal to a client that asked to hold it.
    func pass(_ terminal: PseudoTerminal, _ shell: HeldShell, in conversation: FrameConversation) throws {
        _ = passing.send(terminal.master, as: conversation.number)
        conversation.send(kind: ControlFrame.opened, try encode(shell))
    }

    /// Goes away, as a supervisor that is killed.
    func vanish() { connection.close() }
}
