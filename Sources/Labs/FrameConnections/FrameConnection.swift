public import AgentProtocol
public import NIOCore
import NIOPosix
import Synchronization

/// A byte stream that carries many conversations as frames, each on a channel of its own.
///
/// Both sides may open conversations; whoever opens picks the number. Frames of a conversation arrive in order.
public final class FrameConnection: Sendable {
    /// What one conversation receives, in order. It fails when the connection ends, with ``ConnectionClosed`` or what broke
    /// it, and simply ends after ``FrameConversation/close()``.
    public typealias Frames = AsyncThrowingStream<Frame, any Error>

    private struct Peer {
        let continuation: Frames.Continuation
        /// See ``open(noting:)``.
        var note: (@Sendable (Frame) -> Void)?
    }

    private struct State {
        var conversations: [UInt32: Peer] = [:]
        var lastChannel: UInt32 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let channel: any Channel
    /// For tasks that live on the connection's frames: they run on the thread that reads them.
    public let executor: EventLoopExecutor
    /// What waits for an answer of the other side.
    let expectations = Expectations()
    private let accept: (@Sendable (Frame, FrameConversation) -> Void)?

    private init(_ channel: any Channel, accept: (@Sendable (Frame, FrameConversation) -> Void)?) {
        self.channel = channel
        executor = EventLoopExecutor(channel.eventLoop)
        self.accept = accept
    }

    /// The loop that reads the connection's frames.
    public var eventLoop: any EventLoop { channel.eventLoop }

    /// Puts the conversation layer on a connected channel; called on the channel's event loop.
    ///
    /// - Parameters:
    ///   - limit: The longest payload accepted, in bytes.
    ///   - accept: Called, in order and on the event loop, for the first frame of each conversation that the other side
    ///     opens; `nil` ignores such frames.
    public static func install(
        on channel: any Channel, limit: Int, accept: (@Sendable (Frame, FrameConversation) -> Void)? = nil
    ) throws -> FrameConnection {
        let connection = FrameConnection(channel, accept: accept)
        try channel.pipeline.syncOperations.addHandler(FrameHandler(connection, limit: limit))
        return connection
    }

