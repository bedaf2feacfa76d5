public import AgentProtocol
import Diagnostics
import FoundationEssentials
package import FrameConnections
import Labs
package import Lessons
package import TerminalSessions

/// What a client asks of a supervisor; each in a conversation of its own.
package enum ControlRequest: Codable, Sendable {
    /// Starts the lab; the first request of the first connection. Answered by ``LabEvent`` values.
    case start(LabRequest)
    case status
    /// Answered by `true`, or a failure that names what the lab has lost; looked for where it runs.
    case health(afterFailure: Bool)
    /// Answered by a ``LabError`` for each service that has ended by itself or does so later.
    case losses
    /// Answered by bytes.
    case logs(service: String, follow: Bool)
    case perform(terminal: String, TerminalInput)
    case resume(terminal: String, token: Int, patience: Double?)
    case screen(terminal: String)
    /// Answered by bytes; takes bytes and sizes.
    case attach(terminal: String, TerminalSize, isReadOnly: Bool)
    case reopen(terminal: String)
    /// The client that made the lab reads and writes the terminal itself. Answered by ``ControlFrame/opened``, by
    /// ``ControlFrame/end`` where that isn't possible, and then by what happens at the terminal until the lab ends.
    case hold(terminal: String)
    /// Answered once, then by bytes of every terminal's recording; see ``LabRecording``.
    case record
    case mark(terminal: String, text: String)
    case run(command: [String], environment: [String: String], outputLimit: Int, seconds: Double?)
    /// As `run`; kept for `reset` when it succeeds.
    case seed(command: [String], outputLimit: Int, seconds: Double?)
    case probe(port: Int, path: String)
    /// Answered by ``LabEvent`` values.
    case reset
    /// Answered by ``LabEvent`` values.
    case restart(service: String)
    /// Takes bytes, then the end; answered by `true`.
    case editFile(path: String, FileEdit, mode: UInt32)
    case resize(terminal: String, TerminalSize)
    /// Answered by the set of ``LessonStart`` that is done.
    case startedParts(lesson: String)
    case noteStart(LessonStart, lesson: String, isDone: Bool)
    /// The lab goes on without the client that made it.
    case keep
    case stop
}

/// The kinds of frames between client and supervisor.
package enum ControlFrame {
    /// JSON, from the client: a ``ControlRequest``.
    package static let request: UInt8 = 0
    /// JSON, from the supervisor: the answer, or one of several.
    package static let reply: UInt8 = 1
    /// Bytes of a terminal or a log, both ways.
    package static let bytes: UInt8 = 2
    /// There's nothing more to come; from the client: it no longer listens.
    package static let end: UInt8 = 3
    /// JSON, from the supervisor: a ``LabError``.
    package static let failure: UInt8 = 4
    /// From the client: columns and rows of its terminal, JSON.
    package static let size: UInt8 = 5
    /// JSON, to a terminal's holder: a ``HeldShell``, whose master was passed before under the conversation's number.
    package static let opened: UInt8 = 6
    /// JSON, to a terminal's holder: the shell has ended, with this `ExitStatus` unless `null`.
    package static let ended: UInt8 = 7
    /// From a terminal's holder: a question for the foreground program; to it: the answer, in the encoding of
    /// `ForegroundState`.
    package static let foreground: UInt8 = 8
    /// JSON, to a terminal's holder: a ``LabError``, as the answer to ``foreground``.
    package static let foregroundFailure: UInt8 = 9
    /// JSON, from a terminal's holder: a signal for the foreground program.
    package static let signal: UInt8 = 10
    /// JSON, from a terminal's holder: seconds; the shell's jobs that began not longer ago are killed.
    package static let killJobs: UInt8 = 11
    /// To a terminal's holder: somebody else wants to see the terminal. From now on it sends what the terminal shows, as
    /// ``bytes``, first what repaints the screen.
    package static let follow: UInt8 = 12

    /// The longest payload, in bytes: a screenful of anything, or the kept output of a command.
    package static let limit = 64 << 20
}

/// A shell that a terminal's holder is to read and write.
package struct HeldShell: Codable, Hashable, Sendable {
    /// Of the shell's marks; the same for all shells of one terminal.
    package var nonce: String
    /// The terminal's size.
    package var size: TerminalSize

    package init(nonce: String, size: TerminalSize) {
        self.nonce = nonce
        self.size = size
    }
}

/// In character cells.
package struct TerminalSize: Codable, Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}

/// What a command in the workspace printed and how it ended.
public struct LabCommandResult: Codable, Hashable, Sendable {
    /// A failure is a result like any other.
    public var status: ExitStatus
    /// Standard output and standard error; when long, a line says how much of the middle is left out.
    public var output: String

    package init(status: ExitStatus, output: String) {
        self.status = status
        self.output = output
    }
}

extension FrameConversation {
    package func reply(_ value: some Encodable & Sendable) throws {
        send(kind: ControlFrame.reply, try encode(value))
    }

    /// - Parameter kind: ``ControlFrame/failure`` unless the failure answers one of several questions.
    package func fail(_ error: any Error, as kind: UInt8 = ControlFrame.failure) {
        let failure =
            switch error {
            case let error as LabError: error
            case let error as TerminalSessionError: LabError(error)
            default: LabError(error, failing: "the lab's supervisor failed")
            }
        if let bytes = try? encode(failure) { send(kind: kind, bytes) }
    }
}

extension LabError {
    /// Why a terminal cannot be used, as a lab says it.
    package init(_ error: TerminalSessionError) {
        self.init(code: .terminalUnusable, problem: error.problem, remedy: error.remedy)
    }
}

package func encode(_ value: some Encodable) throws -> [UInt8] {
    [UInt8](try JSONEncoder().encode(value))
}

package func decode<Value: Decodable>(_ type: Value.Type = Value.self, from bytes: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
}
