import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import SeededNumbers
import Testing

/// What is too large, in the wrong encoding or out of bounds is a clear error, found without reading it all.
@Suite struct BoundsTests {
    private func failure(_ bytes: [UInt8], as name: String = "page.md") throws -> LessonError {
        let folder = try Folder()
        try folder.write(bytes, to: name)
        let path = folder.path
        return try #require(throws: LessonError.self) {
            if name == "page.md" {
                _ = try LessonReader().page(at: path + "/" + name)
            } else {
                _ = try LessonReader().scenario(at: path)
            }
        }
    }

    private func failure(_ text: String, as name: String) throws -> LessonError {
        try failure(Array(text.utf8), as: name)
    }

    @Test func otherEncodingsAreNamed() throws {
        func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
            Array(try #require(text.data(using: encoding)))
        }
        let page = "Grüße, und tippe `ls`{{execute}}"
        #expect(try failure(bytes(page, .utf16)).summary.contains("is UTF-16, not UTF-8"))
        #expect(try failure(bytes(page, .utf32)).summary.contains("is UTF-32, not UTF-8"))
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
            #expect(try failure(bytes("plain text", encoding)).summary.contains("UTF-16 without a byte order mark"))
        }
        let latin = try failure(bytes(page, .isoLatin1))
        #expect(latin.summary.contains("not UTF-8: byte 0xfc"))
        #expect(latin.place?.column == 3)
        #expect(latin.remedy?.contains("Latin-1") == true)
        #expect(try failure([0x61, 0x62, 0x00, 0x63, 0x64]).summary.contains("NUL"))
        #expect(try failure([0x80, 0x81, 0x82, 0x83]).remedy == "save it as UTF-8")
    }

    @Test func hugeFilesAreRefusedUnread() throws {
        let folder = try Folder(["page.md": "", "script/index.json": "{}", "script/x.sh": ""])
        let index = try Folder(["index.json": ""])
        // A hole of a hundred megabytes: reading it would give NUL bytes, and another error.
        for file in [folder.path + "/page.md", folder.path + "/script/x.sh", index.path + "/index.json"] {
            #expect(truncate(file, 100 << 20) == 0)
        }
        let path = folder.path
        let page = #expect(throws: LessonError.self) { try LessonReader().page(at: path + "/page.md") }
        #expect(page?.summary.contains("104857600 bytes, more than the 4194304") == true)
        let indexPath = index.path
        let scenario = #expect(throws: LessonError.self) { try LessonReader().scenario(at: indexPath) }
        #expect(scenario?.summary.contains("more than the 1048576") == true)
        let owner = try LessonReader().scenario(at: path + "/script")
        let script = #expect(throws: LessonError.self) { try LessonReader().script("x.sh", of: owner) }
        #expect(script?.summary.contains("more than the 1048576") == true)
    }

    @Test func devicesAndDirectoriesAreNoPages() throws {
        for path in ["/dev/zero", "/dev/null", "/tmp"] {
            let error = #expect(throws: LessonError.self) { try LessonReader().page(at: path) }
            #expect(error?.summary == "'\(path)' is \(path == "/tmp" ? "a directory" : "no regular file")")
        }
    }

    @Test func whatIsNoFileIsSaidForWhatItIs() throws {
        let folder = try Folder(["index.json": #"{"title": "x", "details": {"steps": [{"text": "a.md"}]}}"#])
        let page = folder.path + "/a.md"
        func summary() -> String? {
            #expect(throws: LessonError.self) { try LessonReader().scenario(at: folder.path) }?.summary
        }
        #expect(summary() == "no such file: '\(page)'")
        #expect(mkfifo(page, 0o600) == 0)
        #expect(summary() == "'\(page)' is not a regular file")
        try FileManager.default.removeItem(atPath: page)
        try FileManager.default.createDirectory(atPath: page, withIntermediateDirectories: false)
        #expect(summary() == "'\(page)' is a directory")
        try FileManager.default.removeItem(atPath: page)
        try FileManager.default.createSymbolicLink(atPath: page, withDestinationPath: "a.md")
        #expect(summary() == "'\(page)' is a broken symbolic link")
        let repository = #expect(throws: LessonError.self) { try LessonReader().repository(at: page) }
        #expect(repository?.summary == "'\(page)' is a broken symbolic link")
        let index = folder.path + "/index.json"
        try FileManager.default.removeItem(atPath: index)
        #expect(mkfifo(index, 0o600) == 0)
        #expect(LessonError.noScenario(in: folder.path).summary.hasSuffix("'\(index)' is not a regular file"))
    }

    @Test func scriptsStayInTheScenario() throws {
        let folder = try Folder(["in/index.json": "{}", "in/ok.sh": "echo", "out.sh": "secret"])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/l.sh", withDestinationPath: "../out.sh")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/up", withDestinationPath: "..")
        let scenario = try LessonReader().scenario(at: folder.path + "/in")
        #expect(try LessonReader().script("ok.sh", of: scenario) == "echo")
        for path in ["../out.sh", "/etc/passwd", "~/x", "l.sh", "up/out.sh", "a\0b"] {
            let error = #expect(throws: LessonError.self) { try LessonReader().script(path, of: scenario) }
            #expect(error?.code == .outside, "\(path)")
        }
    }

    @Test(arguments: [
        #"{"details":{"intro":{"text":"PATH"}}}"#, #"{"details":{"finish":{"text":"PATH"}}}"#,
        #"{"details":{"steps":[{"text":"PATH"}]}}"#, #"{"details":{"steps":[{"verify":"PATH"}]}}"#,
        #"{"details":{"steps":[{"foreground":"PATH"}]}}"#, #"{"details":{"steps":[{"code":"PATH"}]}}"#,
        #"{"details":{"steps":[{"background":"PATH"}]}}"#, #"{"details":{"steps":[{"courseData":"PATH"}]}}"#,
        #"{"details":{"steps":[{"answer":"PATH"}]}}"#, #"{"details":{"steps":[{"hint":"PATH"}]}}"#,
        #"{"details":{"assets":{"host01":[{"file":"../PATH"}]}}}"#,
    ])
    func noFileOfTheIndexLeadsOut(index: String) throws {
        let folder = try Folder(["in/x": "", "out.md": "secret", "in/assets/y": ""])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/in/link.md", withDestinationPath: "../out.md")
        for path in ["../out.md", "a/../../out.md", "link.md", "./link.md"] {
            try folder.write(Array(index.replacing("PATH", with: path).utf8), to: "in/index.json")
            let directory = folder.path + "/in"
            let error = #expect(throws: LessonError.self) { try LessonReader().scenario(at: directory) }
            #expect(error?.code == .outside, "\(path)")
            #expect(error?.place != nil)
        }
    }

    @Test func yamlThatMultipliesIsRefused() throws {
        var text = "a0: &a0 [lol, lol]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        for end in ["", "? *a30\n: 1\n", "*a30 : 1\n", "x: {? *a30 : 1}\n"] {
            #expect(try failure(text + end, as: "index.yaml").summary == "more than 32 aliases")
        }
        let few = "a: &a [x, y]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\ntitle: T\n"
        let folder = try Folder(["index.yaml": few])
        #expect(try LessonReader().scenario(at: folder.path).title == "T")
        // What only looks like an alias does no harm where nothing is anchored.
        let bullets = try Folder(["index.yaml": "title: |\n" + String(repeating: "  * *x*\n", count: 100)])
        #expect(try LessonReader().scenario(at: bullets.path).title.count > 300)
    }

    @Test func deeplyNestedYAMLIsRefused() throws {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            String(repeating: "{a: ", count: 900) + String(repeating: "}", count: 900),
            "a: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
        ] {
            #expect(try failure(text, as: "index.yaml").code == .invalidIndex)
        }
    }

    @Test func aLongLineOfYAMLHasItsPlaces() throws {
        let error = try failure(
            "{title: \"ü\", lectern: {timeout: 1s, x: 1}, y: [" + String(repeating: "a, ", count: 50_000) + "b]}",
            as: "index.yaml")
        #expect(error.summary == "unknown member 'x' of 'lectern'")
        #expect(error.place?.column == 37)
    }

    @Test func tensOfThousandsOfStepsAreRefusedAndThousandsAreNot() throws {
        func index(_ steps: Int) -> String {
            #"{"details":{"steps":["# + Array(repeating: #"{"text":"a.md"}"#, count: steps).joined(separator: ",")
                + "]}}"
        }
        #expect(try failure(index(20_000), as: "index.json").summary.contains("lists 20000 steps, more than the 5000"))
        let folder = try Folder(["index.json": index(5000), "a.md": "`ls`{{execute}}"])
        #expect(try LessonReader().scenario(at: folder.path).pages.count == 5000)
    }

    @Test func onePageManyTimesIsNoWayAroundTheBound() throws {
        let steps = Array(repeating: #"{"text":"a.md"}"#, count: 20).joined(separator: ",")
        let folder = try Folder([
            "index.json": #"{"details":{"steps":["# + steps + "]}}", "a.md": String(repeating: "x", count: 100),
        ])
        let path = folder.path
        #expect(try LessonReader(maxScenarioSize: 2000).scenario(at: path).pages.count == 20)
        let error = #expect(throws: LessonError.self) { try LessonReader(maxScenarioSize: 1999).scenario(at: path) }
        #expect(error?.summary == "the pages up to 'a.md' have more than 1999 bytes of text")
    }

    @Test func damagedIndexesAreReadOrRefused() throws {
        let index = Array(
            #"{"title":"T","details":{"intro":{"text":"a.md"},"steps":[{"title":"x","text":"a.md","verify":"v.sh"}],"assets":{"host01":[{"file":"*","target":"/"}]}},"environment":{"uilayout":"terminal","dashboards":[{"name":"n","port":80}]},"backend":{"imageid":"ubuntu"},"lectern":{"timeout":"3s","seed":{"count":1}}}"#
                .utf8)
        var random = SplitMix(state: 3)
        let folder = try Folder(["a.md": "x", "y/a.md": "x"])
        for _ in 0..<2000 {
            var bytes = index
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = Array("{}[]\",:0\\a\n".utf8).randomElement(using: &random) ?? 0
                case 1: bytes.removeSubrange(place..<min(place + 9, bytes.count))
                default: bytes.insert(contentsOf: bytes[place..<min(place + 30, bytes.count)], at: place)
                }
            }
            try folder.write(bytes, to: "index.json")
            try folder.write(bytes, to: "y/index.yaml")
            for directory in [folder.path, folder.path + "/y"] {
                do throws(LessonError) {
                    _ = try LessonReader().scenario(at: directory)
                } catch {
                    #expect(error.code != .notFound)
                }
            }
        }
    }
}
