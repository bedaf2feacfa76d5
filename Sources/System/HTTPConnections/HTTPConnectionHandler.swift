import NIOCore
import NIOHTTP1

/// The state of one connection: at most one exchange at a time.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    private enum Answer {
        /// No exchange is on the connection.
        case none
        case awaited(HTTPExchange)
        case body(HTTPExchange, HTTPResponseBody.Chunks.Source)
    }

    private let endpoint: HTTPEndpoint
    private let registry: HTTPConnectionRegistry
    private var context: ChannelHandlerContext?
    private var answer = Answer.none
    private var hasServed = false
    private var isSendingHead = false
    private var keepsAlive = true
    private var sending: RequestSending?
    /// `false` while the reader of a body has enough.
    private var mayRead = true
    private var hasHeldRead = false

    init(to endpoint: HTTPEndpoint, registry: HTTPConnectionRegistry) {
        self.endpoint = endpoint
        self.registry = registry
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    // MARK: Requests

    func begin(_ exchange: HTTPExchange) {
        guard let context, context.channel.isActive else {
            return exchange.end(HTTPExchange.Stale(isUnsent: true))
        }
        let connection = HTTPConnection(channel: context.channel, handler: self)
        guard exchange.isTaken(by: connection) else { return park(connection) }
        answer = .awaited(exchange)
        isSendingHead = true
        context.write(wrapOutboundOut(.head(exchange.head)), promise: nil)
        isSendingHead = false
        // A header that can't be sent has ended it.
        guard isOn(exchange) else { return }
        switch exchange.request.body {
        case .bytes(let bytes):
            if bytes.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .stream(let chunks, let size):
            context.flush()
            sending = RequestSending(chunks, size: size, of: exchange, on: connection)
        case nil:
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    /// The whole request has been sent.
    func didSend(_ exchange: HTTPExchange) {
        if isOn(exchange) { sending = nil }
    }

    func abort(_ exchange: HTTPExchange, _ error: any Error) {
        if isOn(exchange) { close(error) }
    }

    func close(_ error: any Error) {
        end(error)
        context?.close(promise: nil)
    }

    private func isOn(_ exchange: HTTPExchange) -> Bool {
        switch answer {
        case .none: false
        case .awaited(let current), .body(let current, _): current === exchange
        }
    }

    private func end(_ error: any Error) {
        sending?.cancel()
        sending = nil
        switch answer {
        case .none: break
        case .awaited(let exchange):
            exchange.end(error)
        case .body(let exchange, let source):
            source.finish(error)
            exchange.end(error)
        }
        answer = .none
        keepsAlive = false
    }

    private func park(_ connection: HTTPConnection) {
        hasServed = true
        mayRead = true
        readIfHeld()
        registry.park(connection)
    }

    // MARK: Answers

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), answer) {
        case (.head(let head), .awaited(let exchange)):
            begin(head, of: exchange, context)
        case (.body(let bytes), .body(_, let source)):
            if source.yield(bytes) == .stopProducing { mayRead = false }
        case (.end, .body(let exchange, let source)):
            complete(exchange, source, context)
        case (_, .none):
            // Nothing was asked, or nobody wants the rest.
            context.close(promise: nil)
        case (.head, .body), (.body, .awaited), (.end, .awaited):
            close(HTTPClientError(code: .badResponse, problem: "the answer of '\(endpoint)' is out of order"))
        }
    }

    private func begin(_ head: HTTPResponseHead, of exchange: HTTPExchange, _ context: ChannelHandlerContext) {
        guard head.status != .switchingProtocols else {
            return close(
                HTTPClientError(code: .badResponse, problem: "'\(endpoint)' switches to a protocol nobody asked for"))
        }
        keepsAlive = head.isKeepAlive
        let connection = HTTPConnection(channel: context.channel, handler: self)
        let chunks = HTTPResponseBody.Chunks.makeSequence(
            backPressureStrategy: .init(lowWatermark: 2, highWatermark: 8), finishOnDeinit: false,
            delegate: BodyReading(exchange, on: connection))
        answer = .body(exchange, chunks.source)
        exchange.succeed(
            HTTPClientResponse(
                status: Int(head.status.code), headers: head.headers, body: HTTPResponseBody(chunks.sequence)))
    }

    private func complete(
        _ exchange: HTTPExchange, _ source: HTTPResponseBody.Chunks.Source, _ context: ChannelHandlerContext
    ) {
        answer = .none
        if keepsAlive, sending == nil, context.channel.isActive {
            // Before the reader learns of the end, so that its next request finds the connection.
            park(HTTPConnection(channel: context.channel, handler: self))
        } else {
            // A server that has answered without having read all doesn't want the rest of the request.
            sending?.cancel()
            sending = nil
            context.close(promise: nil)
        }
        source.finish()
        exchange.end()
    }

    // MARK: The pace

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { hasHeldRead = true }
    }

    func resumeReading(for exchange: HTTPExchange) {
        guard isOn(exchange) else { return }
        mayRead = true
        readIfHeld()
    }

    private func readIfHeld() {
        guard hasHeldRead else { return }
        hasHeldRead = false
        context?.read()
    }

    // MARK: Ends

    func channelInactive(context: ChannelHandlerContext) {
        registry.remove(ObjectIdentifier(context.channel))
        endWithConnection()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isSendingHead {
            end(HTTPClientError.sending(to: endpoint, error))
        } else if error is IOError {
            endWithConnection()
        } else {
            end(HTTPClientError.broken(endpoint, error))
        }
        context.close(promise: nil)
    }

    private func endWithConnection() {
        if hasServed, case .awaited = answer { return end(HTTPExchange.Stale(isUnsent: false)) }
        end(HTTPClientError.hungUp(endpoint))
    }
}
