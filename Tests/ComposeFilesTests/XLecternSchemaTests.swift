import Foundation
import SchemaChecks
import Testing

@testable import ComposeFiles

/// The schema, the page for authors and the reader say the same of `x-lectern`.
@Suite("The schema of x-lectern")
struct XLecternSchemaTests {
    private let schema: SchemaCheck

    init() throws { schema = try SchemaCheck(XLecternSchema.text) }

    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Labs/ComposeFiles/ComposeFiles.docc/XLectern.md")

    private func readLab(_ member: String, _ json: String) throws -> ComposeProject {
        try ComposeFilesTests.read(
            #"{"x-lectern": {"\#(member)": \#(json)}, "services": {"web": {"image": "a"}}}"#)
    }

    @Test("every member for the whole lab is read, with every example of it")
    func labExamples() throws {
        let examples = try schema.examples(of: "lab")
        #expect(Set(examples.map(\.member)) == Set(schema.members(of: "lab")))
        for (member, json) in examples {
            #expect(try readLab(member, json).lab != LabConfiguration(), "\(member): \(json)")
            #expect(try schema.objections(to: #"{"x-lectern": {"\#(member)": \#(json)}}"#) == [])
        }
    }

    @Test(
        "what the reader refuses for the whole lab the schema refuses",
        arguments: [
            ("sed", "{}"), ("seed", "[]"), ("seed", "{}"), ("seed", #"{"comand": ["a"]}"#),
            ("seed", #"{"command": []}"#),
            ("seed", #"{"command": ["a"], "until": 1}"#), ("programs", #""mongosh""#), ("programs", #"["a/b"]"#),
            ("programs", #"[".."]"#), ("programs", #"[""]"#), ("programs", "[1]"), ("internet", #""perhaps""#),
        ])
    func refusedLab(member: String, json: String) throws {
        #expect(throws: ComposeError.self) { try readLab(member, json) }
        #expect(try schema.objections(to: #"{"x-lectern": {"\#(member)": \#(json)}}"#) != [])
    }

    private func read(_ member: String, _ json: String) throws -> ComposeProject {
        let command = member == "command" ? "" : #""command": ["true"], "#
        return try ComposeFilesTests.read(
            #"{"services": {"web": {"image": "a", "x-lectern": {\#(command)"\#(member)": \#(json)}}}}"#)
    }

    @Test("every member that is described is read, with every example of it")
    func examples() throws {
        let examples = try schema.examples(of: "x-lectern")
        #expect(Set(examples.map(\.member)) == Set(schema.members(of: "x-lectern")))
        for (member, json) in examples {
            #expect(throws: Never.self, "\(member): \(json)") { try read(member, json) }
            let document = #"{"services": {"web": {"x-lectern": {"\#(member)": \#(json)}}}}"#
            #expect(try schema.objections(to: document) == [])
        }
    }

    @Test(
        "what the reader refuses the schema refuses",
        arguments: [
            ("reset", #""often""#), ("directory", #""here""#), ("ready", #"[{"prt": 80}]"#),
            ("ready", #"[{"port": 0}]"#),
            ("ready", #"[{"http": "ftp://x"}]"#), ("template", #"{"into": "/a"}"#), ("needs", #"[{"file": "a"}]"#),
            ("terminals", #""perhaps""#), ("comand", "[]"), ("ready", #"[{"log": ""}]"#),
        ])
    func refused(member: String, json: String) throws {
        #expect(throws: ComposeError.self) { try read(member, json) }
        let document = #"{"services": {"web": {"x-lectern": {"\#(member)": \#(json)}}}}"#
        #expect(try schema.objections(to: document) != [])
    }

    @Test("the page names every member, and its example is read")
    func page() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        for member in schema.members(of: "x-lectern") { #expect(text.contains("| `\(member)` |"), "\(member)") }
        for member in schema.members(of: "lab") { #expect(text.contains("| `\(member)` |"), "\(member)") }
        for (definition, prefix) in [
            ("condition", "ready"), ("need", "needs"), ("template", "template"), ("seed", "seed"),
        ] {
            for member in schema.members(of: definition) {
                #expect(text.contains("| `\(prefix).\(member)` |"), "\(prefix).\(member)")
            }
        }
        let start = try #require(text.range(of: "```yaml\n")).upperBound
        let end = try #require(text.range(of: "```\n", range: start..<text.endIndex)).lowerBound
        let project = try ComposeFilesTests.read(String(text[start..<end]))
        #expect(project.lab.seeder?.service == "shop" && project.lab.programs.map(\.name) == ["mongosh"])
        let shop = try #require(project["shop"]?.local)
        #expect(shop.ready.count == 4 && shop.needs.count == 2 && shop.onReset == .keep && shop.environment.count == 1)
        #expect(project["store"]?.local?.template != nil && project["workspace"]?.local?.hasTerminals == true)
    }
}
