import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer, from before there is a connection until the last byte.
final class HTTPExchange: Sendable {
    /// How much of the answer must have come when the time is over.
    enum Span: Sendable {
        case head
        case wholeAnswer
    }

    /// A connection that had served before was closed by the server before anything of the answer came.
    struct Stale: Error {
        /// `true` when nothing of the request was sent.
        let isUnsent: Bool
    }

    private struct State {
        var connection: HTTPConnection?
        var clock: Scheduled<Void>?
        var isOver = false
    }

    let request: HTTPClientRequest
    let head: HTTPRequestHead
    let endpoint: HTTPEndpoint
    private let span: Span
    private let answer: EventLoopPromise<HTTPClientResponse>
    private let state = Mutex(State())

    /// - Throws: ``HTTPClientError`` with code `.badRequest`.
    init(_ request: HTTPClientRequest, to endpoint: HTTPEndpoint, span: Span, on loop: any EventLoop) throws {
        head = try request.head(for: endpoint)
        self.request = request
        self.endpoint = endpoint
        self.span = span
        answer = loop.makePromise()
    }

    /// The answer, once its head has come.
    func response() async throws -> HTTPClientResponse { try await answer.futureResult.get() }

    func setDeadline(_ deadline: NIODeadline) {
        let clock = answer.futureResult.eventLoop.scheduleTask(deadline: deadline) {
            self.fail(HTTPClientError.timedOut(self.endpoint))
        }
        let isOver = state.withLock { state in
            state.clock = clock
            return state.isOver
        }
        if isOver { clock.cancel() }
    }

    /// - Returns: `false` when it failed before there was a connection.
    func isTaken(by connection: HTTPConnection) -> Bool {
        state.withLock { state in
            guard !state.isOver else { return false }
            state.connection = connection
            return true
        }
    }

    func succeed(_ response: HTTPClientResponse) {
        if span == .head { state.withLock { $0.clock.take() }?.cancel() }
        answer.succeed(response)
    }

    /// Says that nothing more happens.
    ///
    /// - Parameter error: `nil` when the whole answer has come.
    func end(_ error: (any Error)? = nil) {
        let clock = state.withLock { state in
            state.isOver = true
            state.connection = nil
            return state.clock.take()
        }
        clock?.cancel()
        // Without effect when the head of the answer has come.
        if let error { answer.fail(error) }
    }

    /// Breaks it off, and the connection that it is on. Without effect once it has ended.
    func fail(_ error: any Error) {
        if let connection = state.withLock({ $0.connection }) {
            connection.abort(self, error)
        } else {
            end(error)
        }
    }
}

/// Connects the reader of a body to the connection that it comes from.
final class BodyReading: NIOAsyncSequenceProducerDelegate, Sendable {
    private let exchange: HTTPExchange
    private let connection: HTTPConnection

    init(_ exchange: HTTPExchange, on connection: HTTPConnection) {
        self.exchange = exchange
        self.connection = connection
    }

    func produceMore() {
        connection.perform { [exchange] in $0.resumeReading(for: exchange) }
    }

    func didTerminate() {
        connection.abort(exchange, CancellationError())
    }
}
