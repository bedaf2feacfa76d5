public import AgentProtocol
public import LabControlClient
public import LabControlProtocol
public import Labs
public import Lessons

/// A lab whose workspace runs commands and takes files; the part of a lab that placing assets needs.
public protocol WorkspaceLab: Sendable {
    /// Runs a command outside the terminals; a non-zero exit status is a result.
    ///
    /// - Parameters:
    ///   - environment: Beside what the workspace has.
    ///   - outputLimit: Bytes kept of what it prints, from the beginning and the end.
    ///   - timeout: After it the command is killed; `nil` for no limit.
    func run(
        _ command: [String], environment: [String: String], outputLimit: Int, timeout: Duration?
    ) async throws -> LabCommandResult
    /// Changes a file in one move, and makes the directories above it.
    ///
    /// - Parameters:
    ///   - path: Absolute, as the workspace sees it.
    ///   - mode: Permission bits of a file that isn't there yet.
    /// - Throws: `LabError`; with code `.cannotWrite` the file is as it was.
    func edit(_ path: String, _ edit: FileEdit, mode: UInt32, with bytes: [UInt8]) async throws
    /// Has the lab remember whether a part of a lesson's start is done.
    ///
    /// - Parameter lesson: The absolute directory of the scenario.
    func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws
}

/// A lab that knows how it is seeded; the part of a lab that seeding needs.
public protocol SeedableLab: Sendable {
    /// As people call it.
    var name: String { get }
    /// How the lab is, with the command that seeds it.
    func status() async throws -> LabStatus
    /// Runs a command that fills the lab with data; when it succeeds, a reset runs it again. Parameters as of
    /// ``WorkspaceLab/run(_:environment:outputLimit:timeout:)``.
    func seed(_ command: [String], outputLimit: Int, timeout: Duration?) async throws -> LabCommandResult
}

/// A lab that a ``LabProvisioner`` makes ready.
public protocol ProvisionableLab: WorkspaceLab, SeedableLab {
    /// Asks the lab, where its parts run, whether all is as it should be.
    ///
    /// - Parameter afterFailure: Something went wrong in the lab: a service that may be about to end gets a moment to do so.
    /// - Throws: `LabError` that names what the lab has lost.
    func checkHealth(afterFailure: Bool) async throws
    /// The parts of a lesson's start that the lab has behind it since it was made, or reset.
    ///
    /// - Parameter lesson: The absolute directory of the scenario.
    func startedParts(of lesson: String) async throws -> Set<LessonStart>
    /// Ends a terminal's shell, with what runs in it, and starts another.
    func reopen(_ terminal: String) async throws
    /// Takes the lab back to the state after its seeding, without its lesson's assets.
    func reset(onEvent: (LabEvent) -> Void) async throws
    /// Has the lab go on without this process, with which it would end.
    func keep() async throws
    /// Ends the lab; returns when nothing of it is left.
    func stop() async throws
}

extension LabClient: ProvisionableLab {}

/// Something that makes labs.
public protocol LabOpener: Sendable {
    associatedtype Lab: ProvisionableLab

    /// Makes a lab, and returns when its services are ready.
    ///
    /// - Parameters:
    ///   - endsWithClient: Whether the lab ends with this process, however that ends, until it is told to stay.
    ///   - onEvent: Called in order.
    /// - Throws: `LabError`; nothing of the lab is left then.
    func open(
        _ request: LabRequest, endsWithClient: Bool, onEvent: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> Lab
}

/// Makes labs that have a supervisor each, a process of its own.
public struct SupervisedLabOpener: LabOpener {
    private let executable: String

    /// - Parameter executable: The path of `lectern`; of the running program when nothing else is said.
    public init(executable: String = "/proc/self/exe") {
        self.executable = executable
    }

    /// Starts a supervisor and waits until its lab's services are ready.
    public func open(
        _ request: LabRequest, endsWithClient: Bool, onEvent: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> LabClient {
        try await LabClient.start(request, supervisor: executable, lifeline: endsWithClient, onEvent: onEvent)
    }
}
