import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import Testing

@Suite struct ScenarioTests {
    private let index = """
        {"title": "T", "description": "D", "unknown": [1.5e3, null],
         "details": {"intro": {"text": "intro.md", "courseData": "bg.sh", "code": "fg.sh"},
          "steps": [{"title": "One", "text": "a/one.md", "verify": "v.sh"}, {"text": "two.md"}],
          "finish": {"text": "finish.md"},
          "assets": {"host01": [{"file": "*.sh", "target": "/opt", "chmod": "+x"}]}},
         "environment": {"uilayout": "terminal", "uieditorpath": "/root/app"},
         "backend": {"imageid": "ubuntu", "port": 80},
         "lectern": {"environment": "../../docker/compose.yaml", "seed": {"rows": 3, "seed": 42, "language": "de"}, "timeout": "90s"}}
        """

    private let pages = ["intro.md": "# Intro", "a/one.md": "`ls`{{execute}}", "two.md": "# Two", "finish.md": "bye"]

    private func failure(_ index: String, files: [String: String] = [:], name: String = "index.json") throws
        -> LessonError
    {
        let folder = try Folder(files.merging([name: index]) { $1 })
        return try #require(throws: LessonError.self) { try LessonReader().scenario(at: folder.path) }
    }

    @Test func pagesComeInReadingOrder() throws {
        let folder = try Folder(pages.merging(["index.json": index]) { $1 })
        let scenario = try LessonReader().scenario(at: folder.path + "/")
        #expect(scenario.title == "T")
        #expect(scenario.summary == "D")
        #expect(scenario.pages.map(\.role) == [.intro, .step(1), .step(2), .finish])
        #expect(scenario.pages.map(\.title) == ["Intro", "One", "Two", ""])
        #expect(scenario.pages[1].file == folder.path + "/a/one.md")
        #expect(scenario.pages[1].actions.first?.place.file == folder.path + "/a/one.md")
        let index = folder.path + "/index.json"
        #expect(
            scenario.pages[0].scripts
                == PageScripts(
                    foreground: "fg.sh", background: "bg.sh",
                    places: [
                        .background: .init(file: index, line: 2, column: 58),
                        .foreground: .init(file: index, line: 2, column: 75),
                    ]))
        #expect(scenario.pages[1].scripts.verify == "v.sh")
        #expect(
            scenario.settings
                == ScenarioSettings(
                    environment: ["../../docker/compose.yaml"],
                    seeding: Seeding(
                        [
                            .init(name: "rows", value: "3"), .init(name: "seed", value: "42"),
                            .init(name: "language", value: "de"),
                        ], place: .init(file: index, line: 8, column: 66)),
                    timeout: 90))
        #expect(
            scenario.platform
                == ScenarioPlatform(
                    image: "ubuntu", layout: "terminal", editorPath: "/root/app", port: 80,
                    assets: [
                        Asset(
                            host: "host01", file: "*.sh", target: "/opt", mode: "+x",
                            place: .init(file: index, line: 5, column: 34))
                    ], imagePlace: .init(file: index, line: 7, column: 25)))
    }

    @Test func aTitleAndAnImageAreAScenario() throws {
        let folder = try Folder(["index.json": #"{"title":"x","backend":{"imageid":"ubuntu"}}"#])
        #expect(try LessonReader().scenario(at: folder.path).pages.isEmpty)
    }

    @Test func yamlIndexesSayTheSame() throws {
        let yaml = """
            title: T
            details:
              steps:
                - {title: One, text: a/one.md}
            backend: {imageid: ubuntu}
            lectern:
              environment: [a.yaml, b.yaml]
            """
        let folder = try Folder(pages.merging(["index.yaml": yaml]) { $1 })
        let scenario = try LessonReader().scenario(at: folder.path)
        #expect(scenario.pages.map(\.title) == ["One"])
        #expect(scenario.settings.environment == ["a.yaml", "b.yaml"])
        #expect(try failure("title: [", name: "index.yaml").place?.line ?? 0 >= 1)
        let unknown = try failure("title: x\nlectern:\n  time: 3\n", name: "index.yaml")
        #expect(unknown.place?.line == 3)
        #expect(unknown.place?.column == 3)
    }

    @Test(arguments: [
        ("{\"title\": \"x\",}", 1, 15, "expected a name in double quotes, found '}'"),
        ("{\n  \"title\": 'x'\n}", 2, 12, "expected a value, found '''"),
        ("{\n  \"title\" \"x\"\n}", 2, 11, "expected ':' after \"title\", found '\"'"),
        ("{\"a\": [1, 2\n", 2, 1, "expected ',' or ']', found the end of the file"),
        ("{\"a\": 01}", 1, 7, "a number begins with no zero"),
        ("{\"a\": \"x", 1, 7, "the string is not closed"),
        ("{\"ü\": \"\\q\"}", 1, 9, "'\\' begins no known escape"),
        ("{} x", 1, 4, "expected the end of the file"),
    ])
    func brokenJSONIsPointedAt(text: String, line: Int, column: Int, problem: String) throws {
        let error = try failure(text)
        #expect(error.code == .invalidIndex)
        #expect(error.place?.line == line)
        #expect(error.place?.column == column)
        #expect(error.summary.contains(problem), "\(error.summary)")
        let lines = try #require(error.excerpt).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last?.count == column + 2)
        #expect(lines.last?.last == "^")
    }

    @Test func deeplyNestedJSONIsRefused() throws {
        let text = String(repeating: "[", count: 100_000)
        #expect(try failure(text).summary.contains("nested deeper"))
    }

    @Test func wrongTypesAreNamed() throws {
        #expect(try failure(#"{"details": {"steps": {}}}"#).summary == "'steps' must be a list, not an object")
        #expect(try failure(#"{"details": {"steps": ["a.md"]}}"#).summary == "a step must be an object, not a string")
        #expect(try failure(#"{"lectern": {"timeout": "soon"}}"#).summary.contains("'timeout' must be a time"))
        #expect(try failure(#"{"lectern": {"seed": {"rows": ["ten"]}}}"#).place?.column == 31)
        let named = try failure(#"{"lectern": {"seed": {"-rows": 3}}}"#)
        #expect(named.place?.column == 23 && named.summary == "'-rows' of 'seed' cannot be given as an option")
        #expect(try failure(#"{"lectern": {"environment": 3}}"#).summary.contains("'environment' must be"))
    }

    @Test func unknownMembersOfTheLecternKeyAreNamed() throws {
        let error = try failure(#"{"lectern": {"enviroment": "x"}}"#)
        #expect(error.summary == "unknown member 'enviroment' of 'lectern'")
        #expect(error.remedy == "write 'environment'")
        #expect(
            try failure(#"{"lectern": {"zzz": 1}}"#).remedy
                == "use one of 'environment', 'seed', 'image', 'timeout', 'checkTimeout', 'backgroundTimeout', 'terminals', "
                + "'limits', 'internet'"
        )
    }

    @Test func aMissingPageNamesWhereItIsAskedFor() throws {
        let error = try failure("{\"details\":\n {\"steps\": [{\"text\": \"no.md\"}]}}")
        #expect(error.code == .missingFile)
        #expect(error.place?.line == 2)
        #expect(error.place?.column == 22)
        #expect(error.summary.hasSuffix("/no.md'"))
        #expect(error.description.contains("^"))
    }

    @Test(arguments: ["../secret.md", "/etc/passwd", "a/../../x.md", "~/x.md"])
    func pathsThatLeaveTheScenarioAreRefused(path: String) throws {
        #expect(try failure("{\"details\":{\"steps\":[{\"text\":\"\(path)\"}]}}").code == .outside)
        #expect(try failure("{\"details\":{\"intro\":{\"verify\":\"\(path)\"}}}").code == .outside)
        #expect(try failure("{\"details\":{\"assets\":{\"host01\":[{\"file\":\"../../\(path)\"}]}}}").code == .outside)
    }

    @Test func linksThatLeaveTheScenarioAreRefused() throws {
        let folder = try Folder(["in/index.json": #"{"details":{"steps":[{"text":"a.md"}]}}"#, "out.md": "secret"])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/a.md", withDestinationPath: "../out.md")
        let path = folder.path + "/in"
        let error = #expect(throws: LessonError.self) { try LessonReader().scenario(at: path) }
        #expect(error?.code == .outside)
    }

    @Test func whatIsNoTextIsAClearError() throws {
        func error(_ bytes: [UInt8]) throws -> LessonError? {
            let folder = try Folder(["x": ""])
            let file = folder.path + "/page.md"
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            return #expect(throws: LessonError.self) { try LessonReader().page(at: file) }
        }
        #expect(try error([0x61, 0x0A, 0x62, 0xFF])?.place?.line == 2)
        #expect(try error([0x61, 0x00])?.summary.contains("NUL") == true)
        #expect(try error([0xFF, 0xFE, 0x61, 0x00])?.summary.contains("UTF-16") == true)
        #expect(try error([UInt8](repeating: 0x61, count: 5 << 20))?.summary.contains("more than the 4194304") == true)
    }

    @Test func aByteOrderMarkIsDropped() throws {
        let folder = try Folder(["page.md": "\u{FEFF}`ls`{{execute}}"])
        #expect(try LessonReader().page(at: folder.path + "/page.md").actions.first?.place.column == 1)
    }

    @Test func whatIsNotThereIsAClearError() throws {
        let error = #expect(throws: LessonError.self) { try LessonReader().scenario(at: "/nowhere/lesson") }
        #expect(error?.problem == "no such directory: '/nowhere/lesson'")
        let folder = try Folder(["readme.md": "x"])
        let path = folder.path
        #expect(throws: LessonError.self) { try LessonReader().scenario(at: path) }
        #expect(throws: LessonError.self) { try LessonReader().page(at: path) }
    }
}
