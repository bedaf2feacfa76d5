import ComposeFiles
import Foundation
import Testing

@testable import ProcessLabs

@Suite struct TemplateKeyTests {
    /// The key of the template of a service `db` with these members of `x-lectern` and of the service itself.
    private func key(
        into: String = "/d", build: String = "[sh, -c, make]", environment: String = "{A: '1'}",
        needs: String = "[]", installation: Installation = Installation(programs: [:])
    ) throws -> String {
        let project = try ComposeProject.read(
            text: """
                services:
                  db:
                    image: x
                    environment: \(environment)
                    x-lectern:
                      command: [sleep, "1"]
                      template: {into: \(into), build: \(build)}
                      needs: \(needs)
                """, file: "/lesson/compose.yaml")
        let service = try #require(project["db"])
        let template = try #require(service.local?.template)
        return TemplateKey(
            template, of: service, environment: installation.environment(service.processEnvironment),
            installation: installation
        ).description
    }

    @Test("equal inputs have one key, and it is a SHA-256")
    func equalInputs() throws {
        #expect(try key() == key())
        #expect(try key().count == 64)
    }

    @Test("whatever goes in changes the key")
    func everyInputCounts() throws {
        let keys = try [
            key(), key(into: "/e"), key(build: "[sh, -c, other]"), key(build: "[sh, '-c make']"),
            key(build: "[sh, -c, make, '']"), key(environment: "{A: '2'}"), key(environment: "{A: '1', B: ''}"),
            key(environment: "{}"), key(needs: "[{program: sh}]"), key(needs: "[{file: /usr/bin/env}]"),
            key(installation: Installation(programs: ["mongosh": "/usr/bin/env"])),
            key(installation: Installation(programs: [:], parts: "/usr/share")),
        ]
        #expect(Set(keys).count == keys.count)
    }

    @Test("a needed file that changes changes the key, and so does a library")
    func filesCount() throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID())").path
        try FileManager.default.createDirectory(atPath: "\(base)/lib", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: base) }
        let installation = Installation(programs: [:], parts: base)
        func current() throws -> String {
            try key(
                environment: "{LD_LIBRARY_PATH: /opt/lectern/parts/lib}",
                needs: "[{file: /opt/lectern/parts/data}]", installation: installation)
        }
        var keys = [try current()]
        for (name, text) in [("data", "1"), ("data", "12"), ("lib/libx.so.1", "1"), ("lib/libx.so.1", "12")] {
            try Data(text.utf8).write(to: URL(filePath: "\(base)/\(name)"))
            keys.append(try current())
        }
        #expect(Set(keys).count == keys.count)
    }
}
