import ComposeFiles
import DockerAPI
import FakeEngines
import Foundation
import Synchronization

/// An engine that keeps containers, networks, volumes and images in memory, and runs nothing.
final class EngineDouble: Sendable {
    struct Thing: Equatable {
        var name: String
        var labels: [String: String]
    }

    struct State {
        var containers: [Thing] = []
        var networks: [Thing] = []
        var volumes: [Thing] = []
        var images: Set<String> = []
        /// What the registry has; anything else can't be pulled.
        var registry: Set<String> = []
        /// Method and path of each request that changed something, in the order of their coming.
        var changes: [String] = []
        /// Names of networks that are said to be in use once.
        var busyNetworks: Set<String> = []
    }

    private let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }

    var current: State { state.withLock { $0 } }

    /// Runs `body` with a client of the engine.
    func withClient<Value>(_ body: (DockerClient) async throws -> Value) async throws -> Value {
        try await FakeEngine.with({ self.answer(to: $0) }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            do {
                let value = try await body(client)
                await client.close()
                return value
            } catch {
                await client.close()
                throw error
            }
        }
    }

    private func answer(to request: String) -> String {
        let words = request.prefix { !$0.isNewline }.split(separator: " ").map(String.init)
        guard words.count >= 2, let url = URLComponents(string: words[1]) else {
            return FakeEngine.json("{}", status: "400 Bad Request")
        }
        var path = url.path.split(separator: "/").map(String.init)
        if path.first?.hasPrefix("v1.") == true { path.removeFirst() }
        let query = Dictionary((url.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { first, _ in first }
        if path == ["version"] { return FakeEngine.version("1.44") }
        return state.withLock { state in
            if words[0] != "GET" { state.changes.append("\(words[0]) \(path.joined(separator: "/"))") }
            return Self.answer(words[0], path, query, in: &state)
        }
    }

    private static func answer(
        _ method: String, _ path: [String], _ query: [String: String], in state: inout State
    ) -> String {
        switch (method, path.first ?? "", path.count) {
        case ("GET", "containers", 2): return FakeEngine.json(containers(state.containers.filter(matching(query))))
        case ("GET", "networks", 1): return FakeEngine.json(named(state.networks.filter(matching(query))))
        case ("GET", "volumes", 1):
            return FakeEngine.json("{\"Volumes\":\(named(state.volumes.filter(matching(query))))}")
        case ("GET", "images", 3...):
            let reference = path.dropFirst().dropLast().joined(separator: "/")
            guard state.images.contains(reference) else {
                return failure("404 Not Found", "No such image: \(reference)")
            }
            return FakeEngine.json("{\"Id\":\"sha256:\(reference)\",\"Size\":1}")
        case ("DELETE", "containers", 2): return removal(path[1], from: &state.containers)
        case ("DELETE", "volumes", 2): return removal(path[1], from: &state.volumes)
        case ("DELETE", "networks", 2):
            if state.busyNetworks.remove(path[1]) != nil {
                return failure("403 Forbidden", "error while removing network: network \(path[1]) has active endpoints")
            }
            return removal(path[1], from: &state.networks)
        case ("POST", "images", 2):
            let reference = "\(query["fromImage"] ?? ""):\(query["tag"] ?? "")"
            guard state.registry.contains(reference) else {
                return FakeEngine.json(
                    "{\"errorDetail\":{\"message\":\"manifest for \(reference) not found: manifest unknown\"}}\n")
            }
            state.images.insert(reference)
            return FakeEngine.json("{\"status\":\"Digest: sha256:1\"}\n")
        default: return failure("501 Not Implemented", "\(method) \(path)")
        }
    }

    private static func removal(_ name: String, from things: inout [Thing]) -> String {
        guard let index = things.firstIndex(where: { $0.name == name }) else {
            return failure("404 Not Found", "no such thing: \(name)")
        }
        things.remove(at: index)
        return "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
    }

    /// Whether a thing has all the labels that a list asks for.
    private static func matching(_ query: [String: String]) -> (Thing) -> Bool {
        let filters = try? JSONDecoder().decode([String: [String]].self, from: Data((query["filters"] ?? "{}").utf8))
        let labels = filters?["label"] ?? []
        return { thing in
            labels.allSatisfy { label in
                let parts = label.split(separator: "=", maxSplits: 1).map(String.init)
                return parts.count > 1 ? thing.labels[parts[0]] == parts[1] : thing.labels[parts[0]] != nil
            }
        }
    }

    private static func containers(_ things: [Thing]) -> String {
        let items = things.map { thing in
            "{\"Id\":\"\(thing.name)\",\"Names\":[\"/\(thing.name)\"],\"Image\":\"i\",\"Labels\":\(labels(thing)),"
                + "\"State\":\"running\",\"Status\":\"Up\",\"Created\":0}"
        }
        return "[\(items.joined(separator: ","))]"
    }

    private static func named(_ things: [Thing]) -> String {
        let items = things.map { "{\"Id\":\"\($0.name)\",\"Name\":\"\($0.name)\",\"Labels\":\(labels($0))}" }
        return "[\(items.joined(separator: ","))]"
    }

    private static func labels(_ thing: Thing) -> String {
        let data = try? JSONEncoder().encode(thing.labels)
        return String(decoding: data ?? Data("{}".utf8), as: UTF8.self)
    }

    private static func failure(_ status: String, _ message: String) -> String {
        FakeEngine.json("{\"message\":\"\(message)\"}", status: status)
    }
}

/// Reads Compose files that are written to a directory of their own, the first one named `compose.yaml`.
func withProject<Value>(
    _ text: String, offline: String? = nil, _ body: (ComposeProject) async throws -> Value
) async throws -> Value {
    let directory = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let file = directory.appending(path: "compose.yaml")
    try Data(text.utf8).write(to: file)
    if let offline { try Data(offline.utf8).write(to: directory.appending(path: "compose.offline.yaml")) }
    return try await body(.read(files: [file.path(percentEncoded: false)]))
}
