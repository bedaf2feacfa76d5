public import NIOCore
public import NIOHTTP1

/// A request to the server of an ``HTTPConnectionPool``.
public struct HTTPClientRequest: Sendable {
    /// What follows the head. Its length is known in advance, so that nothing is sent with chunked encoding.
    public enum Body: Sendable {
        case bytes(ByteBuffer)
        /// Chunks that are taken as fast as the server reads them; together they must have exactly `size` bytes.
        case stream(any AsyncSequence<ByteBuffer, any Error> & Sendable, size: Int64)
    }

    /// `GET` and `HEAD`, unless a stream is their body, are sent again when the server closes a kept connection just then.
    public var method: HTTPMethod
    /// Path and query, escaped.
    public var target: String
    /// `Host`, `Content-Length` and `Transfer-Encoding` are set when the request is sent; only `Host` can be chosen here.
    public var headers: HTTPHeaders
    /// `nil` for none; `POST`, `PUT` and `PATCH` then say that their length is 0.
    public var body: Body?

    /// Checks nothing: a target that can't be sent is an error with code `.badRequest` when it's sent.
    public init(_ method: HTTPMethod, _ target: String, headers: HTTPHeaders = [:], body: Body? = nil) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first part that goes out.
    ///
    /// - Throws: ``HTTPClientError`` with code `.badRequest` for a target that would not be one word of the request line.
    func head(for endpoint: HTTPEndpoint) throws -> HTTPRequestHead {
        guard target.hasPrefix("/"), target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw HTTPClientError(code: .badRequest, problem: "'\(target)' is not the path of a request")
        }
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)
        if !headers.contains(name: "Host") { head.headers.add(name: "Host", value: endpoint.hostHeader) }
        head.headers.remove(name: "Transfer-Encoding")
        head.headers.remove(name: "Content-Length")
        if let size { head.headers.add(name: "Content-Length", value: "\(size)") }
        return head
    }

    /// Bytes of the body; `nil` where no length is announced.
    private var size: Int64? {
        switch body {
        case .bytes(let bytes): Int64(bytes.readableBytes)
        case .stream(_, let size): size
        case nil: method == .POST || method == .PUT || method == .PATCH ? 0 : nil
        }
    }

    /// Whether sending it twice does no more than sending it once.
    var isRepeatable: Bool {
        if case .stream = body { return false }
        return method == .GET || method == .HEAD
    }
}
