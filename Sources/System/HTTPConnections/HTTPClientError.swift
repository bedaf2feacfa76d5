import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// A request had no answer, or not a whole one. A status that reports a failure is not an error.
public struct HTTPClientError: Error, Hashable, CustomStringConvertible {
    /// What kind of failure it was, for callers that react to it.
    public enum Code: Hashable, Sendable {
        /// The target or a header of the request can't be sent.
        case badRequest
        case unknownHost
        /// Nothing listens at the endpoint.
        case refused
        /// Any other reason why a connection isn't made.
        case cannotConnect
        /// The request's time is over, or a connection was not made in time.
        case timedOut
        /// The connection ended before the answer did.
        case hungUp
        /// What came is not HTTP/1, or its head is larger than allowed.
        case badResponse
        /// The body is longer than the caller allows.
        case bodyTooLarge
        /// The pool was closed.
        case poolClosed
    }

    /// What callers decide by; ``problem`` is for people.
    public let code: Code
    /// What failed, without a full stop.
    public let problem: String

    /// - Parameter problem: Without a full stop, so that it can be part of a longer message.
    public init(code: Code, problem: String) {
        self.code = code
        self.problem = problem
    }

    /// The ``problem`` alone, as it's a whole message.
    public var description: String { problem }

    static func poolClosed(_ endpoint: HTTPEndpoint) -> Self {
        Self(code: .poolClosed, problem: "the connections to '\(endpoint)' are closed")
    }

    static func hungUp(_ endpoint: HTTPEndpoint) -> Self {
        Self(code: .hungUp, problem: "'\(endpoint)' closed the connection before its answer was complete")
    }

    static func timedOut(_ endpoint: HTTPEndpoint) -> Self {
        Self(code: .timedOut, problem: "'\(endpoint)' did not answer in time")
    }

    /// Why there is no connection.
    static func connecting(to endpoint: HTTPEndpoint, _ error: any Error) -> Self {
        // A name may stand for several addresses, each with an error of its own.
        let errors = (error as? NIOConnectionError)?.connectionErrors.map(\.error) ?? [error]
        if errors.isEmpty { return Self(code: .unknownHost, problem: "the host of '\(endpoint)' is not known") }
        if errors.contains(where: {
            ($0 as? IOError)?.errnoCode == ECONNREFUSED || ($0 as? IOError)?.errnoCode == ENOENT
        }) {
            return Self(code: .refused, problem: "nothing listens at '\(endpoint)'")
        }
        if errors.contains(where: { if case .connectTimeout = $0 as? ChannelError { true } else { false } }) {
            return Self(code: .timedOut, problem: "no connection to '\(endpoint)' was made in time")
        }
        return Self(code: .cannotConnect, problem: "no connection to '\(endpoint)' can be made: \(errors[0])")
    }

    /// Why the head of a request was not sent.
    static func sending(to endpoint: HTTPEndpoint, _ error: any Error) -> Self {
        switch error {
        case is ChannelError, is IOError: hungUp(endpoint)
        default: Self(code: .badRequest, problem: "the request to '\(endpoint)' cannot be sent: \(error)")
        }
    }

    /// What a connection that had been made broke with.
    static func broken(_ endpoint: HTTPEndpoint, _ error: any Error) -> any Error {
        switch error {
        case HTTPParserError.invalidEOFState, is IOError, is ChannelError: hungUp(endpoint)
        case is HTTPParserError, is NIOHTTPDecoderError:
            Self(code: .badResponse, problem: "the answer of '\(endpoint)' is not HTTP: \(error)")
        default: error
        }
    }
}
