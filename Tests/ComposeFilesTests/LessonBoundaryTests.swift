import Diagnostics
import Foundation
import Lessons
import Testing

@testable import ComposeFiles

/// What a lesson's Compose file may read, and what it may learn.
@Suite struct LessonBoundaryTests {
    private static let secret = "token-4711"

    /// A lesson beside a secret, in a directory of the test's own.
    private func withLesson(
        _ text: String, files: [String: String] = [:], links: [String: String] = [:],
        _ body: (_ base: String, _ file: String) throws -> Void
    ) throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "boundary-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        let all = files.merging(["lesson/compose.yaml": text, "secret.env": "SECRET=\(Self.secret)\n"]) { $1 }
        for (name, text) in all {
            let file = URL(filePath: "\(base)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        for (name, destination) in links {
            try FileManager.default.createSymbolicLink(atPath: "\(base)/\(name)", withDestinationPath: destination)
        }
        try body(base, "\(base)/lesson/compose.yaml")
    }

    private func service(_ lines: String) -> String { "services:\n  web:\n    image: x\n    \(lines)\n" }

    @Test(
        "a file outside is not read, however it is named",
        arguments: [
            ("env_file: ../secret.env", [:]), ("env_file: BASE/secret.env", [:]),
            ("env_file: [link.env]", ["link.env": "../secret.env"]),
            ("env_file: up/secret.env", ["up": ".."]), ("env_file: {path: ../secret.env, required: false}", [:]),
            ("env_file: [{path: ../none.env, required: false}]", [:]),
            ("extends: {file: ../other.yaml, service: base}", [:]),
            ("extends: {file: link.yaml, service: base}", ["link.yaml": "../other.yaml"]),
            ("env_file: /etc/passwd", [:]),
            ("env_file: /no/such/file", [:]),
        ])
    func outside(lines: String, links: [String: String]) throws {
        try withLesson("", files: ["other.yaml": "services: {base: {image: \(Self.secret)}}"]) { base, file in
            for (name, destination) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(base)/lesson/\(name)", withDestinationPath: destination)
            }
            try Data(service(lines.replacing("BASE", with: base)).utf8).write(to: URL(filePath: file))
            let error = #expect(throws: ComposeError.self) { try ComposeProject.read(files: [file]) }
            #expect(error?.code == .outside, "\(String(describing: error))")
            #expect(error?.description.contains(Self.secret) == false)
            #expect(error?.place?.line == 4)
        }
    }

    @Test("a file of the same repository is read, also through a link inside")
    func inside() throws {
        try withLesson(
            service("env_file: [../shared/a.env, link.env]"),
            files: [".git/config": "", "shared/a.env": "A=1", "shared/b.env": "B=2"],
            links: ["lesson/link.env": "../shared/b.env"]
        ) { _, file in
            let project = try ComposeProject.read(files: [file])
            #expect(project["web"]?.environment == ["A": "1", "B": "2"])
        }
    }

    @Test("a lesson can't name another lesson's environment, nor a file that is no Compose file")
    func environmentOfALesson() throws {
        try withLesson(service(""), files: ["other/compose.yaml": service("")]) { base, file in
            let lesson = "\(base)/lesson"
            let project = try ComposeProject.read(files: [file], of: lesson)
            #expect(project.services.count == 1)
            for (other, code) in [
                ("\(base)/other/compose.yaml", ComposeError.Code.outside),
                ("\(lesson)/../other/compose.yaml", .outside),
                ("\(base)/secret.env", .unreadable), ("/etc/shadow", .unreadable), ("/etc/none.yaml", .outside),
            ] {
                let error = #expect(throws: ComposeError.self) { try ComposeProject.read(files: [other], of: lesson) }
                #expect(error?.code == code, "\(other): \(String(describing: error))")
                #expect(error?.description.contains(Self.secret) == false)
            }
        }
    }

    @Test("a pipe in place of a file is refused at once", .timeLimit(.minutes(1)))
    func pipes() throws {
        try withLesson(service("env_file: pipe.env")) { base, file in
            #expect(mkfifo("\(base)/lesson/pipe.env", 0o600) == 0)
            let error = #expect(throws: ComposeError.self) { try ComposeProject.read(files: [file]) }
            #expect(error?.code == .unreadable)
        }
    }

    @Test("the caller's environment is not the lesson's")
    func callersEnvironment() throws {
        let text = service("environment: [PATH, \"HOME=${HOME}\"]\n    labels: {a: \"${PATH:-none}\"}")
        try withLesson(text) { _, file in
            let web = try #require(try ComposeProject.read(files: [file])["web"])
            #expect(web.environment == ["HOME": ""] && web.labels == ["a": "none"])
            let passed = try #require(try ComposeProject.read(files: [file], variables: ["PATH": "/bin"])["web"])
            #expect(passed.environment == ["HOME": "", "PATH": "/bin"] && passed.labels == ["a": "/bin"])
        }
    }

    @Test("no message shows a line of a file of variables")
    func variablesAreNotQuoted() throws {
        for line in [
            "machine example.org password \(Self.secret)", "A='\(Self.secret)' x", "\(Self.secret)+/==",
            "A='\(Self.secret)",
        ] {
            try withLesson(service("env_file: a.env"), files: ["lesson/a.env": "OK=1\n\(line)\n"]) { _, file in
                let error = #expect(throws: ComposeError.self, "\(line)") { try ComposeProject.read(files: [file]) }
                #expect(error?.description.contains(Self.secret) == false, "\(String(describing: error))")
                #expect(error?.place?.line == 2)
            }
        }
    }

    @Test("a home directory is not part of a lesson")
    func homes() throws {
        let error = try serviceFailure("    volumes: [\"~/.ssh:/keys\"]")
        #expect(error.code == .outside)
    }

    @Test(
        "names that mean another place are refused at their line", arguments: ["..", ".", "a/b", "\"a\\nb\"", "\"\""])
    func names(_ name: String) throws {
        #expect(try failure(of: "services:\n  \(name): {image: x}\n").place?.line == 2)
        let volumes = try failure(of: "services: {web: {image: x}}\nvolumes:\n  \(name): {}\n")
        #expect(volumes.code == .invalidValue && volumes.place?.line == 3)
    }

    @Test("more services than a lab takes are refused with a sentence")
    func numberOfServices() throws {
        let services = (0..<257).map { "  s\($0): {image: x}\n" }.joined()
        let error = try failure(of: "services:\n" + services)
        #expect(error.code == .tooLarge && error.problem.contains("257 services"))
        #expect(try read("services:\n" + services.replacing("  s256: {image: x}\n", with: "")).services.count == 256)
    }
}

/// Quotes in files of variables, as the Compose documentation has them.
@Suite struct EnvironmentFileQuoteTests {
    private func value(_ text: String) throws -> String? {
        try EnvironmentFile(context: ReadingContext { _ throws(FileFailure) in "" }, file: ".env")
            .read("V=\(text)\n", environment: [:]).first?.value
    }

    @Test(
        "a quote behind a backslash is part of the value",
        arguments: [
            (#"'It\'s me'"#, "It's me"), (#"'a\nb'"#, #"a\nb"#), (#"'\''"#, "'"), (#"'$X \'y\''"#, "$X 'y'"),
            (#""say \"hi\"""#, #"say "hi""#), (#""{\"a\": 1}""#, #"{"a": 1}"#), ("'a' # comment", "a"), ("'a'   ", "a"),
        ])
    func quotes(text: String, value: String) throws {
        #expect(try self.value(text) == value)
    }

    @Test(
        "text behind a closing quote is an error, not lost",
        arguments: [
            #"'a'b"#, #""a" b"#, "'a' 'b'", "'a'#b", #"'It's me'"#,
        ])
    func textBehindQuotes(_ text: String) {
        #expect(throws: ComposeError.self) { try value(text) }
    }
}
