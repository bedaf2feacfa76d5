public import AgentProtocol
import FrameConnections
import LabControlProtocol
import Labs

extension LabClient {
    private static let pieceSize = 256 * 1024

    /// Changes a file of the workspace in one move, and makes the directories above it.
    ///
    /// - Parameters:
    ///   - path: Absolute, as the workspace sees it.
    ///   - mode: Permission bits of a file that isn't there yet; of one that is, only the bits for running it are added.
    /// - Throws: ``LabError``; with code `.markerMissing` or `.cannotWrite` the file is as it was.
    public func edit(_ path: String, _ edit: FileEdit, mode: UInt32 = 0o644, with bytes: [UInt8]) async throws {
        let conversation = try open(.editFile(path: path, edit, mode: mode))
        defer { conversation.close() }
        try await translated(conversation) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(Self.pieceSize))
                guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, piece)) != nil else {
                    throw supervisorGone
                }
                rest = rest.dropFirst(piece.count)
            }
            conversation.send(kind: ControlFrame.end)
            for try await frame in conversation.frames {
                let _: Bool = try value(of: frame)
                return
            }
            try Task.checkCancellation()
            throw supervisorGone
        }
    }

    /// Gives a terminal another size, opening it if need be.
    public func resize(_ terminal: String, columns: Int, rows: Int) async throws {
        let _: Bool = try await ask(.resize(terminal: terminal, TerminalSize(columns: columns, rows: rows)))
    }
}
