import FoundationEssentials

/// Something that happened in the engine.
public struct EngineEvent: Hashable, Codable, Sendable {
    /// `container`, `image`, `network`, `volume`, …
    public var type: String
    /// `start`, `die`, `oom`, `destroy`, `health_status: healthy`, …
    public var action: String
    /// What it happened to, of the kind that ``type`` names.
    public var actor: Actor
    /// Nanoseconds since 1970.
    public var time: Int64?

    enum CodingKeys: String, CodingKey {
        case type = "Type"
        case action = "Action"
        case actor = "Actor"
        case time = "timeNano"
    }

    /// The container, image, network or volume of an event, as the engine described it at that moment.
    public struct Actor: Hashable, Codable, Sendable {
        /// In full for a container or a network; the name of a volume; the reference or id of an image.
        public var id: String
        /// Labels, and for containers also `name`, `image` and, with `die`, `exitCode`.
        public var attributes: [String: String]?

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case attributes = "Attributes"
        }
    }

    /// The container that it happened to; `nil` for events of other types.
    public var container: ContainerID? { type == "container" ? ContainerID(actor.id) : nil }
    /// With `die`.
    public var exitCode: Int? {
        (actor.attributes?["exitCode"] ?? actor.attributes?["containerExitCode"]).flatMap { Int($0) }
    }
}

/// What happens in the engine from now on.
///
/// Ends only by an error: `.engineGone` when the engine stops.
public struct EngineEvents: AsyncSequence, Sendable {
    /// One event; they come in the order in which the engine reports them.
    public typealias Element = EngineEvent

    let lines: JSONLines<EngineEvent>
    let socketPath: String

    /// Reads the engine's one answer, for one task.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var lines: JSONLines<EngineEvent>.AsyncIterator
        fileprivate let socketPath: String

        /// Waits for the next event.
        /// - Returns: Never `nil`, as the end of the answer is an error.
        /// - Throws: ``DockerError``, with code `.engineGone` once the engine has stopped; `CancellationError`.
        public mutating func next() async throws -> EngineEvent? {
            if let event = try await lines.next() { return event }
            try Task.checkCancellation()
            throw DockerError.engineGone(socketPath)
        }
    }

    /// May be called once, as there is one answer to read; a second call traps.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(lines: lines.makeAsyncIterator(), socketPath: socketPath)
    }
}

extension DockerClient {
    /// Listens to what happens in the engine; nothing that happens after the call is missed.
    ///
    /// - Parameters:
    ///   - labels: `key` or `key=value`; what it happens to must have all of them.
    ///   - types: Such as `container`; empty for all.
    ///   - actions: Such as `die`; empty for all.
    /// - SeeAlso: Docker Engine API, `GET /events`.
    public func events(
        labels: [String] = [], types: [String] = [], actions: [String] = []
    ) async throws -> EngineEvents {
        var others: [String: [String]] = [:]
        if !types.isEmpty { others["type"] = types }
        // Podman calls the death of a container "died" here, and "die" in the event itself.
        if !actions.isEmpty { others["event"] = actions + (actions.contains("die") ? ["died"] : []) }
        let body = try await open(
            EngineRequest(
                .get, "/events", query: [("filters", try Filters(labels: labels, others).encoded)], about: .engine))
        return EngineEvents(lines: JSONLines(body: body), socketPath: endpoint.socketPath)
    }
}
