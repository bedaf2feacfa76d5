import ComposeFiles
import Foundation
import Labs
import Testing

@testable import ProcessLabs

@Suite struct SandboxMountsTests {
    /// The mounts of a lesson with these services and the directories `a` and `b`, or the error.
    private func mounts(_ services: String) throws -> SandboxMounts {
        let base = FileManager.default.temporaryDirectory.appending(path: "mounts-\(UUID())").path
        for name in ["lesson/a/inner", "lesson/b", "lab"] {
            try FileManager.default.createDirectory(atPath: "\(base)/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.createSymbolicLink(atPath: "\(base)/lesson/a/link", withDestinationPath: "inner")
        defer { try? FileManager.default.removeItem(atPath: base) }
        let file = "\(base)/lesson/compose.yaml"
        try Data("services:\n\(services)\nvolumes: {data: {}}\n".utf8).write(to: URL(filePath: file))
        let project = try LessonMounts(directory: "\(base)/lab/mounts").copying(ComposeProject.read(files: [file]))
        return try SandboxMounts(of: project.services, in: "\(base)/lab")
    }

    private func service(_ name: String, _ volumes: String, template: String = "") -> String {
        "  \(name): {image: x, volumes: [\(volumes)], x-lectern: {command: [sleep, '1']\(template)}}\n"
    }

    @Test("every service's mounts are made, each target once")
    func allServices() throws {
        let mounts = try mounts(
            service("one", "'./a:/srv/a:ro', 'data:/data', './b:/srv/b:ro'")
                + service("two", "'./a:/srv/a/:ro', './b:/srv/b', /own, {type: tmpfs, target: /cache}"))
        #expect(mounts.bindings.map(\.target) == ["/data", "/own", "/srv/a", "/srv/b"])
        #expect(mounts.bindings.map(\.isWritable) == [true, true, false, true])
        #expect(mounts.temporary == ["/cache"])
        #expect(mounts.volumes.mapValues { $0.map(\.target) } == ["one": ["/data"], "two": ["/own"]])
    }

    @Test("a reset empties the workspace's volumes, but not those of a service that goes on, wherever it has them")
    func volumesOfTheWorkspace() throws {
        let project = """
            services:
              keeper: {image: x, volumes: ["data:/keep", "log:/log"], x-lectern: {command: [sleep, "1"], reset: keep}}
              other: {image: x, volumes: ["own:/own"], x-lectern: {command: [sleep, "1"]}}
              work: {image: x, volumes: ["data:/data", "log:/log", "own:/own", "mine:/mine", /loose], x-lectern: {terminals: true}}
            volumes: {data: {}, log: {}, own: {}, mine: {}}
            """
        let base = FileManager.default.temporaryDirectory.appending(path: "mounts-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        try Data(project.utf8).write(to: URL(filePath: "\(base)/compose.yaml"))
        let services = try ComposeProject.read(files: ["\(base)/compose.yaml"]).services
        let mounts = try SandboxMounts(of: services, in: base)
        #expect(mounts.volumesOfWorkspace(services).map(\.target).sorted() == ["/loose", "/mine", "/own"])
    }

    @Test("two meanings of one target are refused at the second's line")
    func conflicts() throws {
        for second in ["'./b:/srv/a'", "'data:/srv/a'", "{type: tmpfs, target: /srv/a}"] {
            let error = #expect(throws: LabError.self) {
                try mounts(service("one", "'./a:/srv/a:ro'") + service("two", second))
            }
            #expect(error?.code == .badDefinition)
            #expect(error?.problem.contains("compose.yaml:3:") == true, "\(error?.problem ?? "")")
            #expect(error?.problem.contains("service 'one'") == true)
        }
    }

    @Test("a data directory is nobody else's, in whole or in part")
    func dataDirectories() {
        for target in ["/d", "/d/inner", "/srv"] {
            let into = target == "/srv" ? "/srv/d" : "/d"
            #expect(throws: LabError.self) {
                try mounts(
                    service("one", "", template: ", template: {into: \(into), build: [sh]}")
                        + service("two", "'./a:\(target)'"))
            }
        }
    }

    @Test(
        "the lab's own places and the host's system aren't covered",
        arguments: [
            "/", "/usr", "/usr/share/nothing-is-here", "/proc/x", "/dev", "/opt", "/opt/lectern/bin",
            "/run/lectern/scripts",
            "/srv/../usr", "/lib",
        ])
    func forbiddenTargets(_ target: String) {
        #expect(throws: LabError.self) { try mounts(service("one", "'./a:\(target)'")) }
    }

    @Test("a mount inside another one gets its place in the copy, and never through a link")
    func nestedMounts() throws {
        let mounts = try mounts(service("one", "'./a:/srv/a:ro', './b:/srv/a/inner/b'"))
        #expect(mounts.bindings.map(\.target) == ["/srv/a", "/srv/a/inner/b"])
        #expect(throws: LabError.self) { try self.mounts(service("one", "'./a:/srv/a:ro', './b:/srv/a/link/b'")) }
    }
}
