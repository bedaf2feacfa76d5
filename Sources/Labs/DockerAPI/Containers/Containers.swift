import FoundationEssentials
import NIOCore

extension DockerClient {
    /// Makes a container without starting it.
    ///
    /// - Parameter name: Letters, digits, `_`, `.` and `-`; unique in the engine.
    /// - Throws: ``DockerError``: `.nameTaken`, `.noSuchImage`, `.badRequest`.
    /// - SeeAlso: Docker Engine API, `POST /containers/create`.
    public func createContainer(name: String, _ configuration: ContainerConfiguration) async throws -> ContainerID {
        struct Created: Decodable {
            var id: ContainerID
            enum CodingKeys: String, CodingKey { case id = "Id" }
        }
        let request = try EngineRequest(
            .post, "/containers/create", query: [("name", name)], about: .container(name)
        ).sending(configuration)
        do {
            let created: Created = try await value(request)
            return created.id
        } catch let error as DockerError where error.code == .noSuchImage {
            // Engines write its name in ways of their own.
            throw DockerError.refusal(
                status: 404, message: error.message ?? "", about: .image(configuration.image))
        }
    }

    /// Starts a container; one that runs already isn't an error.
    ///
    /// - Throws: ``DockerError``: `.portTaken`, `.badCommand`, `.noSuchContainer`.
    public func start(_ container: ContainerID) async throws {
        try await perform(request(.post, container, "/start", limit: .seconds(120)))
    }

    /// Sends a signal to a container's first process.
    ///
    /// - Parameter signal: A name or a number.
    /// - Throws: ``DockerError`` with code `.notRunning` when nothing runs.
    public func kill(_ container: ContainerID, signal: String = "KILL") async throws {
        try await perform(request(.post, container, "/kill", query: [("signal", signal)]))
    }

    /// Freezes all processes of a container until ``resume(_:)``.
    ///
    /// - Throws: ``DockerError`` with code `.notRunning` when nothing runs.
    public func pause(_ container: ContainerID) async throws {
        try await perform(request(.post, container, "/pause"))
    }

    /// Lets a paused container go on.
    public func resume(_ container: ContainerID) async throws {
        try await perform(request(.post, container, "/unpause"))
    }

    /// Stops a container and waits until it has stopped; one that doesn't run isn't an error.
    ///
    /// - Parameter timeout: Rounded up to whole seconds; after it the container is killed. `nil` for the container's own
    ///   (`StopTimeout`, else ten seconds).
    public func stop(_ container: ContainerID, timeout: Duration? = nil) async throws {
        try await perform(
            request(
                .post, container, "/stop", query: [("t", timeout?.wholeSeconds)],
                limit: (timeout ?? .seconds(120)) + .seconds(60)))
    }

    /// Stops a container as ``stop(_:timeout:)`` does, and starts it again.
    public func restart(_ container: ContainerID, timeout: Duration? = nil) async throws {
        try await perform(
            request(
                .post, container, "/restart", query: [("t", timeout?.wholeSeconds)],
                limit: (timeout ?? .seconds(120)) + .seconds(120)))
    }

    /// Removes a container; one that is gone already, or being removed, isn't an error.
    ///
    /// - Parameters:
    ///   - force: Kills it first when it runs; without, a running container is an error.
    ///   - volumes: Removes its unnamed volumes too.
    public func remove(_ container: ContainerID, force: Bool = false, volumes: Bool = true) async throws {
        var removal = request(.delete, container, "", limit: .seconds(120))
        removal.query = [("force", force ? "1" : nil), ("v", volumes ? "1" : nil)]
        do {
            try await perform(removal)
        } catch let error as DockerError where error.code == .noSuchContainer {
            return
        } catch let error as DockerError where error.message?.contains("already in progress") == true {
            _ = try? await wait(for: container, until: .removed)
        }
    }

