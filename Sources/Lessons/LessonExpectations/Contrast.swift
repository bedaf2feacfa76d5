/// Says in one sentence how two texts differ, so that the difference is in sight however long they are.
enum Contrast {
    /// Shorter texts are shown whole.
    private static let shownWhole = 60
    /// Characters shown before the first that differs, and behind it.
    private static let before = 20
    private static let behind = 30

    static func sentence(_ wanted: String, _ got: String) -> String {
        guard max(wanted.utf8.count, got.utf8.count) > shownWhole else {
            return "expected \"\(wanted.shortened)\", got \"\(got.shortened)\"" + codePoints(wanted, got)
        }
        let (left, right) = (Array(wanted), Array(got))
        let common = zip(left, right).prefix { $0 == $1 }.count
        if common == min(left.count, right.count), common > 0 {
            let verb = right.count < left.count ? "ends" : "goes on"
            return "expected \(left.count) characters, got \(right.count): it \(verb) after \"\(tail(left, common))\""
        }
        guard common > shownWhole / 2 else { return "expected \"\(wanted.shortened)\", got \"\(got.shortened)\"" }
        return "expected \"\(part(left, common))\", got \"\(part(right, common))\" from character \(common + 1) on"
    }

    private static func part(_ text: [Character], _ place: Int) -> String {
        let end = min(text.count, place + behind)
        return (tail(text, place) + String(text[place..<end]) + (end < text.count ? "…" : "")).onOneLine
    }

    private static func tail(_ text: [Character], _ end: Int) -> String {
        let start = max(0, end - before)
        return ((start > 0 ? "…" : "") + String(text[start..<end])).onOneLine
    }

    /// Letters that look alike are told apart by their code points: ` (U+0430 in place of U+0061)`.
    private static func codePoints(_ wanted: String, _ got: String) -> String {
        let (left, right) = (Array(wanted.unicodeScalars), Array(got.unicodeScalars))
        guard left.count == right.count, (left + right).contains(where: { !$0.isASCII }) else { return "" }
        let pairs = zip(left, right).filter { $0 != $1 }
        guard let (one, other) = pairs.first, pairs.count <= 2, !one.isASCII || !other.isASCII else { return "" }
        return " (\(name(other)) in place of \(name(one)))"
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    fileprivate var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
