import Lessons
import SampleUpdating
import Testing

/// What the author left out stays left out.
@Suite struct ElisionTests {
    private func recorded(_ sample: String, _ output: String) -> String {
        let recording = record("`a`{{execute}}\n\n```\n\(sample)\n```\n", [output])
        let lines = text(recording).split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).dropLast(2)
        return lines.joined(separator: "\n")
    }

    @Test func asManyLinesAsBeforeStandAtBothEnds() {
        #expect(recorded("start 1\nb\n...\nend", "start 2\nc\nx\ny\nz\nend") == "start 2\nc\n...\nend")
        #expect(recorded(".\n.\nlast 1", "x\ny\nlast 2") == ".\n.\nlast 2")
        #expect(recorded("first 1\n[...]", "first 2\nx\ny") == "first 2\n[...]")
    }

    @Test func elementsAreCountedWhereTheyTakeMoreLinesNow() {
        let sample = "[\n  {\n    \"id\": 1\n  },\n  ...\n]"
        let output = "[\n  {\n    \"id\": 1,\n    \"new\": true\n  },\n  {\n    \"id\": 2,\n    \"new\": true\n  }\n]"
        #expect(recorded(sample, output) == "[\n  {\n    \"id\": 1,\n    \"new\": true\n  },\n  ...\n]")
    }

    @Test func aPartBetweenElisionsIsFound() {
        #expect(
            recorded("...\n\n{\n  a: 1\n}\n...", "noise\n{\n  a: 1,\n  b: 2\n}\n{\n  a: 1,\n  b: 2\n}\nmore")
                == "...\n\n{\n  a: 1,\n  b: 2\n}\n...")
    }

    @Test func anOutputThatIsShorterThanWhatWasShownStandsInFull() {
        #expect(recorded("a\nb\n...\ny\nz", "a\nz") == "a\nz")
    }

    @Test func aLineCutShortStaysCutShortWhereItHolds() {
        #expect(
            recorded("copied 12 files ... done\ncount x", "copied 12 files to src and lib done\ncount y")
                == "copied 12 files ... done\ncount y")
    }

    @Test func aLongOutputIsCutWithTheMarkOfThePage() {
        let lines = (1...100).map { "line number \($0)" }
        let recording = record("`a`{{execute}}\n", [lines.joined(separator: "\n")])
        let after = recording.written.first?.after ?? []
        #expect(after.count == 15)
        #expect(after.contains("...") && after.last == "line number 100")
    }
}
