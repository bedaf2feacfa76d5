import ComposeFiles
import Foundation
import Testing

/// `docker-compose config` prints a file as that program reads it, everything resolved; it needs no engine.
private let dockerCompose: String? = ["/usr/bin/docker-compose", "/usr/local/bin/docker-compose"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}

@Suite(.enabled(if: dockerCompose != nil, "docker-compose isn't installed: apt-get install docker-compose"))
struct DockerComposeTests {
    static let ourFile = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docker/compose.yaml").standardizedFileURL

    @Test func ourFileMeansTheSameToDockerCompose() throws {
        try expectSameReading(of: [Self.ourFile.path()])
    }

    @Test func mergedFilesMeanTheSameToDockerCompose() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "compose-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let base = """
            version: "2.4"
            x-common: &common
              environment: [A=1, "B=two words", "C=$$x"]
              cap_add: [KILL]
            services:
              base: {image: "base:${TAG:-1}", labels: {l: "1"}}
              web:
                <<: *common
                extends: {service: base}
                command: sh -c 'echo "$$HOME" done'
                entrypoint: [a, b]
                ports: ["127.0.0.1:8080:80", "8000-8002:8000-8002", "53:53/udp", 9000]
                volumes: ["./d:/d:ro", "v:/v", "~/h:/h"]
                depends_on: [db]
                healthcheck: {test: curl x, interval: 1m30s, timeout: 500ms, retries: 4}
                ulimits: {nofile: {soft: 10, hard: 20}, nproc: 5}
                tmpfs: /t
                env_file: e.env
                stop_grace_period: 1m
                mem_limit: 64m
              db: {image: "db:${UNSET_TAG-none}", networks: {n: {aliases: [x]}}, shm_size: 64m}
            volumes: {v: {}}
            networks: {n: {internal: true}}
            """
        let over = """
            version: "2.4"
            services:
              web:
                environment: {B: three, D: "4"}
                command: [c]
                ports: ["127.0.0.1:8081:81"]
                volumes: ["./other:/d"]
                cap_add: [CHOWN]
                depends_on: [base]
                labels: [m=2]
              db: {image: db:2}
            """
        let files = ["base.yaml": base, "over.yaml": over, "e.env": "E=e\nA=under\n"]
        for (name, text) in files { try Data(text.utf8).write(to: directory.appending(path: name)) }
        try expectSameReading(of: ["base.yaml", "over.yaml"].map { directory.appending(path: $0).path() })
    }

    /// Reads the files, and what docker-compose makes of them; both must be the same but for places.
    private func expectSameReading(of files: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let environment = ["HOME": "/home/me", "PATH": "/usr/bin:/bin"]
        let printed = try config(of: files, environment: environment)
        let copy = FileManager.default.temporaryDirectory.appending(path: "compose-\(UUID()).yaml")
        try Data(printed.utf8).write(to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let ours = try ComposeProject.read(files: files, variables: environment)
        let theirs = try ComposeProject.read(files: [copy.path()], variables: environment)
        #expect(!ours.services.isEmpty, sourceLocation: sourceLocation)
        #expect(
            ours.services.map(\.name).sorted() == theirs.services.map(\.name).sorted(), sourceLocation: sourceLocation)
        for service in ours.services {
            let other = try #require(theirs[service.name], sourceLocation: sourceLocation)
            #expect(try plain(service) == plain(other), sourceLocation: sourceLocation)
        }
    }

    private func config(of files: [String], environment: [String: String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: try #require(dockerCompose))
        process.arguments = files.flatMap { ["-f", $0] } + ["config"]
        process.environment = environment
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: printed, as: UTF8.self)
    }

    /// The value as JSON lines, without places and with lists whose order means nothing sorted.
    private func plain(_ service: Service) throws -> [String] {
        var service = service
        service.dependencies.sort { $0.service < $1.service }
        service.mounts.sort { $0.target < $1.target }
        service.ports.sort { ($0.containerPort, $0.hostPort ?? 0) < ($1.containerPort, $1.hostPort ?? 0) }
        service.addedCapabilities.sort()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let object = try JSONSerialization.jsonObject(with: encoder.encode(service))
        let data = try JSONSerialization.data(
            withJSONObject: withoutPlaces(object), options: [.sortedKeys, .prettyPrinted])
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func withoutPlaces(_ value: Any) -> Any {
        if let members = value as? [String: Any] {
            return members.filter { $0.key != "place" && $0.key != "imagePlace" }.mapValues(withoutPlaces)
        }
        return (value as? [Any]).map { $0.map(withoutPlaces) } ?? value
    }
}
