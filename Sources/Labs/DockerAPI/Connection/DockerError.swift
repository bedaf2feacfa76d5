public import Diagnostics

/// An engine couldn't be reached, or refused.
public struct DockerError: UserFacingError, Hashable {
    /// What kind of failure it was, for callers that react to it.
    public enum Code: String, Hashable, Sendable {
        /// `DOCKER_HOST` or a context names no Unix socket.
        case badEndpoint
        /// Nothing listens on the socket.
        case noEngine
        case noPermission
        /// The engine speaks no version of the API that is spoken here.
        case wrongVersion
        /// The engine hung up in the middle, or went away between two requests.
        case engineGone
        case timedOut
        case noSuchContainer
        case noSuchNetwork
        case noSuchVolume
        /// The engine doesn't have the image.
        case noSuchImage
        /// The registry doesn't have the image, or asks for a login.
        case imageUnknown
        case registryUnreachable
        case nameTaken
        case portTaken
        case diskFull
        case notRunning
        /// A network with containers, a volume or image in use.
        case inUse
        /// The program that a container should run isn't in the image, or can't be run.
        case badCommand
        /// What can't be the name of an image.
        case badReference
        /// A value that the engine doesn't accept.
        case badRequest
        /// The engine said something that it shouldn't have.
        case badAnswer
        /// Any other refusal; ``DockerError/message`` has the engine's words.
        case refused
        case badFile
        case system
    }

    /// What callers decide by; ``problem`` and ``message`` are for people.
    public let code: Code
    /// What failed, naming its subject where there is one; lower case, without a full stop.
    public let problem: String
    /// The next thing to try, where possible a command to type; `nil` when nothing helps in general.
    public let remedy: String?
    /// What the engine itself said; `nil` when the problem arose on this side.
    public let message: String?
    /// The port of the host, with code `.portTaken`; `nil` when the engine didn't name it.
    public let port: Int?

    /// `remedy`, `message` and `port` are for what is known in this case; see their properties.
    public init(code: Code, problem: String, remedy: String? = nil, message: String? = nil, port: Int? = nil) {
        self.code = code
        self.problem = problem
        self.remedy = remedy
        self.message = message
        self.port = port
    }

    static func engineGone(_ socket: String) -> Self {
        Self(
            code: .engineGone, problem: "the engine at '\(socket)' is gone",
            remedy: "check that it runs: systemctl status docker")
    }

    /// It left a question without an answer while something waited for it.
    static func silent(_ socket: String) -> Self {
        Self(
            code: .timedOut, problem: "the engine at '\(socket)' does not answer any more",
            remedy: "check whether it hangs: systemctl status docker")
    }

    static func timedOut(_ socket: String, waitingFor what: String, limit: Duration) -> Self {
        Self(
            code: .timedOut,
            problem: "the engine at '\(socket)' didn't answer '\(what)' within \(limit.components.seconds) s",
            remedy: "check whether it hangs: systemctl status docker")
    }

    static func badAnswer(_ what: String) -> Self {
        Self(
            code: .badAnswer, problem: "the engine's answer can't be understood: \(what)",
            remedy: "try another version of the engine")
    }
}
