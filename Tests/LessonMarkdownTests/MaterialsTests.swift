import Diagnostics
import Foundation
import Lessons
import Testing

@testable import LessonMarkdown

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", ["a", "b.sh"]), ("*.sh", ["b.sh"]), ("app/*", ["app/c"]),
        ("app/**", ["app/c", "app/sub/d", "app/sub/e/f"]),
        ("**", [".hidden", "a", "app/c", "app/sub/d", "app/sub/e/f", "b.sh"]), ("**/d", ["app/sub/d"]),
        ("*/sub/?", ["app/sub/d"]),
        ("a*p/**/f", ["app/sub/e/f"]), (".*", [".hidden"]), ("./*.sh", ["b.sh"]), ("x*", []),
    ])
    func aPatternMeansWhatItSays(_ pattern: String, _ expected: [String]) {
        let files = [".hidden", "a", "app/c", "app/sub/d", "app/sub/e/f", "b.sh"]
        #expect(files.filter(Glob(pattern).matches) == expected)
        for file in expected where file.contains("/") {
            let directory = file.split(separator: "/").dropLast().joined(separator: "/")
            #expect(Glob(pattern).mayMatch(below: directory))
        }
    }

    @Test(.timeLimit(.minutes(1))) func manyStarsTakeNoExponentialTime() {
        let pattern = Glob(String(repeating: "*a", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
        let deep = Glob(String(repeating: "**/", count: 200) + "b")
        #expect(!deep.matches(String(repeating: "a/", count: 2000) + "a"))
    }
}

@Suite struct MaterialsTests {
    private func materials(_ details: String, _ others: String = "", files: [String: String]) throws -> LessonMaterials
    {
        var files = files
        files["index.json"] = "{\"title\": \"x\"\(others), \"details\": \(details)}"
        let folder = try Folder(files)
        let reader = LessonReader()
        let found = try reader.materials(of: try reader.scenario(at: folder.path))
        withExtendedLifetime(folder) {}
        return found
    }

    @Test func wildcardsKeepTheirPathAndLiteralsDoNot() throws {
        let found = try materials(
            """
            {"assets": {"host01": [
              {"file": "app/sub/b", "target": "~/", "chmod": "+x"}, {"file": "app/**", "target": "/opt/x/"},
              {"file": "*.none"}, {"file": "a", "target": "job"}], "host02": [{"file": "a"}]}}
            """, files: ["assets/a": "1", "assets/app/sub/b": "22"])
        #expect(found.uploads.map(\.target) == ["~/b", "/opt/x/app/sub/b", "~/job/a", "~/a"])
        #expect(found.uploads.map(\.mode) == ["+x", nil, nil, nil])
        #expect(found.uploads.map(\.size) == [2, 2, 1, 1])
        #expect(found.notes.contains("no file in 'assets' matches '*.none'"))
        #expect(found.notes.contains { $0.hasPrefix("host 'host02' has no machine") })
    }

    @Test func tooLargeAnAssetIsRefusedAtItsLine() throws {
        let error = #expect(throws: LessonError.self) {
            try materials(
                "{\"assets\": {\"host01\": [\n{\"file\": \"big\"}]}}",
                files: ["assets/big": String(repeating: "x", count: (16 << 20) + 1)])
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.place?.line == 2)
    }

    @Test func aScriptThatIsNotThereIsNamedAtItsLine() throws {
        let error = #expect(throws: LessonError.self) {
            try materials("{\"steps\": [\n{\"title\": \"x\", \"verify\": \"v.sh\"}]}", files: [:])
        }
        #expect(error?.code == .missingFile)
        #expect(error?.place?.line == 2)
        #expect(error?.excerpt?.contains("^") == true)
    }

    @Test func aMissingAnswerIsANoteAndAMarkdownHintNoScript() throws {
        let found = try materials(
            #"{"steps": [{"title": "x", "answer": "a.md", "hint": "h.md"}]}"#, #", "type": "challenge@1.0""#,
            files: ["h.md": "hint"])
        #expect(found.notes.count == 1)
        #expect(found.scripts.isEmpty)
    }
}
