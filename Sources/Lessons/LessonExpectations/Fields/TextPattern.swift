/// A word of a sample that stands for others: `eyJhbGciOi...`, `sha256:4f53…c61d`, `https://<your-name>.example`, `user-xxxx`.
///
/// Dots glued to the letters of a token, digest or cut word stand for its rest; a placeholder stands for a value of the
/// reader's. Either stands for at least one character.
struct TextPattern: Sendable {
    private enum Piece: Sendable {
        case text(Bytes)
        /// At least as many characters.
        case anything(Int)
    }

    private let pieces: [Piece]
    /// Holds a placeholder, not only something shortened.
    let hasPlaceholder: Bool
    /// What stands for others may have blanks: a whole string, or a placeholder of several words.
    let spansWords: Bool

    /// - Parameter isString: The text is a string of structured data, not a word of a line.
    /// - Returns: `nil` for a text that stands for nothing but itself.
    init?(_ text: ArraySlice<UInt8>, isString: Bool = false) {
        guard text.count <= 2_000, Self.mayHold(text) else { return nil }
        let bytes = Bytes(text)
        // `<name>…</name>` is an element.
        guard !bytes.indices.contains(where: { bytes.has("</", at: $0) }) else { return nil }
        var pieces: [Piece] = []
        var plain = Bytes()
        var hasPlaceholder = false
        var isShortened = false
        var holdsRandom = false
        var at = 0
        while at < bytes.count {
            if let end = Self.dotsEnd(bytes, at), isString || Self.isGlued(bytes, at..<end) {
                // Letters of a digest beside the dots are others in each run.
                var dropped = 0
                while let last = plain.last, dropped > 0 || Self.endsRandom(plain), last.isWordByte {
                    plain.removeLast()
                    dropped += 1
                }
                holdsRandom = holdsRandom || dropped > 0
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = []
                pieces.append(.anything(max(1, dropped)))
                isShortened = true
                at = Self.randomEnd(bytes, end)
            } else if let end = Placeholder.end(in: bytes, from: at) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = []
                pieces.append(.anything(1))
                hasPlaceholder = true
                at = end
            } else {
                plain.append(bytes[at])
                at += 1
            }
        }
        guard hasPlaceholder || isShortened else { return nil }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        self.pieces = pieces
        self.hasPlaceholder = hasPlaceholder
        spansWords = isString && !holdsRandom || bytes.contains(0x20)
    }

    /// Whether the text could be what the pattern stands for.
    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        if !spansWords, text.contains(where: \.isBlank) { return false }
        var at = text.startIndex
        /// How many characters what is left open must have.
        var open: Int?
        for (index, piece) in pieces.enumerated() {
            guard case .text(let wanted) = piece else {
                if case .anything(let least) = piece { open = max(open ?? 0, least) }
                continue
            }
            guard let least = open else {
                guard text[at...].starts(with: wanted) else { return false }
                at += wanted.count
                continue
            }
            let isLast = index == pieces.count - 1
            let first = at + least
            guard first + wanted.count <= text.endIndex else { return false }
            let starts =
                isLast
                ? (text.endIndex - wanted.count)..<(text.endIndex - wanted.count + 1)
                : first..<(text.endIndex - wanted.count + 1)
            guard let found = starts.first(where: { text[$0...].starts(with: wanted) }) else { return false }
            at = found + wanted.count
            open = nil
        }
        return open.map { text.endIndex - at >= $0 } ?? (at == text.endIndex)
    }

    /// A quick look for any of the signs.
    static func mayHold(_ text: ArraySlice<UInt8>) -> Bool {
        text.contains { byte in
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "x"),
                UInt8(ascii: "X"),
                UInt8(ascii: "*"), UInt8(ascii: "Y"), UInt8(ascii: "y"), 0xE2:
                true
            default: false
            }
        }
    }

    private static func dotsEnd(_ bytes: Bytes, _ at: Int) -> Int? {
        if bytes.has("…", at: at) { return at + 3 }
        guard bytes.has("...", at: at) else { return nil }
        return bytes.end(of: at) { $0 == UInt8(ascii: ".") }
    }

    /// Dots behind or before letters, not a path's (`./...`) and not a sentence that trails off.
    private static func isGlued(_ bytes: Bytes, _ dots: Range<Int>) -> Bool {
        let before = bytes[..<dots.lowerBound].reversed().prefix {
            $0.isWordByte || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "+")
        }
        let after = bytes[dots.upperBound...].prefix(while: \.isWordByte)
        return isRandom(Bytes(before.reversed())) || isRandom(Bytes(after))
    }

    /// Letters and digits of a digest, a token or a key: with digits among letters, or capitals inside.
    private static func isRandom(_ word: Bytes) -> Bool {
        guard word.count >= 3 else { return false }
        let isHex = word.allSatisfy(\.isHex) && word.contains(where: \.isDigit)
        let hasCapitalInside = word.dropFirst().contains(where: \.isUpper) && word.contains(where: \.isLower)
        return isHex || hasCapitalInside || word.contains(where: \.isDigit) && word.contains(where: \.isLetter)
    }

    private static func endsRandom(_ plain: Bytes) -> Bool {
        isRandom(Bytes(plain.reversed().prefix(while: \.isWordByte).reversed()))
    }

    private static func randomEnd(_ bytes: Bytes, _ at: Int) -> Int {
        let end = bytes.end(of: at, while: \.isWordByte)
        return isRandom(Bytes(bytes[at..<end])) ? end : at
    }
}

