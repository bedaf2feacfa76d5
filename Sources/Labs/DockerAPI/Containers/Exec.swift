import FoundationEssentials
import NIOCore

/// How a command in a container ended, and what it printed.
public struct ExecResult: Hashable, Sendable {
    /// 0–255; by convention 126 when the command can't be run, 127 when it isn't found, 128 + n after signal n.
    public var exitCode: Int
    /// Both outputs in the order in which they came; the end, where the limit cut it.
    public var output: [UInt8]
    /// How many bytes before ``output`` were dropped.
    public var omittedBytes: Int

    /// Invalid UTF-8 is replaced with U+FFFD.
    public var text: String { String(decoding: output, as: UTF8.self) }
    /// Nothing but 0 is a success.
    public var isSuccess: Bool { exitCode == 0 }
}

/// What to run in a container.
public struct ExecConfiguration: Hashable, Codable, Sendable {
    /// The program and its arguments; no shell reads them.
    public var command: [String]
    /// `NAME=value` entries, over the container's.
    public var environment: [String]?
    /// A name or a number; `nil` for the container's.
    public var user: String?
    /// Absolute; `nil` for the container's.
    public var workingDirectory: String?
    var attachesInput = false
    var attachesOutput = true
    var attachesErrors = true

    enum CodingKeys: String, CodingKey {
        case command = "Cmd"
        case environment = "Env"
        case user = "User"
        case workingDirectory = "WorkingDir"
        case attachesInput = "AttachStdin"
        case attachesOutput = "AttachStdout"
        case attachesErrors = "AttachStderr"
    }

    init(command: [String], environment: [String: String], user: String?, workingDirectory: String?) {
        self.command = command
        self.environment = environment.isEmpty ? nil : environment.map { "\($0)=\($1)" }.sorted()
        self.user = user
        self.workingDirectory = workingDirectory
    }
}

/// The state of a command in a container.
struct ExecState: Decodable, Sendable {
    var isRunning: Bool
    var exitCode: Int?

    enum CodingKeys: String, CodingKey {
        case isRunning = "Running"
        case exitCode = "ExitCode"
    }
}

/// Fields of `POST /exec/{id}/start`.
struct ExecStart: Encodable {
    var isDetached = false
    var hasTerminal = false

    enum CodingKeys: String, CodingKey {
        case isDetached = "Detach"
        case hasTerminal = "Tty"
    }
}

extension DockerClient {
    /// Runs a command in a container to its end, without input.
    ///
    /// A non-zero exit code is a result. A command that can't be found is one as well, with 126 or 127 and the engine's words
    /// for output.
    ///
    /// - Parameters:
    ///   - environment: Over the container's.
    ///   - outputLimit: Bytes of output kept, from the end.
    ///   - timeout: After it the call fails with `.timedOut`. The engine can't end a command: it runs on without an output.
    public func run(
        in container: ContainerID, command: [String], environment: [String: String] = [:], user: String? = nil,
        workingDirectory: String? = nil, outputLimit: Int = 64 << 10, timeout: Duration = .seconds(60)
    ) async throws -> ExecResult {
        let id = try await createExec(
            in: container,
            ExecConfiguration(
                command: command, environment: environment, user: user, workingDirectory: workingDirectory))
        let request = try startRequest(id, in: container)
        return try await withThrowingTaskGroup(of: ExecResult?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                var tail = BoundedTail(limit: outputLimit)
                var frames = StreamDemultiplexer()
                for try await bytes in try await self.open(request) {
                    frames.append(bytes)
                    while let (_, piece) = try frames.next() { tail.append(piece.readableBytesView) }
                }
                tail.trim()
                return ExecResult(
                    exitCode: try await self.exitCode(of: id), output: tail.bytes, omittedBytes: tail.omitted)
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            guard let result = try await group.next() ?? nil else {
                throw DockerError(
                    code: .timedOut,
                    problem: "'\(command.joined(separator: " "))' in container '\(container)' didn't end within "
                        + "\(timeout.components.seconds) s",
                    remedy: "look at the container's log")
            }
            return result
        }
    }

    /// The exit code of a command whose output has ended.
    func exitCode(of exec: String) async throws -> Int {
        var pause = Duration.milliseconds(1)
        while true {
            let state: ExecState = try await value(
                EngineRequest(.get, "/exec/\(exec)/json", about: .engine))
            if !state.isRunning, let code = state.exitCode { return code }
            // The output ends a moment before the engine knows that the process has.
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    func createExec(in container: ContainerID, _ configuration: ExecConfiguration) async throws -> String {
        struct Created: Decodable {
            var id: String
            enum CodingKeys: String, CodingKey { case id = "Id" }
        }
        let created: Created = try await value(request(.post, container, "/exec").sending(configuration))
        return created.id
    }

    func startRequest(_ exec: String, in container: ContainerID) throws -> EngineRequest {
        try EngineRequest(
            .post, "/exec/\(exec)/start", about: .container(container.description), limit: .seconds(60)
        ).sending(ExecStart())
    }
}
