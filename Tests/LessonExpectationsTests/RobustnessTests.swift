import Lessons
import SampleCorpus
import SeededNumbers
import Testing

@testable import LessonExpectations

/// Texts that nobody means well: none of them crashes, hangs or is taken for success.
@Suite struct RobustnessTests {
    private static let hostile: [(name: String, text: String)] = [
        ("deep nesting", String(repeating: "[", count: 50_000)),
        ("deep objects", String(repeating: "{ a: ", count: 20_000)),
        ("one long word", String(repeating: "a", count: 1_000_000)),
        ("a long line of pieces", String(repeating: "a:1=", count: 100_000)),
        ("a long string", "{ a: '" + String(repeating: "x ", count: 300_000) + "' }"),
        ("equal lines", String(repeating: "same line\n", count: 10_000)),
        ("equal fields", String(repeating: "key: value\n", count: 10_000)),
        ("rows of words", String(repeating: "a|b\n", count: 10_000)),
        ("unclosed braces", String(repeating: "{ a\n", count: 10_000)),
        ("dots", String(repeating: ".\nx\n", count: 5_000)),
        ("control bytes", String(decoding: (0..<4_000).map { UInt8($0 % 32) }, as: UTF8.self)),
        ("invalid UTF-8", String(decoding: (0..<4_000).map { UInt8($0 % 256) }, as: UTF8.self)),
        ("quotes", String(repeating: "\"'`", count: 20_000)),
        ("capital words", String(repeating: "A B C D\n", count: 5_000)),
        ("rules", String(repeating: "---+---\n| a | b |\n", count: 3_000)),
    ]

    @Test(arguments: hostile.indices) func hostileTextsMatchThemselvesAndNothingElse(_ index: Int) {
        let text = Self.hostile[index].text
        let sample = ParsedSample(documented: text, wording: .similar)
        #expect(sample.compare(with: text).matches, "\(Self.hostile[index].name)")
        #expect(!ParsedSample(documented: "expected words", wording: .exact).compare(with: text).matches)
    }

    @Test func anEmptySampleHoldsForNothingOnly() {
        #expect(ParsedSample(documented: "", wording: .exact).compare(with: "\n\n").matches)
        #expect(!ParsedSample(documented: "", wording: .exact).compare(with: "something").matches)
    }

    /// Random cuts and joins of the corpus: whatever comes out, it matches itself.
    @Test func scrambledSamplesMatchThemselves() {
        var random = SplitMix(state: 2026)
        let texts = CorpusEntry.all.map { Array($0.documented.utf8) }
        for _ in 0..<400 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                guard let text = texts.randomElement(using: &random), text.count > 2 else { continue }
                let start = Int.random(in: 0..<text.count, using: &random)
                bytes += text[start..<Int.random(in: start...text.count, using: &random)]
            }
            let text = String(decoding: bytes, as: UTF8.self)
            // Elision lines in an output are dots; a sample with them isn't its own output.
            guard
                !text.split(separator: "\n").contains(where: {
                    $0.contains("...") || $0.contains("…") || $0.allSatisfy { $0 == "." }
                })
            else { continue }
            for wording in [Wording.exact, .similar] {
                let comparison = ParsedSample(documented: text, wording: wording).compare(with: text)
                #expect(comparison.matches, "\(text.debugDescription): \(comparison.explanation())")
            }
        }
    }
}
