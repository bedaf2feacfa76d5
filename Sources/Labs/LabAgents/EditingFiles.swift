public import AgentProtocol
import FrameConnections

extension LabAgent {
    /// Changes a file inside the lab in one move, and makes the directories above it.
    ///
    /// - Parameters:
    ///   - mode: Permission bits of a file that isn't there yet; of one that is, only the bits for running it are added.
    ///   - pieces: The bytes, in pieces of at most 512 KiB; ``FileEdit`` says what becomes of them. A sequence that throws
    ///     leaves the file as it was.
    /// - Throws: ``AgentError`` with code `.markerMissing` or `.cannotWrite`; the file is as it was. Files that aren't
    ///   replaced whole may have 64 MiB.
    public func edit<Pieces: AsyncSequence<[UInt8], any Error>>(
        _ path: String, _ edit: FileEdit, mode: UInt32 = 0o644, with pieces: Pieces
    ) async throws {
        let conversation = open(.editFile(path, edit, mode: mode))
        defer { conversation.close() }
        do {
            for try await piece in pieces {
                let frame = AgentRequest.data(piece).frame(on: conversation.number)
                guard (try? await conversation.sendAndWait(kind: frame.kind, frame.payload)) != nil else {
                    throw AgentError.gone
                }
            }
        } catch {
            send(.close, on: conversation)
            throw error
        }
        send(.finish, on: conversation)
        guard case .failed(let number, let message) = try await answer(in: conversation) else { return }
        throw AgentError(
            code: number == markerMissing ? .markerMissing : .cannotWrite(errno: number),
            problem: "cannot write \(message)")
    }
}

/// `ENOMSG` on Linux, as the agent says that a marker isn't there.
private let markerMissing: Int32 = 42