    /// Takes over a connected stream socket.
    ///
    /// - Parameter descriptor: Belongs to the connection from now on, also when this throws.
    public static func adopt(
        _ descriptor: Int32, limit: Int, on group: any EventLoopGroup,
        accept: (@Sendable (Frame, FrameConversation) -> Void)? = nil
    ) async throws -> FrameConnection {
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    _ = try install(on: channel, limit: limit, accept: accept)
                }
            }
            .withConnectedSocket(descriptor)
            .get()
        return try await channel.pipeline.handler(type: FrameHandler.self).map(\.connection).get()
    }

    /// Connects to a Unix socket.
    public static func connect(
        unixSocket path: String, limit: Int, on group: any EventLoopGroup
    ) async throws -> FrameConnection {
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { _ = try install(on: channel, limit: limit) }
            }
            .connect(unixDomainSocketPath: path)
            .get()
        return try await channel.pipeline.handler(type: FrameHandler.self).map(\.connection).get()
    }

    /// Opens a conversation under a number that this side hasn't used yet.
    ///
    /// Its frames end with an error if the connection is, or gets, closed.
    ///
    /// - Parameter note: Called for each frame on the event loop, before anything that comes later on any channel.
    public func open(noting note: (@Sendable (Frame) -> Void)? = nil) -> FrameConversation {
        let number = state.withLock { state in
            state.lastChannel &+= 1
            return state.lastChannel
        }
        return conversation(number, note)
    }

    /// Sends a frame without waiting; frames to a closed connection vanish.
    public func send(_ frame: Frame) {
        channel.writeAndFlush(buffer(frame), promise: nil)
    }

    /// Sends a frame and waits until the socket has taken it.
    public func sendAndWait(_ frame: Frame) async throws {
        try await channel.writeAndFlush(buffer(frame)).get()
    }

    /// Returns when the socket has taken everything that was sent before, or the connection is closed.
    public func flush() async {
        try? await channel.writeAndFlush(channel.allocator.buffer(capacity: 0)).get()
    }

    /// Begins to close and returns at once. Frames that the socket hasn't taken yet are lost (see ``flush()``), and the
    /// conversations end with ``ConnectionClosed``.
    public func close() {
        channel.close(promise: nil)
    }

    /// Returns when the connection is closed, by either side.
    public func waitUntilClosed() async {
        try? await channel.closeFuture.get()
    }

    func forget(_ number: UInt32) {
        state.withLock { $0.conversations.removeValue(forKey: number) }?.continuation.finish()
    }

    /// Ends the frames of a conversation, which stays open.
    func finish(_ number: UInt32, throwing error: any Error) {
        state.withLock { $0.conversations[number] }?.continuation.finish(throwing: error)
    }

    fileprivate func received(_ frame: Frame) {
        expectations.noteSignOfLife()
        if frame.kind == Frame.pong.kind { return expectations.notePong() }
        if frame.kind == Frame.ping.kind { return send(.pong) }
        if let conversation = state.withLock({ $0.conversations[frame.channel] }) {
            conversation.note?(frame)
            conversation.continuation.yield(frame)
        } else if let accept {
            accept(frame, conversation(frame.channel))
        }
    }

    fileprivate func closed(_ error: (any Error)?) {
        let conversations = state.withLock { state in
            state.isClosed = true
            defer { state.conversations = [:] }
            return state.conversations
        }
        expectations.close(error ?? ConnectionClosed())
        for conversation in conversations.values {
            conversation.continuation.finish(throwing: error ?? ConnectionClosed())
        }
    }

    private func conversation(
        _ number: UInt32, _ note: (@Sendable (Frame) -> Void)? = nil
    ) -> FrameConversation {
        let (frames, continuation) = Frames.makeStream()
        let isClosed = state.withLock { state in
            if !state.isClosed { state.conversations[number] = Peer(continuation: continuation, note: note) }
            return state.isClosed
        }
        if isClosed { continuation.finish(throwing: ConnectionClosed()) }
        return FrameConversation(number: number, frames: frames, connection: self)
    }

    private func buffer(_ frame: Frame) -> ByteBuffer {
        var bytes: [UInt8] = []
        frame.encode(into: &bytes)
        return channel.allocator.buffer(bytes: bytes)
    }
}

/// The other side is gone.
public struct ConnectionClosed: Error {}

/// One exchange over a ``FrameConnection``.
public struct FrameConversation: Sendable {
    /// The channel of its frames, picked by the side that opened it.
    public let number: UInt32
    /// What the other side sends; for one reader.
    public let frames: FrameConnection.Frames
    /// What carries the frames, of other conversations too.
    public let connection: FrameConnection

    /// Sends without waiting; once the connection is closed, what is sent vanishes.
    public func send(kind: UInt8, _ payload: [UInt8] = []) {
        connection.send(Frame(kind: kind, channel: number, payload: payload))
    }

    /// Sends and waits until the socket has taken it, so that a slow reader slows the writer.
    public func sendAndWait(kind: UInt8, _ payload: [UInt8]) async throws {
        try await connection.sendAndWait(Frame(kind: kind, channel: number, payload: payload))
    }

    /// Ends the conversation on this side; later frames for it are dropped, or taken for a new one.
    public func close() {
        connection.forget(number)
    }
}

private final class FrameHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let connection: FrameConnection
    private let decoder: Mutex<FrameDecoder>

    init(_ connection: FrameConnection, limit: Int) {
        self.connection = connection
        decoder = Mutex(FrameDecoder(limit: limit))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        do {
            decoder.withLock { $0.append(bytes.readableBytesView) }
            while let frame = try decoder.withLock({ decoder throws(FrameError) in try decoder.next() }) {
                connection.received(frame)
            }
        } catch {
            connection.closed(error)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.closed(nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset is how a side that was killed goes away.
        connection.closed(error is IOError ? ConnectionClosed() : error)
        context.close(promise: nil)
    }
}
