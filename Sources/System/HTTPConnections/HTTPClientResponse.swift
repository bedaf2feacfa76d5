public import NIOCore
public import NIOHTTP1

/// An answer, its body still to be read.
public struct HTTPClientResponse: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    public let body: HTTPResponseBody
}

/// The body of an answer as it comes, no faster than it is read.
///
/// It can be iterated over once. A body that is let go before its end closes its connection, and so does cancelling the task
/// that reads it. One that breaks off throws ``HTTPClientError``.
public struct HTTPResponseBody: AsyncSequence, Sendable {
    public typealias Element = ByteBuffer

    typealias Chunks = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, BodyReading
    >

    private let chunks: Chunks

    init(_ chunks: Chunks) {
        self.chunks = chunks
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var chunks: Chunks.AsyncIterator

        public mutating func next() async throws -> ByteBuffer? {
            try await chunks.next(isolation: #isolation)
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: chunks.makeAsyncIterator()) }

    /// Waits for the whole body.
    ///
    /// - Parameter limit: Bytes; a longer body is an error with code `.bodyTooLarge`.
    public func collect(upTo limit: Int) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        for try await chunk in self {
            guard whole.readableBytes + chunk.readableBytes <= limit else {
                throw HTTPClientError(code: .bodyTooLarge, problem: "the answer is longer than \(limit) bytes")
            }
            // Most answers come in one piece, which needs no copy.
            if whole.readableBytes == 0 { whole = chunk } else { whole.writeImmutableBuffer(chunk) }
        }
        return whole
    }
}
