import Foundation
import Testing

@Suite(.enabled(if: LecternProgram.missing == nil, "no lab is available here; see 'lectern doctor'"))
struct LearnTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private static let page = """
        Which colour is it today?

        `echo "colour: $(shuf -n 1 -e red green blue white black)"; echo 3/3 ready`{{execute}}

        You'll get output similar to the following:

        ```
        colour: red
        3/3 ready
        ```

        """

    private func learn(_ page: String) throws -> (file: URL, run: LecternProgram.Run) {
        let file = URL(filePath: page).deletingLastPathComponent().appending(path: ".lectern/observed.json")
        return (file, try lectern.run(["update", "--learn", "6", page]))
    }

    @Test func whatRunsShowedIsKeptBesideTheLessonAndVerifiedBy() throws {
        defer { lectern.remove() }
        let page = try lectern.page(Self.page)
        let (file, run) = try learn(page)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("colour: {word}"), "\(run.output)")
        #expect(try String(contentsOf: file, encoding: .utf8).contains(#""3/3 ready""#))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == Self.page, "the page itself is left alone")
        let verified = try lectern.run(["verify", page])
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("1 sample is compared by what varied in 6 runs"), "\(verified.output)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aFileThatIsSomethingElseIsNamedAndNothingIsRun() throws {
        defer { lectern.remove() }
        let page = try lectern.page(Self.page)
        let file = URL(filePath: page).deletingLastPathComponent().appending(path: ".lectern/observed.json")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: file)
        let run = try lectern.run(["verify", page])
        #expect(run.status == 2)
        #expect(run.problems.contains("it is not what 'lectern update --learn' writes"), "\(run.problems)")
    }

    @Test func aRunThatFailsTeachesNothing() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`ls /nowhere`{{execute}}\n\n```\na\n```\n")
        let (file, run) = try learn(page)
        #expect(run.status == 1)
        #expect(run.output.contains("run 1 did not pass, so nothing was written"), "\(run.output)")
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test(arguments: [["--learn", "1"], ["--learn", "5", "--accept"], ["--learn", "5", "--keep"]])
    func whatDoesNotGoWithLearningIsRefused(_ options: [String]) throws {
        defer { lectern.remove() }
        #expect(try lectern.run(["update", try lectern.page(Self.page)] + options).status == 64)
    }
}
