import Diagnostics
import LessonMarkdown

/// Slips of the pen in words of the dialect.
enum Slip {
    /// Whether the words differ in case, or in one or two letters for their length.
    static func isNear(_ word: String, _ known: String) -> Bool {
        guard word != known else { return false }
        // Most words are compared with many that have nothing in common with them.
        if word.utf8.span.isASCII, known.utf8.span.isASCII, abs(word.utf8.count - known.utf8.count) > 2 { return false }
        let left = word.lowercased()
        let right = known.lowercased()
        if left == right { return true }
        let shorter = min(left.utf8.count, right.utf8.count)
        guard shorter >= 4 else { return false }
        return Spelling.isNear(left, to: right, slips: shorter >= 7 ? 2 : 1)
    }
}
