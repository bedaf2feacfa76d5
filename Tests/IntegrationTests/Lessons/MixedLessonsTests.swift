import Foundation
import Testing

/// Several lessons at once, of which some can't be told: what is run, what is printed, and the exit status.
@Suite("Lessons that are well, wrong and unreadable, in one run")
struct MixedLessonsTests {
    private struct Report: Decodable {
        struct Lesson: Decodable {
            var path: String
            var verdict: String
            var problem: String?
            var position: String?
        }

        var schemaVersion: Int
        var verdict: String
        var interrupted: Bool?
        var problem: String?
        var scenarios: [Lesson]?
    }

    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private func report(_ text: String) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    }

    /// Directories of scenarios by name, each with a page.
    private func lessons(_ pages: [String: String?]) throws -> String {
        let directory = lectern.state.appending(path: "lessons-\(UUID().uuidString.prefix(8))")
        for (name, page) in pages {
            let scenario = directory.appending(path: name)
            try FileManager.default.createDirectory(at: scenario, withIntermediateDirectories: true)
            let index =
                #"{"title": "\#(name)", "details": {"steps": [{"title": "S", "text": "s.md"}]}, "backend": {"imageid": "ubuntu"}}"#
            try Data(index.utf8).write(to: scenario.appending(path: "index.json"))
            if let page { try Data(page.utf8).write(to: scenario.appending(path: "s.md")) }
        }
        return directory.path
    }

    private static let good = "`echo well`{{execute}}\n\nYou'll get the following output:\n\n```\nwell\n```\n"
    private static let wrong = "`echo well`{{execute}}\n\nYou'll get the following output:\n\n```\nill\n```\n"

    @Test(
        "the ones that can be read are run, and all are listed",
        .enabled(if: LecternProgram.missing == nil, "no lab can be had here"))
    func mixed() throws {
        defer { lectern.remove() }
        let path = try lessons(["a-good": Self.good, "b-gone": nil, "c-wrong": Self.wrong])
        let run = try lectern.run(["verify", path])
        #expect(run.status == 2, "inconclusive counts before failed")
        #expect(run.output.contains("1 of 3 scenarios verified"))
        #expect(run.output.contains("? \(path)/b-gone") && run.output.contains("✗ \(path)/c-wrong"))

        let json = try lectern.run(["verify", "--json", path])
        #expect(json.status == 2)
        let report = try report(json.output)
        #expect(report.schemaVersion == 1 && report.verdict == "inconclusive")
        #expect(report.scenarios?.map(\.verdict) == ["passed", "inconclusive", "failed"])
        #expect(report.scenarios?[1].problem?.contains("s.md") == true)

        let updated = try lectern.run(["update", path])
        #expect(updated.status == 2)
        #expect(updated.output.contains("c-wrong/s.md"), "the others are updated: \(updated.output)")
        #expect(try lectern.run(["verify", path + "/a-good", path + "/c-wrong"]).status == 1)
    }

    private static let wrongCommandLines: [([String], Int32)] = [
        (["verify", "--json", "/nowhere/lesson"], 2),
        (["verify", "--json", "--image-table", "/nowhere/table", "LESSON"], 2),
        (["verify", "--json", "--step", "7", "LESSON"], 2),
        (["verify", "--json", "--lab", "no-such-lab", "LESSON"], 2),
        (["verify", "--json", "--timeout", "-4", "LESSON"], 64),
        (["verify", "--json", "--no-such-option", "LESSON"], 64),
        (["verify", "--json"], 64), (["update", "--json", "/nowhere/lesson"], 2),
        (["status", "--json", "no-such-lab"], 2),
        (["import", "--json", "/nowhere"], 2), (["lint", "--json", "/nowhere"], 2),
        (["inspect", "--json", "/nowhere"], 2),
        (["match", "--json", "--documented", "/nowhere", "--actual", "/nowhere"], 2),
    ]

    @Test(
        "a program that asks for JSON gets a document, whatever is wrong",
        arguments: wrongCommandLines)
    func documents(arguments: [String], status: Int32) throws {
        defer { lectern.remove() }
        let page = try lectern.page(Self.good)
        let run = try lectern.run(arguments.map { $0 == "LESSON" ? page : $0 })
        #expect(run.status == status, "\(run)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.output)")
        #expect(object["schemaVersion"] as? Int == 1)
        if arguments[0] == "verify" {
            let report = try report(run.output)
            #expect(report.verdict == "inconclusive")
            #expect(report.problem != nil || report.scenarios?.allSatisfy { $0.problem != nil } == true)
        }
    }

    @Test(
        "an interrupted run prints a document with what was begun and what was not",
        .enabled(if: LecternProgram.missing == nil, "no lab can be had here"))
    func interrupted() throws {
        defer { lectern.remove() }
        let path = try lessons(["a": "`touch /tmp/begun; sleep 60`{{execute}}\n", "b": Self.good])
        let (process, output, problems) = try lectern.start(["verify", "--json", path])
        let deadline = ContinuousClock.now + .seconds(30)
        while LecternProgram.processes("sleep", "60").isEmpty {
            try #require(ContinuousClock.now < deadline, "the lesson doesn't run")
            // No lab tells of a process inside: it is looked for again.
            usleep(20_000)
        }
        process.interrupt()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        _ = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let report = try report(text)
        #expect(report.interrupted == true && report.verdict == "inconclusive")
        #expect(report.scenarios?.map(\.verdict) == ["inconclusive", "inconclusive"])
        #expect(report.scenarios?[1].position == "before it started")
    }

    @Test(
        "a lesson of which a part would be passed over is inconclusive, and the place is named",
        arguments: [
            ("`true`{{execute}}\n\n```\nx\n\n`false`{{execute}}\n\n```\ny\n", "s.md:3"),
            ("`true`{{execute}} `false`{{exceute}}\n", "s.md:1:28"),
            ("`false`{{run}}\n", "s.md:1"), ("Only read on.\n", "nothing-to-verify"), ("", "the page is empty"),
        ])
    func passedOver(page: String, place: String) throws {
        defer { lectern.remove() }
        let path = try lessons(["lesson": page])
        let run = try lectern.run(["verify", path + "/lesson"])
        #expect(run.status == 2, "\(run.output)")
        let expected = place == "nothing-to-verify" ? "can be verified" : place
        #expect(run.output.contains("Inconclusive") && run.output.contains(expected), "\(run.output)")
        #expect(try lectern.run(["lint", path + "/lesson"]).status == 1)
    }
}
