import LabControlProtocol
import Labs
import PseudoTerminals
import Synchronization
import TerminalSessions

/// The terminals of a lab that this process reads and writes itself.
final class HeldTerminals: Sendable {
    private let passed: PassedTerminals
    private let terminals = Mutex<[String: HeldTerminal]>([:])
    private let isUsed = Mutex(false)

    init(_ passed: PassedTerminals) {
        self.passed = passed
    }

    /// From now on terminals are held.
    func start() { isUsed.withLock { $0 = true } }

    /// Uses the session of a terminal, whose shell is started if none runs.
    ///
    /// - Returns: `nil` when terminals aren't held, or this one can't be: the lab's agent relays it, or somebody used it before.
    func use<Value: Sendable>(
        _ name: String, of client: LabClient, _ body: (TerminalSession) async throws -> Value
    ) async throws -> Value? {
        guard isUsed.withLock(\.self) else { return nil }
        let terminal = terminals.withLock { terminals in
            let terminal =
                terminals[name] ?? HeldTerminal(name: name, passed: passed, connection: client.connection)
            terminals[name] = terminal
            return terminal
        }
        guard let session = try await terminal.session(of: client) else { return nil }
        do {
            return try await body(session)
        } catch let error as TerminalSessionError {
            throw LabError(error)
        }
    }

    func close() {
        let all = terminals.withLock { terminals in
            defer { terminals = [:] }
            return terminals.values
        }
        for terminal in all { terminal.close() }
    }
}
