import AgentProtocol
import FrameConnections
import Glibc
import LabAgents
import NIOPosix
import PseudoTerminals
import Synchronization

/// An agent whose processes and terminals only exist on paper.
final class PaperAgent: Sendable {
    private let connection: FrameConnection
    private let state = Mutex(State())
    private let passing: DescriptorSocket

    private struct State {
        var terminals: [FrameConversation] = []
        var isDeaf = false
        /// Terminals that were passed, and stay open.
        var passed: [PseudoTerminal] = []
    }

    /// As the supervisor speaks to it.
    let agent: LabAgent

    init() async throws {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { fatalError("no socket pair") }
        let (requests, request) = AsyncStream<(Frame, FrameConversation)>.makeStream()
        connection = try await FrameConnection.adopt(
            ends[0], limit: 1 << 20, on: MultiThreadedEventLoopGroup.singleton
        ) { request.yield(($0, $1)) }
        connection.send(AgentEvent.ready(version: AgentEvent.version).frame(on: 0))
        let (passing, taking) = try DescriptorSocket.makePair()
        self.passing = DescriptorSocket(adopting: passing)
        agent = try await LabAgent(
            adopting: ends[1], passing: DescriptorSocket(adopting: taking), on: MultiThreadedEventLoopGroup.singleton)
        // Ends with the test.
        Task { [weak self] in
            for await (frame, conversation) in requests { try self?.answer(try AgentRequest(frame), conversation) }
        }
    }

    /// The shells that run.
    var terminals: [FrameConversation] { state.withLock { $0.terminals } }

    /// The numbers of the terminals that were passed.
    var passedNumbers: [Int32] { state.withLock { $0.passed.map(\.number) } }

    deinit { for terminal in state.withLock({ $0.passed }) { terminal.close() } }

    /// Ends the shell of a terminal, as `exit` does.
    func endShell(_ terminal: FrameConversation, _ status: ExitStatus) {
        state.withLock { $0.terminals.removeAll { $0.number == terminal.number } }
        send(.exited(status), terminal)
    }

    /// Goes away, as an agent that is killed.
    func vanish() { connection.close() }

    private func answer(_ request: AgentRequest, _ conversation: FrameConversation) throws {
        switch request {
        case .openTerminal(_, let columns, let rows, let passesMaster):
            if passesMaster {
                let terminal = try PseudoTerminal.open(columns: Int(columns), rows: Int(rows))
                _ = passing.send(terminal.master, as: conversation.number)
                state.withLock { $0.passed.append(terminal) }
            }
            state.withLock { $0.terminals.append(conversation) }
            send(.started(pid: 7), conversation)
            // Requests that follow are of no interest.
            return
        case .usage: send(.usage([]), conversation)
        case .writeFile, .snapshot, .cleanUp: send(.closed, conversation)
        case .run:
            send(.started(pid: 8), conversation)
            send(.finished(.code(0), BoundedOutput(head: Array("ran\n".utf8))), conversation)
        default: break
        }
        conversation.close()
    }

    private func send(_ event: AgentEvent, _ conversation: FrameConversation) {
        let frame = event.frame(on: conversation.number)
        conversation.send(kind: frame.kind, frame.payload)
    }
}
