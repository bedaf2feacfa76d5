/// What known tools say in other words from version to version.
struct KnownWordings: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let clients = situation.program.clients
        let wordings = WordingTable.all.filter { wording in
            situation.context.command.isEmpty || wording.tools.isEmpty
                || wording.tools.contains { situation.program.runs($0) || clients.contains($0) }
        }
        var used: Set<String> = []
        func settled(_ lines: [TextLine]) -> [TextLine] {
            lines.map { line in
                let indent = line.text.prefix { $0 == " " || $0 == "\t" }
                var text = String(line.text.dropFirst(indent.count))
                for wording in wordings where wording.mayBe(in: line.bytes) {
                    guard let plain = wording.settled(text), plain != text else { continue }
                    text = plain
                    used.insert(wording.tools.first ?? "a shell")
                }
                return line.text.dropFirst(indent.count) == text ? line : line.replacing(indent + text)
            }
        }
        let (sample, output) = (settled(pair.sample), settled(pair.output))
        guard !used.isEmpty else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "\(used.sorted().joined(separator: ", ")) words this differently from version to version"
    }
}

/// One wording that is settled for comparing.
///
/// Written with `{1}`, `{2}` for parts that may be anything; the plain wording has some of them, in any order.
struct KnownWording: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case part(Int)
    }

    let tools: [String]
    private let other: [Piece]
    private let plain: [Piece]
    /// The longest of the texts, which lines are looked through for first.
    private let sign: Bytes

    init(_ tools: [String], _ other: String, _ plain: String) {
        self.tools = tools
        self.other = Self.pieces(other)
        self.plain = Self.pieces(plain)
        sign =
            self.other.map { if case .text(let text) = $0 { Bytes(text.utf8) } else { [] } }
            .max { $0.count < $1.count } ?? []
    }

    private static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
            let number = Int(rest[rest.index(after: open)..<close])
        {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.part(number))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    /// Whether the line holds the longest of the wording's texts; quicker than ``settled(_:)``.
    func mayBe(in line: Bytes) -> Bool {
        guard let first = sign.first else { return true }
        guard line.count >= sign.count else { return false }
        for at in 0...(line.count - sign.count) where line[at] == first {
            if line[at...].starts(with: sign) { return true }
        }
        return false
    }

    /// The line in its plain wording; `nil` when it isn't worded so.
    func settled(_ line: String) -> String? {
        var rest = line[...]
        var parts: [Int: Substring] = [:]
        var open: Int?
        for (index, piece) in other.enumerated() {
            switch piece {
            case .part(let number): open = number
            case .text(let text):
                guard let number = open else {
                    guard rest.hasPrefix(text) else { return nil }
                    rest = rest.dropFirst(text.count)
                    continue
                }
                let isLast = index == other.count - 1
                guard let found = isLast ? Self.end(of: rest, text) : rest.firstRange(of: text) else { return nil }
                // The same part twice is the same text.
                if let known = parts[number], known != rest[..<found.lowerBound] { return nil }
                parts[number] = rest[..<found.lowerBound]
                rest = rest[found.upperBound...]
                open = nil
            }
        }
        if let open { parts[open] = rest } else if !rest.isEmpty { return nil }
        return plain.map { piece in
            switch piece {
            case .text(let text): text
            case .part(let number): String(parts[number] ?? "")
            }
        }.joined()
    }

    private static func end(of rest: Substring, _ text: String) -> Range<Substring.Index>? {
        guard rest.hasSuffix(text) else { return nil }
        return rest.index(rest.endIndex, offsetBy: -text.count)..<rest.endIndex
    }
}
