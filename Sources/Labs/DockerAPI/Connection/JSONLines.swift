import FoundationEssentials
import NIOCore

/// Values that an engine sends one after the other, each as a JSON object, for as long as the answer lasts.
///
/// Engines end each object with a line feed, but break the stream anywhere.
struct JSONLines<Value: Decodable & Sendable>: AsyncSequence, Sendable {
    typealias Element = Value

    let body: EngineBody

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var body: EngineBody.AsyncIterator
        fileprivate var lines = LineSplitter()
        fileprivate var hasEnded = false

        mutating func next() async throws -> Value? {
            while true {
                if let line = try lines.next() { return try decode(line) }
                guard !hasEnded else { return nil }
                if let bytes = try await body.next() {
                    lines.append(bytes)
                } else {
                    hasEnded = true
                    if let line = lines.rest() { return try decode(line) }
                }
            }
        }

        private func decode(_ line: [UInt8]) throws -> Value {
            do {
                return try JSONDecoder().decode(Value.self, from: Data(line))
            } catch {
                throw DockerError.badAnswer("'\(String(decoding: line.prefix(200), as: UTF8.self))' isn't expected")
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: body.makeAsyncIterator()) }
}

/// Cuts a stream into lines; blank ones are left out.
struct LineSplitter {
    /// Bytes; no engine sends a longer one.
    static let maxLineLength = 4 << 20

    private var buffer = ByteBuffer()
    /// How much of the buffer is known to have no line feed.
    private var searched = 0

    mutating func append(_ bytes: ByteBuffer) {
        buffer.discardReadBytes()
        buffer.writeImmutableBuffer(bytes)
    }

    mutating func next() throws -> [UInt8]? {
        while true {
            let view = buffer.readableBytesView
            guard let end = view.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) else {
                searched = view.count
                guard searched <= Self.maxLineLength else { throw DockerError.badAnswer("a line has no end") }
                return nil
            }
            let line = Array(view[..<end])
            buffer.moveReaderIndex(forwardBy: line.count + 1)
            searched = 0
            if line.contains(where: isNoBlank) { return line }
        }
    }

    /// What came after the last line feed.
    mutating func rest() -> [UInt8]? {
        let line = Array(buffer.readableBytesView)
        buffer.clear()
        searched = 0
        return line.contains(where: isNoBlank) ? line : nil
    }

    private func isNoBlank(_ byte: UInt8) -> Bool { byte > 0x20 }
}
