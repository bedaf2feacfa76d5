import Foundation
import Lessons
import SeededNumbers
import Testing

@testable import LessonMarkdown

/// The schema and the reader must say the same of every `lectern` key.
@Suite struct LecternKeySchemaTests {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(LecternKeySchema.text) }

    private static let objects = [
        ("scenario", LecternKey.scenario), ("page", LecternKey.page), ("terminals", LecternKey.terminals),
        ("limits", LecternKey.limits),
    ]

    @Test(arguments: objects) func everyMemberTheReaderKnowsIsDescribedAndNoOther(name: String, known: [String]) throws
    {
        let object = try schema.definition(name)
        let properties = schema.members(of: try #require(object["properties"]))
        #expect(properties.map(\.key) == known)
        for (key, _, property) in properties {
            let description = property["description"] ?? schema.target(of: property)["description"]
            #expect(description?.string?.hasSuffix(".") == true, "\(name).\(key)")
        }
    }

    @Test(arguments: objects) func examplesAreReadAndChangeTheSettings(name: String, known: [String]) throws {
        let properties = try #require(try schema.definition(name)["properties"])
        for key in known {
            let property = try #require(properties[key])
            let examples = try #require((property["examples"] ?? schema.target(of: property)["examples"])?.list)
            #expect(!examples.isEmpty)
            for example in examples {
                #expect(schema.accepts(example, property), "\(name).\(key)")
                let json = #"{"\#(key)": \#(Self.json(example))}"#
                let lectern = ["terminals", "limits"].contains(name) ? #"{"\#(name)": \#(json)}"# : json
                let empty = json == lectern ? "{}" : #"{"\#(name)": {}}"#
                let isPage = name == "page"
                #expect(try Self.read(lectern, inPage: isPage) != Self.read(empty, inPage: isPage), "\(lectern)")
            }
        }
    }

    @Test func defaultsAreThoseOfTheReader() throws {
        func value(_ object: String, _ member: String) throws -> String? {
            try schema.definition(object)["properties"]?[member]?["default"]?.string
        }
        let settings = try #require(try Self.read(#"{"terminals": {}}"#).settings)
        #expect(try value("terminals", "columns") == settings.terminals.map { "\($0.columns)" })
        #expect(try value("terminals", "rows") == settings.terminals.map { "\($0.rows)" })
    }

    private static let times = [
        "1", "0.5", "86400", "1e3", #""30""#, #""30s""#, #""500ms""#, #""1.5m""#, #""2min""#, #""24h""#, #""24.0h""#,
        #""1440m""#, #""86400""#, #""86400000ms""#, #""0030s""#, #""1.s""#, #""0.5h""#, #""86399.9s""#,
        #""1439.9m""#, #""23.99h""#, #""86399999ms""#,
    ]
    private static let noTimes = [
        "0", "-1", "86400.5", "86401", "1e9", "true", "null", "[]", "{}", #""""#, #""soon""#, #""0""#, #""0.0s""#,
        #""-5s""#, #""5 s""#, #""5S""#, #""5d""#, #""s""#, #"".""#, #""1.2.3s""#, #""1e3""#, #""25h""#, #""24.01h""#,
        #""1441m""#, #""1450min""#, #""1500m""#, #""86401""#, #""86410s""#, #""87000s""#, #""90000s""#, #""100000s""#,
        #""86400.01s""#, #""86400001ms""#, #""86500000ms""#, #""100000000ms""#, #""100h""#, #""0x10""#, #""٣s""#,
    ]

    private static let accepted: [String] =
        [
            "{}", #"{"environment": "../../a.yaml"}"#, #"{"environment": []}"#, #"{"environment": ["a", "b"]}"#,
            #"{"seed": {}}"#,
            #"{"seed": {"rows": 18446744073709551615, "dry-run": true, "like_this": "a b", "x": ""}}"#,
            #"{"seed": {"rows": 1e1, "share": 0.5, "shift": -3}}"#, #"{"terminals": {"columns": 20, "rows": 200}}"#,
            #"{"terminals": {"columns": 500, "rows": 5}}"#,
            #"{"limits": {"memory": "512m", "processes": 64, "disk": "010g"}}"#, #"{"limits": {"memory": "1k"}}"#,
            #"{"image": "ubuntu"}"#, #"{"internet": false}"#,
        ] + times.flatMap { time in ["timeout", "checkTimeout", "backgroundTimeout"].map { "{\"\($0)\": \(time)}" } }

    private static let refused: [String] =
        [
            "null", "[]", "3", #""x""#, #"{"timeouts": 3}"#, #"{"solution": "a.sh"}"#, #"{"Timeout": 3}"#,
            #"{"environment": ""}"#, #"{"environment": "/a"}"#, #"{"environment": "~/a"}"#, #"{"environment": 1}"#,
            #"{"environment": null}"#, #"{"environment": {}}"#, #"{"environment": [""]}"#,
            #"{"environment": ["a", 1]}"#,
            #"{"environment": [["a"]]}"#, #"{"environment": "a\u0000b"}"#, #"{"seed": 3}"#, #"{"seed": null}"#,
            #"{"seed": {"rows": null}}"#, #"{"seed": {"rows": [1]}}"#, #"{"seed": {"rows": {}}}"#,
            #"{"seed": {"": 1}}"#, #"{"seed": {"-rows": 1}}"#, #"{"seed": {"a b": 1}}"#, #"{"seed": {"a=b": 1}}"#,
            #"{"seed": {"1st": 1}}"#, #"{"seed": {"größe": 1}}"#, #"{"seed": {"name": "a\nb"}}"#,
            "{\"seed\": {\"name\": \"\(String(repeating: "a", count: 1001))\"}}",
            "{\"seed\": {\"\(String(repeating: "a", count: 65))\": 1}}",
            "{\"seed\": {\((0...50).map { "\"a\($0)\": 1" }.joined(separator: ", "))}}",
            #"{"image": ""}"#, #"{"image": 1}"#, #"{"image": null}"#,
            #"{"terminals": 80}"#, #"{"terminals": {"width": 80}}"#, #"{"terminals": {"columns": 19}}"#,
            #"{"terminals": {"columns": 501}}"#,
            #"{"limits": {"memory": 512}}"#, #"{"limits": {"memory": "512"}}"#, #"{"limits": {"disk": "0g"}}"#,
            #"{"limits": {"disk": "1.5g"}}"#, #"{"limits": {"disk": "1234567m"}}"#, #"{"limits": {"processes": 0}}"#,
            #"{"limits": {"cpus": 1}}"#, #"{"internet": "yes"}"#, #"{"internet": null}"#,
            #"{"terminals": {"rows": 4}}"#, #"{"terminals": {"rows": 201}}"#,
            #"{"terminals": {"rows": "40"}}"#, #"{"terminals": {"rows": 40.5}}"#,
        ] + noTimes.flatMap { time in ["timeout", "checkTimeout", "backgroundTimeout"].map { "{\"\($0)\": \(time)}" } }

    private static let acceptedPages: [String] =
        ["{}"] + [#""a.sh""#, #""./a.sh""#, #""x/../a.sh""#, #""..a""#].map { "{\"solution\": \($0)}" }
        + times.flatMap { time in ["timeout", "checkTimeout"].map { "{\"\($0)\": \(time)}" } }

    private static let refusedPages: [String] =
        ["null", "3", #"{"environment": "a"}"#, #"{"backgroundTimeout": 3}"#]
        + [
            #""""#, "1", "null", "true", #""/a""#, #""~/a""#, #""../a.sh""#, #""..""#, #""./../a""#, #"".//../a""#,
            #""a\u0000""#,
        ].map { "{\"solution\": \($0)}" }
        + noTimes.flatMap { time in ["timeout", "checkTimeout"].map { "{\"\($0)\": \(time)}" } }

    @Test func bothTakeTheSameKeysOfTheRoot() throws {
        for lectern in Self.accepted {
            #expect(schema.accepts(try Self.index(lectern)), "schema: \(lectern)")
            #expect(throws: Never.self, "reader: \(lectern)") { try Self.read(lectern) }
        }
        for lectern in Self.refused {
            #expect(!schema.accepts(try Self.index(lectern)), "schema: \(lectern)")
            #expect(throws: LessonError.self, "reader: \(lectern)") { try Self.read(lectern) }
        }
    }

    @Test(arguments: ["intro", "steps", "finish"]) func bothTakeTheSameKeysOfAPage(place: String) throws {
        for lectern in Self.acceptedPages {
            #expect(schema.accepts(try Self.index(lectern, in: place)), "schema: \(lectern)")
            #expect(throws: Never.self, "reader: \(lectern)") { try Self.read(lectern, in: place) }
        }
        for lectern in Self.refusedPages {
            #expect(!schema.accepts(try Self.index(lectern, in: place)), "schema: \(lectern)")
            #expect(throws: LessonError.self, "reader: \(lectern)") { try Self.read(lectern, in: place) }
        }
    }

    @Test func randomTimesAreTakenByBothOrByNone() throws {
        var random = SplitMix(state: 5)
        for _ in 0..<20_000 {
            let digits = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                "0124689.".randomElement(using: &random)!
            }
            let unit = ["", "s", "ms", "m", "min", "h", "d", "S"].randomElement(using: &random)!
            let time = try schema.definition("time")
            let text = String(digits) + unit
            let isTaken = schema.accepts(IndexValue(content: .string(text), offset: 0), time)
            #expect(isTaken == (Seconds.read(text) != nil), "\(text)")
        }
    }

    @Test func theRestOfTheIndexIsLeftOpen() throws {
        for text in [
            #"{"$schema": "lectern.schema.json", "title": 3, "x": {"lectern": 3}}"#, #"{"details": {"steps": null}}"#,
            #"{"details": {"intro": null, "assets": {"host01": []}}}"#, #"{"items": [{"path": "a"}]}"#,
        ] {
            #expect(schema.accepts(try Self.parsed(text)), "\(text)")
        }
    }

    @Test func theRepositorysScenariosKeepToTheSchema() throws {
        let scenarios = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "scenarios")
        let indexes = try FileManager.default.contentsOfDirectory(at: scenarios, includingPropertiesForKeys: nil)
            .map { $0.appending(path: "index.json") }.filter { FileManager.default.fileExists(atPath: $0.path) }
        #expect(!indexes.isEmpty)
        for index in indexes {
            #expect(schema.accepts(try Self.parsed(String(contentsOf: index, encoding: .utf8))), "\(index.path)")
        }
    }

    // MARK: Readings

    private struct Reading: Equatable {
        var settings: ScenarioSettings?
        var page: PageSettings?
        var solution: String?
    }

    private static func read(_ lectern: String, inPage: Bool = false) throws -> Reading {
        try read(lectern, in: inPage ? "intro" : nil)
    }

    private static func read(_ lectern: String, in place: String?) throws -> Reading {
        let reading = IndexReader(
            source: SourceText(bytes: Array(text(lectern, in: place).utf8), file: "index.json"),
            root: try index(lectern, in: place), directory: ".")
        let page = try reading.pages().first
        return Reading(settings: try reading.settings(), page: page?.settings, solution: page?.scripts.solution)
    }

    private static func text(_ lectern: String, in place: String?) -> String {
        let page = #"{"title": "x", "lectern": \#(lectern)}"#
        return switch place {
        case "steps": #"{"details": {"steps": [{"title": "y"}, \#(page)]}}"#
        case let place?: #"{"details": {"\#(place)": \#(page)}}"#
        case nil: #"{"lectern": \#(lectern)}"#
        }
    }

    private static func index(_ lectern: String, in place: String? = nil) throws -> IndexValue {
        try parsed(text(lectern, in: place))
    }

    private static func parsed(_ text: String) throws -> IndexValue {
        try JSONParser.parse(SourceText(bytes: Array(text.utf8), file: "index.json"))
    }

    private static func json(_ value: IndexValue) -> String {
        switch value.content {
        case .object(let members):
            "{" + members.map { "\"\($0.key)\": \(json($0.value))" }.joined(separator: ", ") + "}"
        case .list(let values): "[" + values.map(json).joined(separator: ", ") + "]"
        case .string(let text): "\"\(text)\""
        case .number(let text): text
        case .bool(let flag): "\(flag)"
        case .null: "null"
        }
    }
}