    /// - Throws: ``DockerError`` with code `.noSuchContainer`.
    public func inspect(_ container: ContainerID) async throws -> ContainerState {
        try await value(request(.get, container, "/json"))
    }

    /// Finds containers.
    ///
    /// - Parameters:
    ///   - labels: `key` or `key=value`; a container must have all of them.
    ///   - all: Also those that don't run.
    public func containers(labels: [String] = [], all: Bool = true) async throws -> [ContainerSummary] {
        try await value(
            EngineRequest(
                .get, "/containers/json",
                query: [("all", all ? "1" : nil), ("filters", try Filters(labels: labels).encoded)], about: .engine))
    }

    /// What ``wait(for:until:)`` waits for.
    public enum Ending: String, Sendable {
        /// It doesn't run; at once for one that hasn't been started.
        case notRunning = "not-running"
        /// It ends once more.
        case nextExit = "next-exit"
        case removed
    }

    /// Waits for the end of a container, for as long as it takes.
    ///
    /// - Returns: Its exit code; 128 and the number of the signal that ended it.
    public func wait(for container: ContainerID, until ending: Ending = .notRunning) async throws -> Int {
        struct Ended: Decodable {
            var code: Int
            enum CodingKeys: String, CodingKey { case code = "StatusCode" }
        }
        let ended: Ended = try await value(
            request(.post, container, "/wait", query: [("condition", ending.rawValue)], limit: nil))
        return ended.code
    }

    /// The memory that a container's processes use, caches that can be dropped left out.
    ///
    /// - Returns: `nil` when it doesn't run, or the engine can't measure.
    /// - SeeAlso: Docker Engine API, `GET /containers/{id}/stats`.
    public func memory(of container: ContainerID) async throws -> ContainerMemory? {
        let answer = try await bytes(
            request(.get, container, "/stats", query: [("stream", "false"), ("one-shot", "true")]))
        // Of one that doesn't run, Podman says nothing.
        guard answer.readableBytes > 0 else { return nil }
        let statistics = try decoded(Statistics.self, from: answer, for: "statistics")
        guard let memory = statistics.memory, let usage = memory.usage else { return nil }
        // Version 1 of control groups, then version 2.
        let cache = memory.details?["total_inactive_file"] ?? memory.details?["inactive_file"] ?? 0
        return ContainerMemory(used: usage - min(usage, cache), limit: memory.limit)
    }

    private struct Statistics: Decodable {
        struct Memory: Decodable {
            var usage: UInt64?
            var limit: UInt64?
            var details: [String: UInt64]?

            enum CodingKeys: String, CodingKey {
                case usage
                case limit
                case details = "stats"
            }
        }

        var memory: Memory?
        enum CodingKeys: String, CodingKey { case memory = "memory_stats" }
    }

    func request(
        _ method: EngineRequest.Method, _ container: ContainerID, _ action: StaticString,
        query: [(name: String, value: String?)] = [], limit: Duration? = .seconds(60)
    ) -> EngineRequest {
        EngineRequest(
            method, "/containers/\(container.rawValue)\(action: action)", query: query,
            about: .container(container.description), limit: limit)
    }
}

/// Bytes.
public struct ContainerMemory: Hashable, Codable, Sendable {
    /// Without what the kernel could drop at once, where the engine tells that apart.
    public var used: UInt64
    /// The host's memory when the container has no bound of its own.
    public var limit: UInt64?
}

/// Filters of lists and events, in the API's JSON.
struct Filters {
    private var values: [String: [String]] = [:]

    init(labels: [String] = [], _ others: [String: [String]] = [:]) {
        values = others
        if !labels.isEmpty { values["label"] = labels }
    }

    /// `nil` when nothing is filtered.
    var encoded: String? {
        get throws {
            guard !values.isEmpty else { return nil }
            return String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
        }
    }
}

extension Duration {
    /// Rounded up.
    var wholeSeconds: String {
        String(components.seconds + (components.attoseconds > 0 ? 1 : 0))
    }
}
