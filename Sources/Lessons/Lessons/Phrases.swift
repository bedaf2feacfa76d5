/// Phrases of one or more words that are looked for in a text all at once.
///
/// Words are compared as they are: callers make both sides lower-case.
public struct Phrases: Sendable {
    private let byFirst: [Substring: [[Substring]]]

    /// - Parameter list: The phrases, with a comma or the end of a line between.
    public init(_ list: String) {
        var byFirst: [Substring: [[Substring]]] = [:]
        for phrase in list.split(whereSeparator: { $0 == "," || $0.isNewline }) {
            let words = phrase.split(separator: " ")
            if let first = words.first { byFirst[first, default: []].append(words) }
        }
        self.byFirst = byFirst
    }

    /// Whether the words of one of the phrases are in the text one behind the other.
    public func areSaid(in words: [Substring]) -> Bool {
        words.indices.contains { index in
            byFirst[words[index]]?.contains { words[index...].starts(with: $0) } ?? false
        }
    }
}
