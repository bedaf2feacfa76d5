import Diagnostics
import Lessons

/// The words of an author's comment.
enum DirectiveWords {
    static let plain = [
        "exact", "similar", "ignore", "contains", "regex", "unordered", "optional", "screen", "sample", "no-sample",
        "retry",
    ]
    private static let valued = ["timeout": "timeout=10s", "status": "status=1", "field": "field:customer.email=email"]

    static let known =
        "known are " + (plain + ["timeout=SECONDS", "status=N", "field:PATH=CLASS"]).joined(separator: ", ")

    static func isWord(_ word: String) -> Bool {
        plain.contains(word) || valued.keys.contains { word.hasPrefix("\($0)=") || word.hasPrefix("\($0):") }
    }

    /// What to say of a word that isn't known.
    static func unknown(_ word: String) -> String {
        let name = String(word.prefix { $0 != "=" && $0 != ":" })
        if let example = valued[name.lowercased()] { return "'\(word)' needs a value; write it as '\(example)'" }
        let meant = NearestWords.suggestion(for: name, among: plain + valued.keys.sorted())
        return "unknown word '\(word)'; " + (meant ?? known)
    }
}

/// Names that a misspelt one may have been meant for.
enum NearestWords {
    /// "did you mean …?", with up to three names; `nil` when none is near.
    static func suggestion(for word: String, among names: [String]) -> String? {
        let lowered = word.lowercased()
        let near = (1...2).lazy.map { slips in names.filter { Spelling.isNear(lowered, to: $0, slips: slips) } }
            .first { !$0.isEmpty }
        let starting = names.filter { lowered.utf8.count >= 3 && $0.hasPrefix(lowered) }
        guard let found = near ?? (starting.isEmpty ? nil : starting) else { return nil }
        return "did you mean " + found.prefix(3).map { "'\($0)'" }.joined(separator: " or ") + "?"
    }
}
