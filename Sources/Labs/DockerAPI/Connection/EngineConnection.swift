import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// The HTTP side of a ``DockerClient``: pooled connections, limits, and failures put into words.
///
/// Every request has an end: most have a limit of time, and while one without, or a stream, is open, the engine must
/// answer questions (``EnginePulse``). When it doesn't, everything under way fails, and everything later.
final class EngineConnection: Sendable {
    let socketPath: String
    let group: any EventLoopGroup
    private let http: HTTPClient
    private let pulse: EnginePulse
    /// Requests that may take longer are watched over: it takes so long to find out that the engine hangs.
    private let maxSilence: Duration

    init(to endpoint: DockerEndpoint, on group: any EventLoopGroup, pulse: EnginePulse.Timing = .init()) {
        socketPath = endpoint.socketPath
        self.group = group
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5)))
        // Waits, logs and events hold a connection each for as long as a lab lives.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        let http = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        self.http = http
        maxSilence = pulse.interval + pulse.patience
        let ping = "http+unix://\(escaped(endpoint.socketPath))/_ping"
        self.pulse = EnginePulse(pulse) { patience in
            do {
                _ = try await http.execute(HTTPClientRequest(url: ping), deadline: .now() + TimeAmount(patience))
                return true
            } catch let error as HTTPClientError where [.deadlineExceeded, .connectTimeout].contains(error) {
                return false
            } catch {
                // An engine that hangs up is gone, and those who wait have been told.
                return true
            }
        } lost: {
            // Requests under way fail, and so do those to come.
            try? await http.shutdown()
        }
    }

    deinit {
        // Harmless when it was closed already; without it, a client that's forgotten would trap.
        http.shutdown { _ in }
    }

    func close() async {
        try? await http.shutdown()
    }

    /// Sends a request and hands over the answer as it comes.
    ///
    /// - Throws: ``DockerError`` when the engine refuses. A status of 304, for what is as wanted already, isn't an error.
    func open(_ request: EngineRequest, prefix: String) async throws -> EngineBody {
        let watch = pulse.watch()
        let response = try await limited(request) { try await self.head(of: request, prefix: prefix) }
        return EngineBody(response.body, of: self, watch: watch)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameter largest: Bytes; an answer that is longer is an error.
    func bytes(_ request: EngineRequest, prefix: String, largest: Int = 32 << 20) async throws -> ByteBuffer {
        let mayBeSilent = request.limit.map { $0 > maxSilence } ?? true
        let watch = mayBeSilent ? pulse.watch() : nil
        defer { withExtendedLifetime(watch) {} }
        return try await limited(request) {
            let response = try await self.head(of: request, prefix: prefix)
            return try await response.body.collect(upTo: largest)
        }
    }

    func value<Value: Decodable>(_ request: EngineRequest, prefix: String) async throws -> Value {
        try decoded(
            Value.self, from: try await bytes(request, prefix: prefix),
            for: "\(request.method.rawValue) \(request.path)")
    }

    private func head(of request: EngineRequest, prefix: String) async throws -> HTTPClientResponse {
        try request.path.check()
        if pulse.isLost { throw DockerError.silent(socketPath) }
        var message = HTTPClientRequest(url: "http+unix://\(escaped(socketPath))\(prefix)\(request.target)")
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers = HTTPHeaders([("Host", "docker")] + request.headers)
        switch request.body {
        case .bytes(let bytes): message.body = .bytes(bytes)
        case .file(let chunks): message.body = .stream(chunks, length: .known(chunks.size))
        case nil: break
        }
        let response = try await http.execute(message, deadline: .distantFuture)
        let status = Int(response.status.code)
        guard !(200..<300).contains(status), status != 304 else { return response }
        let answer = try await response.body.collect(upTo: 1 << 20)
        throw DockerError.refusal(status: status, message: Refusal.message(in: answer), about: request.subject)
    }

    private func limited<Value: Sendable>(
        _ request: EngineRequest, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            guard let limit = request.limit else { return try await body() }
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await body() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                guard let value = try await group.next() ?? nil else {
                    throw DockerError.timedOut(
                        self.socketPath, waitingFor: "\(request.method.rawValue) \(request.path)", limit: limit)
                }
                return value
            }
        } catch {
            throw translated(error)
        }
    }

    /// An error of the transport in the words of this module.
    func translated(_ error: any Error) -> any Error {
        if error is DockerError { return error }
        if pulse.isLost { return DockerError.silent(socketPath) }
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        if error is NIOTooManyBytesError { return DockerError.badAnswer("it is longer than any should be") }
        return DockerError.engineGone(socketPath)
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}

/// - Throws: ``DockerError`` with code `.badAnswer`.
func decoded<Value: Decodable>(_ type: Value.Type, from answer: ByteBuffer, for what: String) throws -> Value {
    do {
        return try JSONDecoder().decode(Value.self, from: Data(answer.readableBytesView))
    } catch {
        throw DockerError.badAnswer("\(what): \(error)")
    }
}

/// The body of an answer that isn't a success.
struct Refusal: Decodable {
    var message: String?
    /// Podman's word for it.
    var cause: String?

    static func message(in answer: ByteBuffer) -> String {
        let data = Data(answer.readableBytesView)
        let refusal = try? JSONDecoder().decode(Refusal.self, from: data)
        return refusal?.message ?? refusal?.cause ?? String(decoding: data, as: UTF8.self)
    }
}
