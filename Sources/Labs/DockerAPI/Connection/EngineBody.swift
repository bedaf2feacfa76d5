import HTTPConnections
import NIOCore

/// The body of an answer as it comes, failures put into words.
struct EngineBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let body: HTTPResponseBody
    private let connection: EngineConnection
    private let watch: EnginePulse.Watch

    /// - Parameter watch: Kept for as long as the body may be read.
    init(_ body: HTTPResponseBody, of connection: EngineConnection, watch: EnginePulse.Watch) {
        self.body = body
        self.connection = connection
        self.watch = watch
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var body: HTTPResponseBody.AsyncIterator
        fileprivate let connection: EngineConnection
        fileprivate let watch: EnginePulse.Watch

        mutating func next() async throws -> ByteBuffer? {
            do {
                return try await body.next()
            } catch {
                throw connection.translated(error)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), connection: connection, watch: watch)
    }
}
