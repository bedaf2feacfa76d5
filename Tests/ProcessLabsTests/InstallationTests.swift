import ComposeFiles
import Diagnostics
import Foundation
import Testing

@testable import ProcessLabs

@Suite("Programs that a lab is shown") struct InstallationTests {
    /// An installation whose directory holds `lectern` and these programs.
    private func with(_ programs: [String], _ body: (Installation) throws -> Void) throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "installation-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        for name in ["lectern"] + programs {
            #expect(
                FileManager.default.createFile(
                    atPath: "\(base)/\(name)", contents: Data(), attributes: [.posixPermissions: 0o755]))
        }
        try body(.find(beside: "\(base)/lectern", environment: ["HOME": base]))
    }

    private func names(_ names: String...) -> [LabProgram] {
        names.map { LabProgram(name: $0, place: SourcePlace(file: "compose.yaml", line: 2, column: 14)) }
    }

    @Test("without a Compose file there is only the agent") func onlyTheAgent() throws {
        try with(["lectern-agent", "fill"]) { #expect($0.programs.keys.sorted() == ["lectern-agent"]) }
    }

    @Test("those that the Compose file names are shown, and no other") func named() throws {
        try with(["lectern-agent", "fill", "other"]) { installation in
            let shown = installation.showing(names("fill"))
            #expect(shown.programs.keys.sorted() == ["fill", "lectern-agent"])
            #expect(shown.missingProgram(of: names("fill")) == nil)
            #expect(shown.findLabProgram("fill") != nil && shown.findLabProgram("other") == nil)
            #expect(shown.hostPath(of: "/opt/lectern/bin/other") == nil)
        }
    }

    @Test("one that the system has goes before ours") func system() throws {
        try with(["sh"]) { installation in
            let shown = installation.showing(names("sh"))
            #expect(shown.programs["sh"] == nil && shown.missingProgram(of: names("sh")) == nil)
        }
    }

    @Test("one that nobody has is told with its place") func missing() throws {
        try with([]) { installation in
            let part = installation.showing(names("no-such-program")).missingProgram(of: names("no-such-program"))
            #expect(
                part?.problem
                    == "compose.yaml:2:14: the program 'no-such-program', which the lab shows, is not beside 'lectern'")
        }
    }

    @Test("a name never leads out of the directory", arguments: ["../sh", "/bin/sh", ".."]) func outside(name: String)
        throws
    {
        try with([]) { #expect($0.showing(names(name)).programs.isEmpty) }
    }
}
