import Glibc
import Labs
import NIOCore
import NIOPosix
import PseudoTerminals
import Synchronization

/// The master of a terminal, read and written on an event loop.
final class TerminalChannel: Sendable {
    private struct State {
        var channel: (any Channel)?
        /// Typed before there is a channel.
        var early: [UInt8] = []
        /// Bytes that the terminal has not taken yet.
        var unwritten = 0
        var isClosed = false
    }

    private let master: PseudoTerminal
    private let state = Mutex(State())

    /// - Parameters:
    ///   - master: Belongs to the channel from now on.
    ///   - loop: Where this is called, too.
    ///   - fail: Given the reason why the terminal can't be read, on the loop.
    ///   - receive: Given what the terminal prints, on the loop. The end of the terminal isn't told: its owner knows of it.
    /// - Throws: `LabError` when this process has no descriptors left.
    init(
        _ master: PseudoTerminal, on loop: any EventLoop, fail: @escaping @Sendable (any Error) -> Void,
        receive: @escaping @Sendable ([UInt8]) -> Void
    ) throws {
        self.master = master
        // The channel closes what it's given; the master is kept for everything but that.
        let descriptors = (
            fcntl(master.master, F_DUPFD_CLOEXEC, 3), fcntl(master.master, F_DUPFD_CLOEXEC, 3)
        )
        guard descriptors.0 >= 0, descriptors.1 >= 0 else {
            let reason = String(cString: strerror(errno))
            for descriptor in [descriptors.0, descriptors.1] where descriptor >= 0 { Glibc.close(descriptor) }
            throw LabError(
                code: .system, problem: "no more files can be opened: \(reason)",
                remedy: "raise the limit of open files (ulimit -n)")
        }
        NIOPipeBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TerminalReader(receive))
                }
            }
            .takingOwnershipOfDescriptors(input: descriptors.0, output: descriptors.1)
            .whenComplete { [self] result in
                switch result {
                case .success(let channel): opened(channel)
                case .failure(let error):
                    Glibc.close(descriptors.0)
                    Glibc.close(descriptors.1)
                    fail(error)
                }
            }
    }

    /// Whether something that was written waits for the terminal to take it.
    var hasUnwritten: Bool { state.withLock { $0.unwritten > 0 || !$0.early.isEmpty } }

    /// Writes in order, without waiting for a terminal that doesn't take it.
    func write(_ bytes: [UInt8]) {
        let channel = state.withLock { state in
            guard !state.isClosed else { return nil as (any Channel)? }
            if state.channel == nil { state.early += bytes } else { state.unwritten += bytes.count }
            return state.channel
        }
        if let channel { write(bytes, to: channel) }
    }

    func resize(columns: Int, rows: Int) {
        state.withLock { state in
            if !state.isClosed { master.resize(columns: columns, rows: rows) }
        }
    }

    /// Stops reading, or goes on: what the terminal prints then waits in it, and its programs with that.
    func setReading(_ isReading: Bool) {
        state.withLock { $0.channel }?.setOption(.autoRead, value: isReading).whenComplete { _ in }
    }

    /// Whether the terminal has printed something that has not been received; on the loop it's true of this moment.
    var hasUnread: Bool {
        state.withLock { state in
            var entry = pollfd(fd: master.master, events: Int16(POLLIN), revents: 0)
            return !state.isClosed && poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLIN) != 0
        }
    }

    /// Reads what is there at this moment, and closes; on the loop only.
    ///
    /// - Returns: At most so many bytes.
    func closeReading(upTo limit: Int) -> [UInt8] {
        let bytes = state.withLock { state in
            var bytes: [UInt8] = []
            guard !state.isClosed else { return bytes }
            withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
                while bytes.count < limit {
                    let count = read(master.master, buffer.baseAddress, buffer.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return }
                    bytes.append(contentsOf: buffer[..<count])
                }
            }
            return bytes
        }
        // In the same turn of the loop: the channel must not find that nothing is left of what woke it.
        close()
        return bytes
    }

    func close() {
        let channel = state.withLock { state in
            guard !state.isClosed else { return nil as (any Channel)? }
            state.isClosed = true
            master.close()
            return state.channel
        }
        channel?.close(promise: nil)
    }

    private func opened(_ channel: any Channel) {
        let (early, isClosed) = state.withLock { state in
            state.channel = channel
            state.unwritten += state.early.count
            defer { state.early = [] }
            return (state.early, state.isClosed)
        }
        if isClosed { return channel.close(promise: nil) }
        if !early.isEmpty { write(early, to: channel) }
    }

    private func write(_ bytes: [UInt8], to channel: any Channel) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { [self] _ in
            state.withLock { $0.unwritten -= bytes.count }
        }
    }
}

private final class TerminalReader: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let receive: @Sendable ([UInt8]) -> Void

    init(_ receive: @escaping @Sendable ([UInt8]) -> Void) {
        self.receive = receive
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(Array(unwrapInboundIn(data).readableBytesView))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Once no process holds the terminal reading it fails (EIO): that is its end of file.
        context.close(promise: nil)
    }
}
