import FoundationEssentials
import Glibc

/// The Unix socket on which an engine is expected.
public struct DockerEndpoint: Hashable, Sendable {
    /// What pointed to the socket.
    public enum Origin: Hashable, Sendable {
        /// The variable `DOCKER_HOST`.
        case variable
        /// A context of Docker's command line.
        case context(String)
        /// A place where engines put their socket by default.
        case usualPlace
    }

    /// A path on this host. Whether an engine listens there shows only when a client connects.
    public let socketPath: String
    /// Lets a report say which setting to change when the engine isn't the one that was meant.
    public let origin: Origin

    /// For a path that is known already: nothing is looked up or checked. See ``find(environment:)``.
    public init(socketPath: String, origin: Origin = .variable) {
        self.socketPath = socketPath
        self.origin = origin
    }

    /// Looks where Docker's command line would look, then for rootless Docker and Podman.
    ///
    /// The order is `DOCKER_HOST`, the context of `DOCKER_CONTEXT` or of `config.json` (under `DOCKER_CONFIG`, else
    /// `~/.docker`), `/var/run/docker.sock`, `$XDG_RUNTIME_DIR/docker.sock`, and Podman's sockets. Of the usual places the
    /// first that answers wins. That nothing answers anywhere isn't an error here: connecting says so.
    ///
    /// - Throws: ``DockerError`` with code `.badEndpoint` when the variable or context names something other than a Unix
    ///   socket, or a context that isn't there.
    public static func find(environment: [String: String]) throws -> DockerEndpoint {
        if let host = environment["DOCKER_HOST"], !host.isEmpty {
            return DockerEndpoint(
                socketPath: try socketPath(of: host, namedBy: "DOCKER_HOST", remedy: "unset DOCKER_HOST"),
                origin: .variable)
        }
        let contexts = DockerContexts(environment: environment)
        if let name = contexts.current {
            let remedy = "choose another context: docker context use default"
            guard let host = contexts.host(of: name) else {
                throw DockerError(
                    code: .badEndpoint, problem: "the Docker context '\(name)' isn't defined", remedy: remedy)
            }
            return DockerEndpoint(
                socketPath: try socketPath(of: host, namedBy: "the Docker context '\(name)'", remedy: remedy),
                origin: .context(name))
        }
        let places = usualPlaces(environment: environment)
        let path =
            places.first { UnixSocket.probe($0) == 0 }
            ?? places.first { access($0, F_OK) == 0 } ?? "/var/run/docker.sock"
        return DockerEndpoint(socketPath: path, origin: .usualPlace)
    }

    static func usualPlaces(environment: [String: String]) -> [String] {
        var places = ["/var/run/docker.sock"]
        if let runtime = environment["XDG_RUNTIME_DIR"], !runtime.isEmpty {
            places += ["\(runtime)/docker.sock", "\(runtime)/podman/podman.sock"]
        }
        return places + ["/run/podman/podman.sock"]
    }

    private static func socketPath(of host: String, namedBy source: String, remedy: String) throws -> String {
        let scheme = "unix://"
        guard host.hasPrefix(scheme) else {
            throw DockerError(
                code: .badEndpoint,
                problem: "\(source) names the engine '\(host)', but only Unix sockets (unix://…) can be used",
                remedy:
                    "\(remedy), or forward the engine's socket: ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST")
        }
        let path = String(host.dropFirst(scheme.count))
        guard path.hasPrefix("/"), path.utf8.count < UnixSocket.maxPathLength else {
            throw DockerError(
                code: .badEndpoint,
                problem: "\(source) names the socket '\(path)', which is not an absolute path of at most "
                    + "\(UnixSocket.maxPathLength - 1) bytes",
                remedy: remedy)
        }
        return path
    }
}

/// The contexts that Docker's command line keeps in its directory.
struct DockerContexts {
    private struct Configuration: Decodable {
        var currentContext: String?
    }

    private struct Metadata: Decodable {
        struct Endpoint: Decodable {
            var host: String?
            enum CodingKeys: String, CodingKey { case host = "Host" }
        }

        var name: String
        var endpoints: [String: Endpoint]?
        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case endpoints = "Endpoints"
        }
    }

    private let directory: String?
    /// The context in use; `nil` for the default one, which names no host.
    let current: String?

    init(environment: [String: String]) {
        let home = environment["HOME"].map { "\($0)/.docker" }
        directory = environment["DOCKER_CONFIG"].flatMap { $0.isEmpty ? nil : $0 } ?? home
        var name = environment["DOCKER_CONTEXT"].flatMap { $0.isEmpty ? nil : $0 }
        if name == nil, let directory, let data = contents(of: "\(directory)/config.json") {
            // An unreadable file is for Docker's own tools to complain about.
            name = try? JSONDecoder().decode(Configuration.self, from: data).currentContext
        }
        current = name == nil || name == "" || name == "default" ? nil : name
    }

    /// - Returns: `nil` when no such context is defined, or it has no Docker endpoint.
    func host(of name: String) -> String? {
        guard let directory else { return nil }
        // Each lies under the digest of its name; its file repeats the name.
        let parent = "\(directory)/contexts/meta"
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard let data = contents(of: "\(parent)/\(entry)/meta.json"),
                let metadata = try? JSONDecoder().decode(Metadata.self, from: data), metadata.name == name
            else { continue }
            return metadata.endpoints?["docker"]?.host
        }
        return nil
    }
}

/// A small file; `nil` when it isn't there or can't be read.
private func contents(of path: String) -> Data? {
    FileManager.default.contents(atPath: path)
}
