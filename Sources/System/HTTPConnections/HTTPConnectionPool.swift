public import NIOCore
public import NIOHTTP1
public import NIOPosix

/// Connections over which requests go to one HTTP/1.1 server, kept for the next request where the server allows it.
///
/// As many connections are opened as there are requests at a time; who sends them bounds their number. Redirects are
/// answers like any other. There is no TLS: a server elsewhere is reached through a tunnel, such as `ssh -L` makes.
///
/// Cancelling a task that waits for an answer closes the connection it waits on. A pool that is let go closes them all.
public final class HTTPConnectionPool: Sendable {
    /// The one server that the pool's requests go to.
    public let endpoint: HTTPEndpoint
    private let group: any EventLoopGroup
    private let connectTimeout: Duration
    private let registry: HTTPConnectionRegistry

    /// - Parameters:
    ///   - connectTimeout: After it a request fails with `.timedOut` when there is no connection yet.
    ///   - idleTimeout: How long a connection may wait for the next request.
    public init(
        to endpoint: HTTPEndpoint, on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(30)
    ) {
        self.endpoint = endpoint
        self.group = group
        self.connectTimeout = connectTimeout
        registry = HTTPConnectionRegistry(idleTimeout: idleTimeout)
    }

    deinit {
        let (open, endpoint) = (registry.close(), endpoint)
        for connection in open { connection.perform { $0.close(HTTPClientError.poolClosed(endpoint)) } }
    }

    /// Closes all connections; requests under way fail with `.poolClosed`, and so do later ones.
    public func close() async {
        let error = HTTPClientError.poolClosed(endpoint)
        for connection in registry.close() { await connection.close(error) }
    }

    /// Sends a request and waits for the head of the answer.
    ///
    /// - Parameter timeout: Until the head is there; the body may take as long as it wants.
    /// - Throws: ``HTTPClientError``; `CancellationError`; what a streamed body of the request threw.
    public func response(to request: HTTPClientRequest, within timeout: Duration? = nil) async throws
        -> HTTPClientResponse
    {
        try await response(to: request, within: timeout, span: .head)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - limit: Bytes of the body; a longer one fails with `.bodyTooLarge`.
    ///   - timeout: Until all of the answer is there.
    /// - Throws: As ``response(to:within:)`` does.
    public func collectedResponse(
        to request: HTTPClientRequest, upTo limit: Int, within timeout: Duration? = nil
    ) async throws -> (status: Int, headers: HTTPHeaders, body: ByteBuffer) {
        let response = try await response(to: request, within: timeout, span: .wholeAnswer)
        return (response.status, response.headers, try await response.body.collect(upTo: limit))
    }

    private func response(
        to request: HTTPClientRequest, within timeout: Duration?, span: HTTPExchange.Span
    ) async throws -> HTTPClientResponse {
        let deadline = timeout.map { NIODeadline.now() + TimeAmount($0) }
        do {
            return try await exchange(request, by: deadline, span: span, over: registry.take())
        } catch let stale as HTTPExchange.Stale {
            // The server may close a connection just when it is used again, which is nobody's fault.
            guard stale.isUnsent || request.isRepeatable else { throw HTTPClientError.hungUp(endpoint) }
        }
        do {
            return try await exchange(request, by: deadline, span: span, over: nil)
        } catch is HTTPExchange.Stale {
            throw HTTPClientError.hungUp(endpoint)
        }
    }

    /// - Parameter connection: `nil` for a new one.
    private func exchange(
        _ request: HTTPClientRequest, by deadline: NIODeadline?, span: HTTPExchange.Span,
        over connection: HTTPConnection?
    ) async throws -> HTTPClientResponse {
        guard !registry.isClosed else { throw HTTPClientError.poolClosed(endpoint) }
        let loop = connection?.channel.eventLoop ?? group.next()
        let exchange = try HTTPExchange(request, to: endpoint, span: span, on: loop)
        if let deadline { exchange.setDeadline(deadline) }
        return try await withTaskCancellationHandler {
            if let connection {
                connection.begin(exchange)
            } else {
                begin(exchange, on: loop)
            }
            return try await exchange.response()
        } onCancel: {
            exchange.fail(CancellationError())
        }
    }

    /// Makes a connection for an exchange.
    private func begin(_ exchange: HTTPExchange, on loop: any EventLoop) {
        HTTPConnection.make(to: endpoint, on: loop, timeout: connectTimeout, registry: registry)
            .whenComplete { result in
                switch result {
                case .success(let connection): connection.begin(exchange)
                case .failure(let error as HTTPClientError): exchange.end(error)
                case .failure(let error): exchange.end(HTTPClientError.connecting(to: exchange.endpoint, error))
                }
            }
    }
}
