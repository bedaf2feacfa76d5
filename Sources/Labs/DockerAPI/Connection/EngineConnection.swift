import FoundationEssentials
import HTTPConnections
import NIOCore
import NIOHTTP1

/// The HTTP side of a ``DockerClient``: pooled connections, limits, and failures put into words.
///
/// Every request has an end: most have a limit of time, and while one without, or a stream, is open, the engine must
/// answer questions (``EnginePulse``). When it doesn't, everything under way fails, and everything later.
final class EngineConnection: Sendable {
    let socketPath: String
    let group: any EventLoopGroup
    private let http: HTTPConnectionPool
    private let pulse: EnginePulse
    /// Requests that may take longer are watched over: it takes so long to find out that the engine hangs.
    private let maxSilence: Duration

    init(to endpoint: DockerEndpoint, on group: any EventLoopGroup, pulse: EnginePulse.Timing = .init()) {
        socketPath = endpoint.socketPath
        self.group = group
        let http = HTTPConnectionPool(to: .unixSocket(path: endpoint.socketPath), on: group)
        self.http = http
        maxSilence = pulse.interval + pulse.patience
        self.pulse = EnginePulse(pulse) { patience in
            let ping = HTTPClientRequest(.GET, "/_ping", headers: ["Host": "docker"])
            do {
                _ = try await http.collectedResponse(to: ping, upTo: 1 << 16, within: patience)
                return true
            } catch let error as HTTPClientError where error.code == .timedOut {
                return false
            } catch {
                // An engine that hangs up is gone, and those who wait have been told.
                return true
            }
        } lost: {
            // Requests under way fail, and so do those to come.
            await http.close()
        }
    }

    func close() async {
        await http.close()
    }

    /// Sends a request and hands over the answer as it comes.
    ///
    /// - Throws: ``DockerError`` when the engine refuses. A status of 304, for what is as wanted already, isn't an error.
    func open(_ request: EngineRequest, prefix: String) async throws -> EngineBody {
        let watch = pulse.watch()
        return try await translating(request) {
            let response = try await http.response(to: try message(request, prefix: prefix), within: request.limit)
            if isRefusal(response.status) {
                let answer = try await response.body.collect(upTo: 1 << 20)
                throw refusal(of: request, response.status, answer)
            }
            return EngineBody(response.body, of: self, watch: watch)
        }
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameter largest: Bytes; an answer that is longer is an error.
    func bytes(_ request: EngineRequest, prefix: String, largest: Int = 32 << 20) async throws -> ByteBuffer {
        let mayBeSilent = request.limit.map { $0 > maxSilence } ?? true
        let watch = mayBeSilent ? pulse.watch() : nil
        defer { withExtendedLifetime(watch) {} }
        return try await translating(request) {
            let response = try await http.collectedResponse(
                to: try message(request, prefix: prefix), upTo: largest, within: request.limit)
            if isRefusal(response.status) { throw refusal(of: request, response.status, response.body) }
            return response.body
        }
    }

    func value<Value: Decodable>(_ request: EngineRequest, prefix: String) async throws -> Value {
        try decoded(
            Value.self, from: try await bytes(request, prefix: prefix),
            for: "\(request.method.rawValue) \(request.path)")
    }

    private func message(_ request: EngineRequest, prefix: String) throws -> HTTPClientRequest {
        try request.path.check()
        if pulse.isLost { throw DockerError.silent(socketPath) }
        var message = HTTPClientRequest(
            HTTPMethod(rawValue: request.method.rawValue), prefix + request.target,
            headers: HTTPHeaders([("Host", "docker")] + request.headers))
        switch request.body {
        case .bytes(let bytes): message.body = .bytes(bytes)
        case .file(let chunks): message.body = .stream(chunks, size: chunks.size)
        case nil: break
        }
        return message
    }

    private func isRefusal(_ status: Int) -> Bool { !(200..<300).contains(status) && status != 304 }

    private func refusal(of request: EngineRequest, _ status: Int, _ answer: ByteBuffer) -> DockerError {
        DockerError.refusal(status: status, message: Refusal.message(in: answer), about: request.subject)
    }

    private func translating<Value>(_ request: EngineRequest, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as HTTPClientError where error.code == .timedOut && !pulse.isLost {
            throw DockerError.timedOut(
                socketPath, waitingFor: "\(request.method.rawValue) \(request.path)",
                limit: request.limit ?? .seconds(5))
        } catch {
            throw translated(error)
        }
    }

    /// An error of the transport in the words of this module.
    func translated(_ error: any Error) -> any Error {
        if error is DockerError { return error }
        if pulse.isLost { return DockerError.silent(socketPath) }
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        switch (error as? HTTPClientError)?.code {
        case .bodyTooLarge: return DockerError.badAnswer("it is longer than any should be")
        case .badResponse: return DockerError.badAnswer("it is not HTTP")
        default: return DockerError.engineGone(socketPath)
        }
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
