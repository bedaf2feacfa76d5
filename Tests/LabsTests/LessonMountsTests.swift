import ComposeFiles
import Foundation
import HostFiles
import Testing

@testable import Labs

@Suite struct LessonMountsTests {
    /// A lesson of two services with these volumes, in a repository beside a secret.
    private func withLesson(
        _ volumes: String, files: [String: String] = [:], links: [String: String] = [:],
        limits: TreeCopy.Limits = .init(), _ body: (String, Result<ComposeProject, LabError>) throws -> Void
    ) throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "mounts-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        let compose = """
            services:
              one: {image: x, volumes: [\(volumes)]}
              two: {image: x, volumes: [\(volumes)]}
            """
        let own = [
            "repository/lesson/compose.yaml": compose, "repository/.git/hooks/pre-commit": "hook",
            "repository/lesson/app/index.html": "page", "secret/key": "secret",
        ]
        for (name, text) in own.merging(files, uniquingKeysWith: { $1 }) {
            let file = URL(filePath: "\(base)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        for (name, destination) in links {
            try FileManager.default.createSymbolicLink(atPath: "\(base)/\(name)", withDestinationPath: destination)
        }
        let project = try ComposeProject.read(files: ["\(base)/repository/lesson/compose.yaml"])
        let mounts = LessonMounts(directory: "\(base)/lab", limits: limits)
        try body(base, Result { () throws(LabError) in try mounts.copying(project) })
    }

    private func copy(of project: Result<ComposeProject, LabError>, service: Int = 0) throws -> String {
        guard case .copy(let path)? = try project.get().services[service].mounts.first?.source else {
            throw CocoaError(.fileNoSuchFile)
        }
        return path
    }

    @Test("services get one copy of what they mount, without git's files", arguments: ["'..:/c'", "'../:/c:ro'"])
    func copies(_ volumes: String) throws {
        try withLesson(volumes) { base, project in
            let path = try copy(of: project)
            #expect(try copy(of: project, service: 1) == path)
            #expect(path.hasPrefix("\(base)/lab/"))
            let names = try FileManager.default.subpathsOfDirectory(atPath: path)
            #expect(names.contains("lesson/app/index.html") && !names.contains { $0.hasPrefix(".git") })
            // A lab may do to it what it likes.
            try FileManager.default.removeItem(atPath: "\(path)/lesson")
            #expect(FileManager.default.fileExists(atPath: "\(base)/repository/lesson/app/index.html"))
        }
    }

    @Test(
        "nothing else of the host is mounted",
        arguments: [
            ("/etc", "outside the lesson"), ("../../secret", "outside the lesson"),
            ("../../none", "outside the lesson"),
            ("./link", "out of the lesson"), ("./link/key", "outside the lesson"), ("../.git", "belongs to git"),
            ("../.git/hooks", "belongs to git"), ("./git", "out of the lesson"), ("./missing", "doesn't exist"),
            ("./pipe", "is not a regular file"), ("/", "outside the lesson"),
        ])
    func refusals(_ source: String, reason: String) throws {
        let links = ["repository/lesson/link": "../../secret", "repository/lesson/git": "../.git"]
        try withLesson("\"\(source):/x\"", links: links) { base, _ in
            #expect(mkfifo("\(base)/repository/lesson/pipe", 0o600) == 0)
            let project = try ComposeProject.read(files: ["\(base)/repository/lesson/compose.yaml"])
            let error = #expect(throws: LabError.self) { try LessonMounts(directory: "\(base)/lab2").copying(project) }
            #expect(error?.code == .badDefinition)
            #expect(error?.problem.contains(reason) == true, "\(String(describing: error))")
            #expect(error?.problem.contains("compose.yaml:2:") == true)
        }
    }

    @Test("a lesson that lies in a directory of everybody mounts nothing")
    func everybodysDirectory() throws {
        try withLesson("./app:/x") { base, _ in
            try FileManager.default.removeItem(atPath: "\(base)/repository/.git")
            #expect(chmod("\(base)/repository/lesson", 0o1777) == 0)
            let project = try ComposeProject.read(files: ["\(base)/repository/lesson/compose.yaml"])
            let error = #expect(throws: LabError.self) { try LessonMounts(directory: "\(base)/lab2").copying(project) }
            #expect(error?.problem.contains("holds other things") == true, "\(String(describing: error))")
        }
    }

    @Test("more than a copy may hold is refused with a sentence")
    func limits() throws {
        try withLesson("./app:/x", limits: .init(entries: 10, bytes: 3)) { _, project in
            let error = #expect(throws: LabError.self) { try project.get() }
            #expect(error?.problem.contains("has more than") == true)
        }
    }
}
