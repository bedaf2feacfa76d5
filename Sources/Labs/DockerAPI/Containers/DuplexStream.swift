import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A command in a container, with a socket on which it is spoken to.
///
/// What is written to ``descriptor`` is the command's standard input; what is read from it is its standard output. Closing
/// it, or the half for writing, ends the input. The end of the output is the end of the stream.
public struct DuplexStream: Sendable {
    /// A connected stream socket; belongs to the caller, who closes it.
    public let descriptor: Int32
    private let errors: ErrorOutput
    private let end: @Sendable () async throws -> Int

    /// The end of what the command has written to standard error so far, at most 16 KiB.
    public var errorOutput: String { errors.text }

    /// Waits until the command has ended.
    public func exitCode() async throws -> Int {
        try await end()
    }

    fileprivate init(descriptor: Int32, errors: ErrorOutput, end: @escaping @Sendable () async throws -> Int) {
        self.descriptor = descriptor
        self.errors = errors
        self.end = end
    }
}

extension DockerClient {
    /// Starts a command in a container and takes over its streams.
    ///
    /// Reading slowly holds the command up, and the command's slow reading whoever writes.
    ///
    /// - Returns: Once the engine has switched the connection over. A command that can't be found is no error here: the
    ///   stream ends, and the exit code is 126 or 127.
    public func openExec(
        in container: ContainerID, command: [String], environment: [String: String] = [:], user: String? = nil,
        workingDirectory: String? = nil
    ) async throws -> DuplexStream {
        var configuration = ExecConfiguration(
            command: command, environment: environment, user: user, workingDirectory: workingDirectory)
        configuration.attachesInput = true
        let exec = try await createExec(in: container, configuration)
        return try await duplexStream(try startRequest(exec, in: container)) { try await self.exitCode(of: exec) }
    }

    /// Takes over the streams of a container's first process, which has no terminal.
    ///
    /// Attached before the container is started, the stream has all that is printed. The container must keep its input open
    /// (`OpenStdin`).
    ///
    /// - SeeAlso: Docker Engine API, `POST /containers/{id}/attach`.
    public func attach(to container: ContainerID) async throws -> DuplexStream {
        let attachment = request(
            .post, container, "/attach", query: [("stream", "1"), ("stdin", "1"), ("stdout", "1"), ("stderr", "1")])
        return try await duplexStream(attachment) { try await self.wait(for: container) }
    }

    private func duplexStream(
        _ request: EngineRequest, end: @escaping @Sendable () async throws -> Int
    ) async throws -> DuplexStream {
        let errors = ErrorOutput()
        let (near, far) = try UnixSocket.pair()
        do {
            try await hijack(request, to: near, errors: errors)
        } catch {
            Glibc.close(far)
            throw connection.translated(error)
        }
        return DuplexStream(descriptor: far, errors: errors, end: end)
    }

    /// - Parameter near: Belongs to the relay from now on, also when this throws.
    func hijack(_ request: EngineRequest, to near: Int32, errors: ErrorOutput) async throws {
        do {
            try request.path.check()
        } catch {
            Glibc.close(near)
            throw error
        }
        // One loop for both sides, so that they call each other directly.
        let loop = connection.group.any()
        let local = try await ClientBootstrap(group: loop)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.autoRead, value: false)
            .withConnectedSocket(near)
            .get()
        let upgraded = loop.makePromise(of: Void.self)
        let message = UpgradeHandler.message(target: target(request), body: request.buffer)
        let (socketPath, subject) = (connection.socketPath, request.subject)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connectTimeout(.seconds(5))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let upgrade = UpgradeHandler(
                            message, about: subject, at: socketPath, to: local, errors: errors, upgraded: upgraded)
                        try channel.pipeline.syncOperations.addHandler(upgrade)
                    }
                }
                .connect(unixDomainSocketPath: socketPath)
                .get()
            let clock = loop.scheduleTask(in: .seconds(60)) {
                upgraded.fail(DockerError.timedOut(socketPath, waitingFor: "POST \(request.path)", limit: .seconds(60)))
            }
            defer { clock.cancel() }
            try await withTaskCancellationHandler {
                do {
                    try await upgraded.futureResult.get()
                } catch {
                    channel.close(promise: nil)
                    throw error
                }
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            upgraded.fail(error)
            local.close(promise: nil)
            throw error
        }
    }
}

/// What a command writes to standard error, for messages.
final class ErrorOutput: Sendable {
    private let tail = Mutex(BoundedTail(limit: 16 << 10))

    var text: String { tail.withLock { $0.text } }

    func append(_ bytes: ByteBufferView) {
        tail.withLock { $0.append(bytes) }
    }
}
