import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a server, as seen from any thread.
struct HTTPConnection: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<HTTPConnectionHandler>

    /// - Precondition: On the event loop of the channel.
    init(channel: any Channel, handler: HTTPConnectionHandler) {
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    var id: ObjectIdentifier { ObjectIdentifier(channel) }

    func perform(_ body: @escaping @Sendable (HTTPConnectionHandler) -> Void) {
        channel.eventLoop.execute { [handler] in body(handler.value) }
    }

    func begin(_ exchange: HTTPExchange) {
        perform { $0.begin(exchange) }
    }

    /// Ends an exchange and closes the connection, unless the exchange has ended already.
    func abort(_ exchange: HTTPExchange, _ error: any Error) {
        perform { $0.abort(exchange, error) }
    }

    /// Closes the connection; an exchange on it fails.
    func close(_ error: any Error) async {
        perform { $0.close(error) }
        try? await channel.closeFuture.get()
    }

    /// Connects on an event loop.
    ///
    /// - Parameter registry: Told when the connection can serve another request and when it is gone.
    static func make(
        to endpoint: HTTPEndpoint, on loop: any EventLoop, timeout: Duration, registry: HTTPConnectionRegistry
    ) -> EventLoopFuture<HTTPConnection> {
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(timeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(HTTPConnectionHandler(to: endpoint, registry: registry))
                }
            }
        let channel =
            switch endpoint {
            case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
            case .tcp(let host, let port):
                bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
            }
        return channel.flatMapThrowing { channel in
            let handler = try channel.pipeline.syncOperations.handler(type: HTTPConnectionHandler.self)
            let connection = HTTPConnection(channel: channel, handler: handler)
            guard registry.add(connection) else {
                channel.close(promise: nil)
                throw HTTPClientError.poolClosed(endpoint)
            }
            return connection
        }
    }
}
