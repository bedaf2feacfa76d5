import NIOCore

/// Asks an engine to switch a connection over to a raw stream, and joins the stream to a local socket.
final class UpgradeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Longer answers than this come from no engine.
    private static let maxAnswerLength = 64 << 10

    private let request: ByteBuffer
    private let subject: Subject
    private let socketPath: String
    private let local: any Channel
    private let errors: ErrorOutput
    private let upgraded: EventLoopPromise<Void>
    private var answer = ByteBuffer()
    private var isUpgraded = false

    init(
        _ request: ByteBuffer, about subject: Subject, at socketPath: String, to local: any Channel,
        errors: ErrorOutput, upgraded: EventLoopPromise<Void>
    ) {
        self.request = request
        self.subject = subject
        self.socketPath = socketPath
        self.local = local
        self.errors = errors
        self.upgraded = upgraded
    }

    static func message(target: String, body: ByteBuffer) -> ByteBuffer {
        var message = ByteBuffer(
            string: "POST \(target) HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.readableBytes)\r\n\r\n")
        message.writeImmutableBuffer(body)
        return message
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(NIOAny(request), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isUpgraded else { return context.fireChannelRead(data) }
        answer.writeImmutableBuffer(unwrapInboundIn(data))
        do {
            guard let (status, length) = try readHead() else { return }
            guard status == 101 || status == 200 else {
                return try refuse(status: status, length: length, context)
            }
            try upgrade(context)
        } catch {
            fail(error, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if !isUpgraded, event as? ChannelEvent == .inputClosed { fail(DockerError.engineGone(socketPath), context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        upgraded.fail(DockerError.engineGone(socketPath))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error, context)
    }

    private func upgrade(_ context: ChannelHandlerContext) throws {
        isUpgraded = true
        let pipeline = context.pipeline.syncOperations
        try pipeline.addHandlers([OutputHandler(errors), RelayHandler(to: local, .engine)])
        try local.pipeline.syncOperations.addHandler(RelayHandler(to: context.channel, .local))
        if answer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(answer)) }
        answer = ByteBuffer()
        local.setOption(.autoRead, value: true).whenFailure { [channel = context.channel] _ in
            channel.close(promise: nil)
        }
        local.read()
        upgraded.succeed()
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        upgraded.fail(error)
        context.close(promise: nil)
    }

    /// - Returns: The status, and the length of the body if given; `nil` when the head isn't complete.
    private func readHead() throws -> (status: Int, length: Int?)? {
        let view = answer.readableBytesView
        guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else {
            guard view.count < Self.maxAnswerLength else { throw DockerError.badAnswer("it has no end") }
            return nil
        }
        let lines = String(decoding: view[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw DockerError.badAnswer("'\(lines.first ?? "")' is not HTTP")
        }
        let length = lines.dropFirst().first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
        // Without a length, what has come is all there is to go by.
        let bodyCount = view.endIndex - end.upperBound
        if status != 101, status != 200, let length, bodyCount < min(length, Self.maxAnswerLength) { return nil }
        answer.moveReaderIndex(to: end.upperBound)
        return (status, length)
    }

    private func refuse(status: Int, length: Int?, _ context: ChannelHandlerContext) throws {
        fail(DockerError.refusal(status: status, message: Refusal.message(in: answer), about: subject), context)
    }
}

/// Separates the outputs of a command; standard error is kept aside.
private final class OutputHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var frames = StreamDemultiplexer()
    private let errors: ErrorOutput

    init(_ errors: ErrorOutput) {
        self.errors = errors
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        frames.append(unwrapInboundIn(data))
        do {
            while let (stream, bytes) = try frames.next() {
                switch stream {
                case .output: context.fireChannelRead(wrapInboundOut(bytes))
                case .errors: errors.append(bytes.readableBytesView)
                }
            }
        } catch {
            context.close(promise: nil)
        }
    }
}

/// Hands what one channel reads to another on the same event loop, no faster than that can write.
private final class RelayHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Side {
        case engine
        case local
    }

    private let other: any Channel
    private let side: Side
    private var hasReadAll = false
    private var isEndingOutput = false
    private var hasWrittenAll = false

    init(to other: any Channel, _ side: Side) {
        self.other = other
        self.side = side
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.write(unwrapInboundIn(data), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        other.flush()
    }

    func read(context: ChannelHandlerContext) {
        // Once the other side is gone, reading on finds out when this one ends.
        if other.isWritable || !other.isActive { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { other.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return context.fireUserInboundEventTriggered(event) }
        hasReadAll = true
        other.close(mode: .output, promise: nil)
        if hasWrittenAll { context.close(promise: nil) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        guard !isEndingOutput else {
            promise?.succeed()
            return
        }
        isEndingOutput = true
        // What is still to be written goes first: a channel that has read all would drop it.
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.hasWrittenAll = true
            context.close(mode: handler.hasReadAll ? .all : .output, promise: promise)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch side {
        // What the engine had sent is still to be read by whoever holds the other end.
        case .engine: other.close(mode: .output, promise: nil)
        case .local: other.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
