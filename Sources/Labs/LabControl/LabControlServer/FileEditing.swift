import AgentProtocol
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs

/// Passes a client's edit of a file on to the agent, piece by piece.
struct FileEditing {
    let path: String
    let edit: FileEdit
    let mode: UInt32

    func run(_ agent: LabAgent, in conversation: FrameConversation) async throws {
        let pieces = try conversation.frames.prefix { $0.kind == ControlFrame.bytes }.map(\.payload)
        do {
            try await agent.edit(path, edit, mode: mode, with: pieces)
        } catch let error as AgentError {
            switch error.code {
            case .markerMissing: throw LabError(code: .markerMissing, problem: error.problem)
            case .cannotWrite: throw LabError(code: .cannotWrite, problem: error.problem)
            default: throw error
            }
        }
        try conversation.reply(true)
    }
}
