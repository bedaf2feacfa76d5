import Foundation
import HTTPConnections
import NIOCore
import NIOPosix
import Synchronization

/// Listens on a loopback port or a Unix socket, and does with each connection what a script says, byte by byte.
final class ScriptedServer: Sendable {
    /// What a script has in hand; the connection is closed when the script returns.
    final class Connection {
        /// Counted from 1.
        let number: Int
        private let channel: any Channel
        private var inbound: AsyncStream<ByteBuffer>.AsyncIterator
        private var received = ""

        fileprivate init(_ number: Int, _ channel: any Channel, _ inbound: AsyncStream<ByteBuffer>) {
            self.number = number
            self.channel = channel
            self.inbound = inbound.makeAsyncIterator()
        }

        /// The next request up to the end of its head; `nil` when the other side has hung up.
        func request() async throws -> String? {
            while true {
                if let end = received.range(of: "\r\n\r\n") {
                    let head = String(received[..<end.upperBound])
                    received.removeSubrange(..<end.upperBound)
                    return head
                }
                guard try await readMore() > 0 else { return nil }
            }
        }

        /// Waits until that many bytes of a body have come, or the other side hangs up.
        func body(_ count: Int) async throws -> String {
            while received.utf8.count < count {
                guard try await readMore() > 0 else { break }
            }
            let body = String(decoding: received.utf8.prefix(count), as: UTF8.self)
            received = String(decoding: received.utf8.dropFirst(count), as: UTF8.self)
            return body
        }

        func waitForEnd() async throws {
            while try await readMore() > 0 {}
        }

        /// - Returns: How many bytes have come; 0 at the end.
        @discardableResult
        func readMore() async throws -> Int {
            channel.read()
            guard let bytes = await inbound.next(isolation: #isolation) else { return 0 }
            received += String(buffer: bytes)
            return bytes.readableBytes
        }

        func write(_ text: String) async throws {
            try await channel.writeAndFlush(ByteBuffer(string: text))
        }

        func answer(_ body: String, headers: String = "") async throws {
            try await write("HTTP/1.1 200 OK\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
    }

    typealias Script = @Sendable (Connection) async throws -> Void

    let endpoint: HTTPEndpoint
    private let open: OpenChannels

    var connections: Int { open.state.withLock { $0.count } }

    private init(_ endpoint: HTTPEndpoint, _ open: OpenChannels) {
        self.endpoint = endpoint
        self.open = open
    }

    /// Runs the body with a server and connections to it; both are closed afterwards.
    static func with(
        unixSocket: Bool = false, _ script: @escaping Script,
        _ body: (HTTPConnectionPool, ScriptedServer) async throws -> Void
    ) async throws {
        let path = "/tmp/lectern-http-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        defer { if unixSocket { unlink(path) } }
        let open = OpenChannels()
        // Bytes are read when the script wants them, so that a client can be held up.
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(open, script))
                }
            }
        let listener =
            unixSocket
            ? try await bootstrap.bind(unixDomainSocketPath: path).get()
            : try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let endpoint =
            unixSocket
            ? HTTPEndpoint.unixSocket(path: path) : .tcp(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
        let pool = HTTPConnectionPool(to: endpoint)
        let result = await Result { try await body(pool, ScriptedServer(endpoint, open)) }
        await pool.close()
        try await listener.close()
        for channel in open.state.withLock({ $0 }) { channel.close(promise: nil) }
        try result.get()
    }
}

/// All connections that were accepted.
private final class OpenChannels: Sendable {
    let state = Mutex<[any Channel]>([])

    /// - Returns: The number of the connection, counted from 1.
    func add(_ channel: any Channel) -> Int {
        state.withLock { channels in
            channels.append(channel)
            return channels.count
        }
    }
}

/// Runs the script from the moment when the connection is open.
private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let open: OpenChannels
    private let script: ScriptedServer.Script
    private let (inbound, arrival) = AsyncStream<ByteBuffer>.makeStream()

    init(_ open: OpenChannels, _ script: @escaping ScriptedServer.Script) {
        self.open = open
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        let (channel, inbound, script) = (context.channel, inbound, script)
        let number = open.add(channel)
        Task {
            // A client that hangs up is no error of the server.
            try? await script(ScriptedServer.Connection(number, channel, inbound))
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrival.yield(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        arrival.finish()
    }
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
