import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on a loopback port that takes orders, and misbehaves as a test tells it to.
final class OrderServiceDouble: Sendable {
    enum Behaviour: Sendable {
        /// Stores the order and answers with its identifier.
        case accept
        /// Answers with this status and body, and stores nothing.
        case answer(HTTPResponseStatus, body: String = "", retryAfter: Int? = nil)
        /// Closes the connection and stores nothing.
        case hangUp
        /// Stores the order, then closes the connection without an answer.
        case loseTheAnswer
        /// Doesn't answer until the connection is closed.
        case stall
    }

    struct Request: Sendable {
        var method: HTTPMethod
        var uri: String
        var headers: HTTPHeaders
        var body: String
        var key: String { headers.first(name: "Idempotency-Key") ?? "" }
    }

    struct State: Sendable {
        var requests: [Request] = []
        /// Identifiers by idempotency key, and the bodies in the order of their arrival.
        var identifiers: [String: String] = [:]
        var bodies: [String] = []
        var openRequests = 0
        var maxOpenRequests = 0
    }

    typealias Script = @Sendable (_ request: Request, _ attempt: Int) -> Behaviour

    let state = Mutex(State())
    let url: String
    private let listener: any Channel

    /// Runs the body with a server, which is closed afterwards.
    ///
    /// - Parameter script: Decides what happens to a request; attempts of one key are counted from 1.
    static func with<Value>(
        _ script: @escaping Script = { _, _ in .accept }, _ body: (OrderServiceDouble) async throws -> Value
    ) async throws -> Value {
        let pending = Mutex<OrderServiceDouble?>(nil)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let service = pending.withLock({ $0 }) else { return }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(service, script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let service = OrderServiceDouble(listener)
        pending.withLock { $0 = service }
        do {
            let value = try await body(service)
            try await listener.close()
            return value
        } catch {
            try await listener.close()
            throw error
        }
    }

    private init(_ listener: any Channel) {
        self.listener = listener
        url = "http://127.0.0.1:\(listener.localAddress?.port ?? 0)"
    }

    private func store(_ request: Request) -> String {
        state.withLock { state in
            if let known = state.identifiers[request.key] { return known }
            let identifier = "id-\(state.bodies.count)"
            state.identifiers[request.key] = identifier
            state.bodies.append(request.body)
            return identifier
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let service: OrderServiceDouble
        private let script: Script
        private var head: HTTPRequestHead?
        private var body = ByteBuffer()
        private var isOpen = false

        init(_ service: OrderServiceDouble, _ script: @escaping Script) {
            self.service = service
            self.script = script
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
            case .body(var part): body.writeBuffer(&part)
            case .end:
                guard let head else { return }
                serve(
                    Request(method: head.method, uri: head.uri, headers: head.headers, body: String(buffer: body)),
                    context)
            }
        }

        func channelInactive(context: ChannelHandlerContext) { close() }

        private func serve(_ request: Request, _ context: ChannelHandlerContext) {
            isOpen = true
            let attempt = service.state.withLock { state in
                state.requests.append(request)
                state.openRequests += 1
                state.maxOpenRequests = max(state.maxOpenRequests, state.openRequests)
                return state.requests.count { $0.key == request.key }
            }
            switch script(request, attempt) {
            case .accept: answer(.ok, #"{"id":"\#(service.store(request))"}"#, nil, context)
            case .answer(let status, let body, let retryAfter): answer(status, body, retryAfter, context)
            case .hangUp: context.close(promise: nil)
            case .loseTheAnswer:
                _ = service.store(request)
                context.close(promise: nil)
            case .stall: break
            }
        }

        private func answer(
            _ status: HTTPResponseStatus, _ body: String, _ retryAfter: Int?, _ context: ChannelHandlerContext
        ) {
            close()
            var headers: HTTPHeaders = ["Content-Length": "\(body.utf8.count)"]
            if let retryAfter { headers.add(name: "Retry-After", value: "\(retryAfter)") }
            context.write(
                wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        private func close() {
            if isOpen { service.state.withLock { $0.openRequests -= 1 } }
            isOpen = false
        }
    }
}
