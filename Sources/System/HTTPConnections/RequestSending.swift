import NIOCore
import NIOHTTP1

/// Sends the body of a request chunk by chunk, each once the connection has taken the one before.
struct RequestSending {
    private let task: Task<Void, Never>

    /// - Parameter size: Bytes announced; other chunks than that break the exchange off.
    init(
        _ chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable, size: Int64, of exchange: HTTPExchange,
        on connection: HTTPConnection
    ) {
        // Not awaited: the answer may come before the request is through, and the connection cancels it at its end.
        task = Task {
            do {
                try await send(chunks, size: size, on: connection.channel)
                connection.perform { $0.didSend(exchange) }
            } catch is ConnectionBroken {
                // The connection tells the exchange, and what the server had answered before counts.
            } catch {
                connection.abort(exchange, error)
            }
        }
    }

    func cancel() {
        task.cancel()
    }
}

private struct ConnectionBroken: Error {}

private func send(
    _ chunks: some AsyncSequence<ByteBuffer, any Error>, size: Int64, on channel: any Channel
) async throws {
    var rest = size
    for try await chunk in chunks {
        try Task.checkCancellation()
        rest -= Int64(chunk.readableBytes)
        guard rest >= 0 else {
            throw HTTPClientError(code: .badRequest, problem: "the body is longer than the \(size) bytes announced")
        }
        try await write(.body(.byteBuffer(chunk)), to: channel)
    }
    guard rest == 0 else {
        throw HTTPClientError(code: .badRequest, problem: "the body is \(rest) bytes shorter than announced")
    }
    try await write(.end(nil), to: channel)
}

private func write(_ part: HTTPClientRequestPart, to channel: any Channel) async throws {
    do {
        try await channel.writeAndFlush(part)
    } catch {
        throw ConnectionBroken()
    }
}
