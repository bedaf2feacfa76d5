/// Texts that are looked for all at once: one pass, and a comparison only where a first byte fits.
struct Needles: Sendable {
    private var byFirst: [[Bytes]]

    /// - Parameter list: The texts, with a comma or the end of a line between; blanks beside them don't count.
    init(list: String) {
        self.init(list.split { $0 == "," || $0.isNewline }.map(\.trimmed).filter { !$0.isEmpty })
    }

    init(_ texts: [String]) {
        byFirst = Array(repeating: [], count: 256)
        for bytes in texts.map({ Bytes($0.utf8) }) where !bytes.isEmpty { byFirst[Int(bytes[0])].append(bytes) }
    }

    func isFound(in text: Bytes) -> Bool { text.indices.contains { isFound(in: text, at: $0) } }

    func isFound(in text: Bytes, at offset: Int) -> Bool {
        guard offset < text.count else { return false }
        return byFirst[Int(text[offset])].contains { text[offset...].starts(with: $0) }
    }
}
