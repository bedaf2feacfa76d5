import NIOCore

/// What a container printed, and prints.
public struct ContainerLog: AsyncSequence, Sendable {
    /// A piece of output, cut wherever the engine did so: lines and even characters may go on in the next.
    public struct Chunk: Hashable, Sendable {
        /// ``OutputStream/output`` for both when the container has a terminal.
        public var stream: OutputStream
        /// Not necessarily valid UTF-8.
        public var bytes: [UInt8]
    }

    /// Pieces in the order in which they were printed.
    public typealias Element = Chunk

    let body: EngineBody
    /// With a terminal there is one stream, and no frames.
    let hasTerminal: Bool

    /// Reads from the connection as it is asked; what isn't read stays with the engine.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var body: EngineBody.AsyncIterator
        fileprivate let hasTerminal: Bool
        fileprivate var frames = StreamDemultiplexer()

        /// - Throws: ``DockerError`` with code `.engineGone` when the engine hangs up in the middle.
        public mutating func next() async throws -> Chunk? {
            while true {
                if let (stream, bytes) = try frames.next() {
                    return Chunk(stream: stream, bytes: Array(bytes.readableBytesView))
                }
                guard let bytes = try await body.next() else { return nil }
                if hasTerminal { return Chunk(stream: .output, bytes: Array(bytes.readableBytesView)) }
                frames.append(bytes)
            }
        }
    }

    /// One iterator only: a second one would take pieces from the first.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), hasTerminal: hasTerminal)
    }
}

extension DockerClient {
    /// Reads a container's log.
    ///
    /// To stop following, leave the loop or cancel its task.
    ///
    /// - Parameters:
    ///   - tail: Only so many lines from the end; `nil` for all.
    ///   - follow: Goes on with what comes, until the container ends.
    ///   - since: Only what was printed later; seconds since 1970.
    public func logs(
        of container: ContainerID, tail: Int? = nil, follow: Bool = false, since: Double? = nil
    ) async throws -> ContainerLog {
        let hasTerminal = try await inspect(container).configuration.hasTerminal ?? false
        let body = try await open(
            request(
                .get, container, "/logs",
                query: [
                    ("stdout", "1"), ("stderr", "1"), ("follow", follow ? "1" : nil), ("tail", tail.map(String.init)),
                    ("since", since.map { "\($0)" }),
                ]))
        return ContainerLog(body: body, hasTerminal: hasTerminal)
    }

    /// Reads the end of a container's log as text, both streams in the order in which they came.
    ///
    /// - Parameter limit: Bytes kept, from the end.
    public func logTail(of container: ContainerID, lines: Int = 100, limit: Int = 64 << 10) async throws -> String {
        var end = BoundedTail(limit: limit)
        for try await chunk in try await logs(of: container, tail: lines) { end.append(chunk.bytes) }
        return end.text
    }
}

/// The last bytes of something longer.
struct BoundedTail: Sendable {
    let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var omitted = 0

    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ more: some Collection<UInt8>) {
        bytes += more
        // Cut now and then, not at every piece.
        if bytes.count > 2 * limit + 4096 { trim() }
    }

    mutating func trim() {
        let excess = bytes.count - limit
        guard excess > 0 else { return }
        bytes.removeFirst(excess)
        omitted += excess
    }

    var text: String { String(decoding: bytes.suffix(limit), as: UTF8.self) }
}
