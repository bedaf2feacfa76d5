import FakeEngines
import Foundation
import Testing

@testable import DockerAPI

struct EndpointTests {
    @Test func theVariableComesFirst() throws {
        let endpoint = try DockerEndpoint.find(environment: ["DOCKER_HOST": "unix:///tmp/some.sock"])
        #expect(endpoint.socketPath == "/tmp/some.sock" && endpoint.origin == .variable)
    }

    @Test(arguments: ["tcp://127.0.0.1:2375", "ssh://someone@host", "/var/run/docker.sock", "unix://relative.sock"])
    func whatIsNoUnixSocketIsRefusedByName(host: String) throws {
        let error = #expect(throws: DockerError.self) {
            try DockerEndpoint.find(environment: ["DOCKER_HOST": host])
        }
        #expect(error?.code == .badEndpoint)
        #expect(error?.problem.contains(host.replacing("unix://", with: "")) == true)
        #expect(error?.remedy?.contains("unset DOCKER_HOST") == true)
    }

    @Test func aSocketPathThatNoAddressHoldsIsRefused() {
        let host = "unix:///" + String(repeating: "a", count: 120)
        #expect(throws: DockerError.self) { try DockerEndpoint.find(environment: ["DOCKER_HOST": host]) }
    }

    @Test func theCurrentContextIsFollowed() throws {
        try withHome(current: "lab", contexts: ["other": "unix:///tmp/other.sock", "lab": "unix:///tmp/lab.sock"]) {
            home in
            let endpoint = try DockerEndpoint.find(environment: ["HOME": home])
            #expect(endpoint.socketPath == "/tmp/lab.sock" && endpoint.origin == .context("lab"))
            let chosen = try DockerEndpoint.find(environment: ["HOME": home, "DOCKER_CONTEXT": "other"])
            #expect(chosen.socketPath == "/tmp/other.sock")
            let moved = try DockerEndpoint.find(environment: ["HOME": "/nowhere", "DOCKER_CONFIG": "\(home)/.docker"])
            #expect(moved.socketPath == "/tmp/lab.sock")
        }
    }

    @Test func aContextThatIsNotDefinedOrNotLocalIsRefused() throws {
        try withHome(current: "gone", contexts: ["far": "tcp://10.0.0.1:2376"]) { home in
            let gone = #expect(throws: DockerError.self) { try DockerEndpoint.find(environment: ["HOME": home]) }
            #expect(gone?.problem == "the Docker context 'gone' isn't defined")
            let far = #expect(throws: DockerError.self) {
                try DockerEndpoint.find(environment: ["HOME": home, "DOCKER_CONTEXT": "far"])
            }
            #expect(far?.problem.contains("tcp://10.0.0.1:2376") == true)
        }
    }

    @Test func theDefaultContextMeansTheUsualPlaces() throws {
        try withHome(current: "default", contexts: [:]) { home in
            let endpoint = try DockerEndpoint.find(environment: ["HOME": home])
            #expect(endpoint.origin == .usualPlace)
        }
    }

    @Test func aSocketThatAnswersWinsOverOneThatOnlyExists() async throws {
        try await FakeEngine.with({ _ in "" }) { socket in
            // The runtime directory's own socket comes before Podman's, but nothing listens there.
            let runtime = "\(socket).d"
            try FileManager.default.createDirectory(atPath: "\(runtime)/podman", withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: runtime) }
            let places = DockerEndpoint.usualPlaces(environment: ["XDG_RUNTIME_DIR": runtime])
            #expect(
                places == [
                    "/var/run/docker.sock", "\(runtime)/docker.sock", "\(runtime)/podman/podman.sock",
                    "/run/podman/podman.sock",
                ])
            #expect(UnixSocket.probe(socket) == 0)
            #expect(UnixSocket.probe("\(runtime)/docker.sock") == ENOENT)
        }
    }

    private func withHome(
        current: String, contexts: [String: String], _ body: (String) throws -> Void
    ) throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "lectern-home-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        let docker = home.appending(path: ".docker")
        try FileManager.default.createDirectory(at: docker, withIntermediateDirectories: true)
        try Data(#"{"auths": {}, "currentContext": "\#(current)"}"#.utf8).write(
            to: docker.appending(path: "config.json"))
        for (name, host) in contexts {
            let directory = docker.appending(path: "contexts/meta/digest-of-\(name)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            let text =
                #"{"Name":"\#(name)","Metadata":{},"Endpoints":{"docker":{"Host":"\#(host)","SkipTLSVerify":false}}}"#
            try Data(text.utf8).write(to: directory.appending(path: "meta.json"))
        }
        try body(home.path)
    }
}
