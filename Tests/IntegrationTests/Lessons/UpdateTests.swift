import Foundation
import Testing

@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct UpdateTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private static let lesson = """
        Who are you today?

        `cat /proc/sys/kernel/random/uuid; date`{{execute}}

        `printf '%s\\n' one two three`{{execute}}

        You'll get the following output:

        ```
        one
        2
        ```

        `seq 9`{{execute}}

        ```
        0
        ...
        ```

        """

    @Test func nothingIsWrittenUnasked() throws {
        defer { lectern.remove() }
        let page = try lectern.page(Self.lesson)
        let run = try lectern.run(["update", page])
        #expect(run.status == 1)
        #expect(run.output.contains("+ three"), "\(run.output)\(run.problems)")
        #expect(run.output.contains("3 samples would be written"))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == Self.lesson)
    }

    @Test func whatWasWrittenVerifiesAndASecondRunChangesNothing() throws {
        defer { lectern.remove() }
        let page = try lectern.page(Self.lesson)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: page)
        let first = try lectern.run(["update", "--accept", page])
        #expect(first.status == 0, "\(first.output)\(first.problems)")
        let written = try String(contentsOfFile: page, encoding: .utf8)
        #expect(written.contains("You'll get output similar to the following:"))
        #expect(written.contains("one\ntwo\nthree\n"))
        #expect(written.contains("```\n1\n...\n```"), "\(written)")
        #expect(try FileManager.default.attributesOfItem(atPath: page)[.posixPermissions] as? Int == 0o640)
        // Another identifier and another time.
        #expect(try lectern.run(["verify", page]).status == 0)
        let second = try lectern.run(["update", "--accept", page])
        #expect(second.status == 0, "\(second.output)")
        #expect(try String(contentsOfFile: page, encoding: .utf8) == written)
        #expect(try lectern.run(["update", page]).status == 0)
        #expect(lectern.leftovers() == [])
    }

    @Test func driftAloneIsWrittenWhereOnlyDriftIsAccepted() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            "`echo 4 orders`{{execute}}\n\n```\n3 orders\n```\n\n`echo four`{{execute}}\n\n```\nthree\n```\n")
        let run = try lectern.run(["update", "--accept-drift", page])
        #expect(run.status == 1)
        let written = try String(contentsOfFile: page, encoding: .utf8)
        #expect(written.contains("4 orders\n```") && written.contains("three\n```"), "\(run.output)")
        #expect(run.output.contains("changed, left alone"))
    }

    @Test func aFailureIsNeverWrittenIntoThePage() throws {
        defer { lectern.remove() }
        let markdown = "`ls /nowhere`{{execute}}\n\n```\na\n```\n"
        let page = try lectern.page(markdown)
        let run = try lectern.run(["update", "--accept", page])
        #expect(run.status == 1)
        #expect(run.output.contains("not updated: exit status 2"), "\(run.output)")
        #expect(try String(contentsOfFile: page, encoding: .utf8) == markdown)
    }

    @Test func whatTheLessonInterruptsNeedNotEndForAnUpdate() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            "`sleep 1000`{{execute T2}}\n\n`echo one`{{execute T1}}\n\n`^C`{{execute ctrl-seq T2}}\n")
        let run = try lectern.run(["update", "--accept", "--timeout", "20", page])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.problems.contains("still runs, to be interrupted by the lesson"))
        #expect(run.output.contains("1 sample written"))
    }

    @Test func aPageThatWasEditedMeanwhileIsNotOverwritten() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`sleep 1; echo new`{{execute}}\n")
        let (process, _, problems) = try lectern.start(["update", "--accept", page])
        // The heading is written once the page has been read.
        _ = problems.fileHandleForReading.availableData
        try "`echo other`{{execute}}\n".write(toFile: page, atomically: true, encoding: .utf8)
        let rest = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(String(decoding: rest, as: UTF8.self).contains("was changed while the lesson ran"))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == "`echo other`{{execute}}\n")
    }
}
