import Lessons
import SampleUpdating
import Testing

/// What the author left out stays left out.
@Suite struct ElisionTests {
    private func updated(_ sample: String, _ output: String) -> String {
        let result = update("`a`{{execute}}\n\n```\n\(sample)\n```\n", [output])
        let lines = text(result).split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).dropLast(2)
        return lines.joined(separator: "\n")
    }

    @Test func asManyLinesAsBeforeStandAtBothEnds() {
        #expect(updated("start 1\nb\n...\nend", "start 2\nc\nx\ny\nz\nend") == "start 2\nc\n...\nend")
        #expect(updated(".\n.\nlast 1", "x\ny\nlast 2") == ".\n.\nlast 2")
        #expect(updated("first 1\n[...]", "first 2\nx\ny") == "first 2\n[...]")
    }

    @Test func elementsAreCountedWhereTheyTakeMoreLinesNow() {
        let sample = "[\n  {\n    \"id\": 1\n  },\n  ...\n]"
        let output = "[\n  {\n    \"id\": 1,\n    \"new\": true\n  },\n  {\n    \"id\": 2,\n    \"new\": true\n  }\n]"
        #expect(updated(sample, output) == "[\n  {\n    \"id\": 1,\n    \"new\": true\n  },\n  ...\n]")
    }

    @Test func aPartBetweenElisionsIsFound() {
        #expect(
            updated("...\n\n{\n  a: 1\n}\n...", "noise\n{\n  a: 1,\n  b: 2\n}\n{\n  a: 1,\n  b: 2\n}\nmore")
                == "...\n\n{\n  a: 1,\n  b: 2\n}\n...")
    }

    @Test func anOutputThatIsShorterThanWhatWasShownStandsInFull() {
        #expect(updated("a\nb\n...\ny\nz", "a\nz") == "a\nz")
    }

    @Test func aLineCutShortStaysCutShortWhereItHolds() {
        #expect(
            updated("copied 12 files ... done\ncount x", "copied 12 files to src and lib done\ncount y")
                == "copied 12 files ... done\ncount y")
    }

    @Test func aLongOutputIsCutWithTheMarkOfThePage() {
        let lines = (1...100).map { "line number \($0)" }
        let result = update("`a`{{execute}}\n", [lines.joined(separator: "\n")])
        let after = result.written.first?.after ?? []
        #expect(after.count == 15)
        #expect(after.contains("...") && after.last == "line number 100")
    }
}
