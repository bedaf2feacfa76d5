/// Whether a line could be one more row of what the sample shows.
///
/// A row that the page doesn't show is a difference, however little it looks like an error; a line of another kind may be
/// a tool's own.
struct RowLikeness {
    private let signatures: Set<[UInt8]>
    private let leads: Set<[UInt8]>
    private let columns: Set<Int>
    private let hasKeys: Bool

    init(_ sample: [TextLine]) {
        let lines = sample.filter { !$0.isBlank }
        signatures = Set(lines.map(Self.signature))
        leads = Set(lines.compactMap(Self.lead))
        columns = Set(lines.map(Self.columnCount).filter { $0 >= 3 })
        hasKeys = lines.filter(Self.hasKey).count >= 1
    }

    func isRow(_ line: TextLine) -> Bool {
        signatures.contains(Self.signature(line)) || Self.lead(line).map(leads.contains) ?? false
            || columns.contains(Self.columnCount(line)) || hasKeys && Self.hasKey(line)
    }

    /// A byte for each token: words are one kind, numbers another, marks stand for themselves.
    private static func signature(_ line: TextLine) -> [UInt8] {
        line.tokens.map { token in
            switch token.kind {
            case .field(let fieldClass):
                switch fieldClass {
                case .word, .text, .name: UInt8(ascii: "w")
                case .integer, .decimal, .port, .processID, .size, .percentage: UInt8(ascii: "n")
                case .path: UInt8(ascii: "p")
                case .timestamp: UInt8(ascii: "t")
                case .duration, .age: UInt8(ascii: "d")
                case .version: UInt8(ascii: "v")
                default: UInt8(ascii: "h")
                }
            case .mark: line.bytes[token.range.lowerBound]
            case .rule: UInt8(ascii: "-")
            case .literal: UInt8(ascii: "{")
            case .branch: UInt8(ascii: "T")
            case .elision, .pattern: UInt8(ascii: "*")
            }
        }
    }

    /// The mark with which the line begins: `- `, `✔`, a branch of a tree.
    private static func lead(_ line: TextLine) -> [UInt8]? {
        guard let first = line.tokens.first, line.tokens.count > 1 else { return nil }
        switch first.kind {
        case .mark: return Array(line.bytes[first.range]) == [UInt8(ascii: "[")] ? nil : Array(line.bytes[first.range])
        case .branch: return [UInt8(ascii: "T")]
        default: return nil
        }
    }

    /// Pieces with two blanks or more between.
    static func columnCount(_ line: TextLine) -> Int {
        zip(line.tokens, line.tokens.dropFirst()).count { $1.range.lowerBound - $0.range.upperBound >= 2 } + 1
    }

    /// `key: value` with a word or two before the colon.
    private static func hasKey(_ line: TextLine) -> Bool {
        for token in line.tokens.dropFirst().prefix(2) {
            guard case .mark = token.kind else { continue }
            let mark = line.bytes[token.range.lowerBound]
            if mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") {
                return token.range.upperBound < line.bytes.count
                    && (mark == UInt8(ascii: "=") || line.bytes[token.range.upperBound].isBlank)
            }
        }
        return false
    }
}
