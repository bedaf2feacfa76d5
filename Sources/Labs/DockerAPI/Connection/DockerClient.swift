import Glibc
public import NIOCore
public import NIOPosix

/// A connection to an engine that speaks Docker's Engine API: Docker itself, or Podman's compatible service.
///
/// Calls may run side by side. Cancelling a task that waits for an answer closes the connection it waits on; what the
/// engine had begun by then isn't undone.
public struct DockerClient: Sendable {
    /// The versions of the API spoken here; the engine's own lies between them, or above with one of these as minimum.
    static let oldestVersion = APIVersion(1, 41)
    static let newestVersion = APIVersion(1, 47)

    /// Where the engine was reached; connections made later go there, too.
    public let endpoint: DockerEndpoint
    /// As the engine introduced itself at the beginning.
    public let engine: EngineVersion
    /// The version of the API agreed on.
    public let apiVersion: APIVersion
    let connection: EngineConnection

    /// Reaches the engine and agrees on a version of the API.
    ///
    /// - Throws: ``DockerError``: `.noEngine`, `.noPermission`, `.wrongVersion`, or `.badAnswer` when something else listens
    ///   on the socket.
    public static func connect(
        to endpoint: DockerEndpoint, on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws -> DockerClient {
        try await connect(to: endpoint, on: group, pulse: .init())
    }

    static func connect(
        to endpoint: DockerEndpoint, on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        pulse: EnginePulse.Timing
    ) async throws -> DockerClient {
        try reach(endpoint)
        let connection = EngineConnection(to: endpoint, on: group, pulse: pulse)
        do {
            let engine = try await version(over: connection)
            return DockerClient(
                endpoint: endpoint, engine: engine, apiVersion: try agreed(with: engine), connection: connection)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Ends pooled connections; requests under way fail.
    public func close() async {
        await connection.close()
    }

    /// Asks again who the engine is.
    public func version() async throws -> EngineVersion {
        try await Self.version(over: connection)
    }

    private static func version(over connection: EngineConnection) async throws -> EngineVersion {
        do {
            // Unversioned, so that every engine understands it.
            return try await connection.value(
                EngineRequest(.get, "/version", about: .engine, limit: .seconds(15)), prefix: "")
        } catch let error as DockerError where [.badAnswer, .refused, .badRequest].contains(error.code) {
            throw DockerError(
                code: .badAnswer, problem: "what listens on '\(connection.socketPath)' is not a Docker engine",
                remedy: "set DOCKER_HOST to the engine's socket: export DOCKER_HOST=unix:///var/run/docker.sock",
                message: error.message)
        }
    }

    static func reach(_ endpoint: DockerEndpoint) throws {
        let path = endpoint.socketPath
        switch UnixSocket.probe(path) {
        case 0: return
        case EACCES, EPERM:
            throw DockerError(
                code: .noPermission, problem: "you have no permission to use the engine's socket '\(path)'",
                remedy: "sudo usermod -aG docker \"$USER\", then log in again")
        case ENOENT:
            throw DockerError(
                code: .noEngine, problem: "there is not a Docker engine: '\(path)' doesn't exist",
                remedy: "install and start one: sudo apt-get install docker.io && sudo systemctl start docker")
        case let number:
            throw DockerError(
                code: .noEngine,
                problem: "no engine answers on '\(path)': \(String(cString: strerror(number)))",
                remedy: "start it: sudo systemctl start docker")
        }
    }

    static func agreed(with engine: EngineVersion) throws -> APIVersion {
        guard engine.apiVersion >= oldestVersion else {
            throw DockerError(
                code: .wrongVersion,
                problem: "the engine (\(engine)) speaks API \(engine.apiVersion), and \(oldestVersion) is needed",
                remedy: "install Docker 20.10 or later, or Podman 4 or later")
        }
        if let minimum = engine.minimumAPIVersion, minimum > newestVersion {
            throw DockerError(
                code: .wrongVersion,
                problem:
                    "the engine (\(engine)) speaks API \(minimum) and later, and \(newestVersion) is the latest here",
                remedy: "install a later Lectern, or start the engine with DOCKER_MIN_API_VERSION=\(newestVersion)")
        }
        return min(engine.apiVersion, newestVersion)
    }
}

// MARK: Requests under the agreed version

extension DockerClient {
    private var prefix: String { "/v\(apiVersion)" }

    func open(_ request: EngineRequest) async throws -> EngineBody {
        try await connection.open(request, prefix: prefix)
    }

    func bytes(_ request: EngineRequest, largest: Int = 32 << 20) async throws -> ByteBuffer {
        try await connection.bytes(request, prefix: prefix, largest: largest)
    }

    func perform(_ request: EngineRequest) async throws {
        _ = try await bytes(request)
    }

    func value<Value: Decodable & Sendable>(_ request: EngineRequest) async throws -> Value {
        try await connection.value(request, prefix: prefix)
    }

    func target(_ request: EngineRequest) -> String { prefix + request.target }
}
