import Lessons

/// Values that may not vary, whatever their class: what the command or the sentence before the sample names.
///
/// Under "similar" a number or a name may be another, but not the one that the reader typed: who books berth D7 for two
/// nights doesn't expect berth C2.
struct FixedValues: Sendable {
    static let none = FixedValues()

    /// The page says that the output is exactly this, identifiers included.
    private(set) var isVerbatim = false
    private var values: Set<String> = []
    /// Values by the key that the command gives them: `{"nights":2}`, `nights=2`.
    private var byKey: [String: String] = [:]

    private init() {}

    init(_ context: SampleContext, _ announcement: SampleAnnouncement) {
        isVerbatim = announcement.isVerbatim
        let command = Self.words(of: context.command)
        for (index, word) in command.enumerated() where index == 0 || command[index - 1] != "sleep" {
            if Self.isTelling(word) { values.insert(word) }
        }
        for word in Self.words(of: context.sentence) where Self.isTelling(word) { values.insert(word) }
        byKey = Self.keyed(context.command)
    }

    var isEmpty: Bool { values.isEmpty && byKey.isEmpty && !isVerbatim }

    func contains(_ value: String) -> Bool { values.contains(value) }

    func contains(_ value: String, of key: String) -> Bool {
        values.contains(value) || byKey[key.lowercased()] == value
    }

    /// The numbers of two digits or more that are parts of the text and fixed.
    func numbers(in text: String) -> Set<Substring> {
        Self.numbers(in: text).filter { $0.count >= 2 && values.contains(String($0)) }
    }

    static func numbers(in text: String) -> Set<Substring> { Set(text.split { !$0.isNumber }) }

    /// The words of a text that are fixed.
    func words(in text: String) -> [String] { Self.words(of: text).filter(values.contains) }

    private static func words(of text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || "_.@-".contains($0)) }
            .map { $0.drop { ".-".contains($0) } }
            .map { word in String(word.reversed().drop { ".-".contains($0) }.reversed()) }
    }

    /// Numbers of two digits or more and words of three letters or more; shorter ones recur by chance.
    private static func isTelling(_ word: String) -> Bool {
        if word.allSatisfy(\.isNumber) { return word.count >= 2 }
        if common.contains(word.lowercased()) { return false }
        return word.count >= 3 || word.count == 2 && word.contains(where: \.isNumber)
    }

    /// Words that name nothing.
    private static let common = Set(
        """
        the and you your will would should see that this these those with from for are was has have had not but its like \
        look looks something similar output following get gets into than then there here which what when who all any some \
        each every one two other another more most now can may might must also such only our their them they how let
        """.split(separator: " ").map(String.init))

    private static func keyed(_ command: String) -> [String: String] {
        var result: [String: String] = [:]
        let pieces = command.split { "{},&? \n".contains($0) }
        for piece in pieces {
            guard let mark = piece.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
            let strip = { (part: Substring) in String(part.filter { !"\"'".contains($0) }).trimmed }
            let (key, value) = (strip(piece[..<mark]), strip(piece[piece.index(after: mark)...]))
            if !key.isEmpty, !value.isEmpty { result[key.lowercased()] = value }
        }
        return result
    }
}
