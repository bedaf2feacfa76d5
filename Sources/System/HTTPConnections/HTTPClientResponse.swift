public import NIOCore
public import NIOHTTP1

/// An answer, its body still to be read.
public struct HTTPClientResponse: Sendable {
    /// The status code, of three digits; one that reports a failure isn't an error.
    public let status: Int
    /// As the server sent them; looked up without regard to case.
    public let headers: HTTPHeaders
    /// To be read to its end before the connection can take another request; letting it go closes the connection.
    public let body: HTTPResponseBody
}

/// The body of an answer as it comes, no faster than it is read.
///
/// It can be iterated over once. A body that is let go before its end closes its connection, and so does cancelling the task
/// that reads it. One that breaks off throws ``HTTPClientError``.
public struct HTTPResponseBody: AsyncSequence, Sendable {
    /// A chunk of any size; where the body is cut has no meaning.
    public typealias Element = ByteBuffer

    typealias Chunks = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, BodyReading
    >

    private let chunks: Chunks

    init(_ chunks: Chunks) {
        self.chunks = chunks
    }

    /// Reads the body, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var chunks: Chunks.AsyncIterator

        /// Waits for the next chunk; `nil` at the body's end.
        /// - Throws: ``HTTPClientError`` when the body breaks off; `CancellationError`.
        public mutating func next() async throws -> ByteBuffer? {
            try await chunks.next(isolation: #isolation)
        }
    }

    /// May be called once; a second call is a programming error and traps.
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