/// What authors write for a value of the reader's: `<your-id>`, `[your name]`, `{user_id}`, `YOUR_TOKEN`, `xxxx`, `***`.
enum Placeholder {
    static func end(in bytes: Bytes, from at: Int) -> Int? {
        switch bytes[at] {
        case UInt8(ascii: "<"): return bracketed(bytes, at, close: UInt8(ascii: ">"))
        case UInt8(ascii: "["): return bracketed(bytes, at, close: UInt8(ascii: "]"), needsOwner: true)
        case UInt8(ascii: "{"): return bracketed(bytes, at, close: UInt8(ascii: "}"), needsOwner: true)
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "*"):
            guard at == 0 || !bytes[at - 1].isLetter else { return nil }
            let end = bytes.end(of: at) { $0 == bytes[at] }
            // A run of stars alone draws a line.
            guard bytes[at] != UInt8(ascii: "*") || end - at < bytes.count else { return nil }
            return end - at >= 3 && (end == bytes.count || !bytes[end].isLetter) ? end : nil
        case UInt8(ascii: "Y"), UInt8(ascii: "y"):
            guard at == 0 || !bytes[at - 1].isWordByte,
                bytes.has("your_", at: at, ignoringCase: true) || bytes.has("your-", at: at, ignoringCase: true)
            else { return nil }
            return bytes.end(of: at) { $0.isWordByte || $0 == UInt8(ascii: "-") }
        default: return nil
        }
    }

    private static func bracketed(_ bytes: Bytes, _ at: Int, close: UInt8, needsOwner: Bool = false) -> Int? {
        guard let end = bytes[at...].prefix(40).firstIndex(of: close), end > at + 1 else { return nil }
        let inner = bytes[(at + 1)..<end]
        guard inner.allSatisfy({ $0.isWordByte || $0 == 0x20 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }),
            inner.first?.isLetter ?? false
        else { return nil }
        let words = String(decoding: inner, as: UTF8.self).lowercased().split { " _-.".contains($0) }
        let hasOwner = ["your", "my", "some", "the", "a", "an"].contains(words.first ?? "")
        let isNamed = words.contains { names.contains(String($0)) }
        return hasOwner && words.count > 1 || isNamed && (!needsOwner || words.count > 1) ? end + 1 : nil
    }

    private static let names: Set<String> = [
        "id", "name", "username", "user", "password", "token", "key", "host", "hostname", "ip", "address", "port",
        "region", "account",
        "project", "date", "time", "timestamp", "version", "hash", "sha", "digest", "uuid", "number", "value", "email",
        "path",
        "domain", "url", "namespace", "pod", "node", "container", "image", "tag", "cluster", "bucket", "secret", "zone",
        "commit",
        "branch", "repo", "registry", "suffix", "prefix", "random", "string", "size", "duration", "pid", "login",
        "server",
    ]
}
