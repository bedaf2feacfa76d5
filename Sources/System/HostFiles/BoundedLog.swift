import Glibc
public import Processes
import Synchronization

/// What a process prints, kept by the host in two files of bounded size.
///
/// When the first is full it becomes the second, in place of the one before, and a new one begins: the end is always kept,
/// at least as much as one file holds. Whoever reads does so through the descriptors that wrote.
public final class BoundedLog: Sendable {
    /// Bytes of one of the two files.
    public static let usualSegmentSize = 8 << 20

    private struct Segment {
        var descriptor: Int32
        /// Where it begins in all that was ever printed.
        var start: Int
        var length = 0
        var end: Int { start + length }
    }

    private struct State {
        var current: Segment
        var previous: Segment?
        /// Wake those who follow the log; each keeps at most one call to wake that has not been heard yet.
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastFollower = 0
    }

    private let path: String
    private let segmentSize: Int
    private let state: Mutex<State>

    /// - Parameter path: In a directory of Lectern's own that no lab sees; the second file has `.1` behind it.
    /// - Throws: `SystemFailure` naming the file.
    public init(path: String, segmentSize: Int = usualSegmentSize) throws(SystemFailure) {
        self.path = path
        self.segmentSize = segmentSize
        state = Mutex(State(current: Segment(descriptor: try Self.make(path), start: 0)))
    }

    deinit {
        state.withLock { state in
            close(state.current.descriptor)
            if let previous = state.previous { close(previous.descriptor) }
        }
    }

    /// How many bytes were ever printed.
    public var end: Int { state.withLock { $0.current.end } }

    /// Adds what was printed. What the disk doesn't take is lost.
    public func append(_ bytes: [UInt8]) {
        state.withLock { state in
            defer { for follower in state.followers.values { follower.yield() } }
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(segmentSize - state.current.length))
                guard writeAll(piece, to: state.current.descriptor) else {
                    // Nothing that was cut in the middle counts.
                    _ = ftruncate(state.current.descriptor, off_t(state.current.length))
                    return
                }
                state.current.length += piece.count
                rest = rest.dropFirst(piece.count)
                if state.current.length == segmentSize { turn(&state) }
            }
        }
    }

    /// A piece of what was printed, at most 64 KiB.
    ///
    /// - Parameter offset: Counted from the very first byte.
    /// - Returns: Where the piece begins, which is later than asked for when that is no longer kept; empty at the end.
    public func read(at offset: Int) -> (start: Int, bytes: [UInt8]) {
        state.withLock { state in
            let segments = [state.previous, state.current].compactMap(\.self)
            guard let segment = segments.first(where: { offset < $0.end }) else { return (offset, []) }
            let start = max(offset, segment.start)
            var bytes = [UInt8](repeating: 0, count: min(64 * 1024, segment.end - start))
            let count = pread(segment.descriptor, &bytes, bytes.count, off_t(start - segment.start))
            return (start, Array(bytes.prefix(max(0, count))))
        }
    }

    /// The end of what was printed from an offset on, at most so many bytes.
    public func tail(from offset: Int, limit: Int) -> String {
        var position = max(offset, end - limit)
        var bytes: [UInt8] = []
        while true {
            let piece = read(at: position)
            guard !piece.bytes.isEmpty else { return String(decoding: bytes.suffix(limit), as: UTF8.self) }
            bytes += piece.bytes
            position = piece.start + piece.bytes.count
        }
    }

    /// Hands over all that is kept, from its beginning; where earlier output was dropped, a line says how much.
    ///
    /// - Parameter follow: Goes on with what is appended, until the task is cancelled or `body` throws.
    /// - Throws: What `body` throws, and `CancellationError` when the task is cancelled while it follows.
    public func read(follow: Bool, _ body: ([UInt8]) async throws -> Void) async throws {
        // Before the first read, so that nothing that is appended during it is missed.
        var appended = follow ? appends().makeAsyncIterator() : nil
        var position = 0
        repeat {
            while true {
                let piece = read(at: position)
                if piece.start > position {
                    try await body(Array("[\(piece.start - position) bytes left out]\n".utf8))
                }
                position = piece.start + piece.bytes.count
                guard !piece.bytes.isEmpty else { break }
                try await body(piece.bytes)
            }
        } while await appended?.next() != nil
        if follow { try Task.checkCancellation() }
    }

    /// An element after each append, or after several of them; ends when the task that waits for one is cancelled.
    private func appends() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.lastFollower += 1
            state.followers[state.lastFollower] = continuation
            return state.lastFollower
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.followers.removeValue(forKey: number) }
        }
        return stream
    }

    private func turn(_ state: inout State) {
        guard rename(path, path + ".1") == 0, let descriptor = try? Self.make(path) else {
            // Better to lose what is there than to grow.
            _ = ftruncate(state.current.descriptor, 0)
            state.current = Segment(descriptor: state.current.descriptor, start: state.current.end)
            return
        }
        if let previous = state.previous { close(previous.descriptor) }
        state.previous = state.current
        state.current = Segment(descriptor: descriptor, start: state.current.end)
    }

    private static func make(_ path: String) throws(SystemFailure) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure("'\(path)'") }
        return descriptor
    }
}
