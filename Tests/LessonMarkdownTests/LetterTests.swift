import Diagnostics
import Lessons
import SeededNumbers
import Testing

@testable import LessonMarkdown

@Suite struct LetterTests {
    /// Words with few letters, so that many are near to each other.
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func packedWordsAreNearWhenTheirTextsAre(seed: UInt64) {
        var random = SplitMix(state: seed)
        func word() -> String {
            String((0..<Int.random(in: 1...18, using: &random)).map { _ in "ab".randomElement(using: &random) ?? "a" })
        }
        for _ in 0..<200 {
            let (left, right) = (word(), word())
            if max(left.count, right.count) > 16 { continue }
            // A single letter is near to nothing else.
            let isNear = min(left.count, right.count) > 1 ? Spelling.isNear(left, to: right) : left == right
            #expect(Letters(left).isNear(Letters(right)) == isNear, "\(left) and \(right)")
        }
    }

    @Test func aSlipInOneLetterOfAWordIsForgiven() {
        for slip in ["outptu", "ouput", "outputt", "oatput", "uotput"] {
            #expect(Vocabulary.word(Letters(slip), suffix: nil).isAny(of: .output), "\(slip)")
        }
        #expect(!Vocabulary.word(Letters("input"), suffix: nil).isAny(of: .output))
    }

    @Test func namesOfFilesAreKnownByTheirExtension() {
        #expect(Vocabulary.word(Letters("compose.yml"), suffix: Letters("yml")).isAny(of: .place))
        #expect(!Vocabulary.word(Letters("example.com"), suffix: Letters("com")).isAny(of: .place))
    }

    @Test(arguments: [("2", 2), ("02", 2), ("32", 32), ("33", nil), ("0", nil), ("2a", nil)] as [(String, Int?)])
    func numbersOfTerminalsEndAt32(text: String, number: Int?) {
        #expect(Letters(text).number(from: 0) == number)
    }

    @Test func caretsStandUnderTheScalarsOfAWord() {
        let page = read("<!-- lectern: sïmïlar -->\n```\nx\n```\n")
        #expect(
            page.warnings.first?.excerpt == "  <!-- lectern: sïmïlar -->\n                ^^^^^^^")
    }

    @Test func aLongLineIsCutAroundTheCaret() {
        let text = String(repeating: "ä", count: 300) + "x" + String(repeating: "ö", count: 300)
        let source = SourceText(bytes: Array(text.utf8), file: "page.md")
        let shown = "  " + String(repeating: "ä", count: 50) + "x" + String(repeating: "ö", count: 49)
        let carets = "  " + String(repeating: " ", count: 50) + "^~"
        #expect(Excerpt.text(of: source, at: 600..<603, tail: "~") == shown + "\n" + carets)
    }
}
