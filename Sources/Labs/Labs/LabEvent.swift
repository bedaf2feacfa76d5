public import AgentProtocol

/// What happens while a lab starts, and to its services later.
public enum LabEvent: Codable, Sendable {
    /// Something that takes a while; completes "…".
    case preparing(String)
    /// A problem that doesn't keep the lab from starting.
    case warning(String)
    /// What the lab runs on, where that was to be decided; completes "since …".
    case engineChosen(EngineKind, reason: String)
    case serviceStarting(name: String)
    /// A service runs and is not ready yet; completes "waiting for …".
    case serviceAwaited(name: String, condition: String)
    /// Seconds from the start of the service.
    case serviceReady(name: String, seconds: Double)
    /// The service ended; nothing starts it again. The tail is the end of its log.
    case serviceDied(name: String, status: ExitStatus, logTail: String)
    case portForwarded(ForwardedPort)
    /// What the lab was seeded with is in it again.
    case seededAgain(seconds: Double)
    /// Everything is ready; seconds from the request.
    case ready(seconds: Double)
    /// The lab couldn't start, and is gone.
    case failed(LabError)
}

/// A port of the lab that the host reaches on its loopback address.
public struct ForwardedPort: Hashable, Codable, Sendable {
    /// As programs in the lab know it.
    public var labPort: Int
    /// On 127.0.0.1 of the host.
    public var hostPort: Int
    /// The port that the Compose file asks for, where it was taken; `nil` when there's no difference.
    public var wanted: Int?

    /// Arguments as the properties of the same name.
    public init(labPort: Int, hostPort: Int, wanted: Int? = nil) {
        self.labPort = labPort
        self.hostPort = hostPort
        self.wanted = wanted
    }
}
