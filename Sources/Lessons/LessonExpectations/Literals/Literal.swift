/// A value written out as JSON, as a JavaScript literal of Node, mongosh or kafka-cli, or as a Python literal.
struct Literal: Sendable {
    indirect enum Kind: Sendable {
        /// Fields in the order written. `isElided`: some are left out.
        case object([Field], tag: String?, isElided: Bool)
        case list([Literal], tag: String?, isElided: Bool)
        case string(String)
        /// As written, without JavaScript's `n` and Python's `_`.
        case number(String)
        case boolean(Bool)
        /// `null`, `None`, `undefined`: one kind, told apart by their text.
        case null(String)
        /// A bare date, or one inside `ISODate('…')`, `new Date(…)`, `datetime(…)`.
        case date(String)
        /// The digits of `ObjectId('…')`.
        case objectID(String)
        /// Something printed for a value that has no literal: `[Function: x]`, `<Buffer 00>`, `[Object]`.
        case opaque(String)
    }

    struct Field: Sendable {
        var key: String
        var value: Literal
    }

    var kind: Kind
    /// The line it starts on, counted from 0 in the text it was read from.
    var line: Int
    /// `true` for a value written without quotes, in a cell or after a key.
    var isBare = false

    /// What is here, as a sentence says it: `the string "six"`, `an object`.
    var phrase: String {
        switch kind {
        case .object(_, let tag, _): tag.map { "an object of class \($0)" } ?? "an object"
        case .list: "a list"
        case .string(let text): "the string \"\(text.shortened)\""
        case .number(let text): Self.isInteger(text) ? "the integer \(text)" : "the decimal \(text)"
        case .boolean(let value): "the boolean \(value)"
        case .null(let text): text
        case .date(let text): "the date \(text)"
        case .objectID(let text): "the object id \(text)"
        case .opaque(let text): text
        }
    }

    /// The value on one line, for an explanation.
    var inline: String {
        switch kind {
        case .object(let fields, let tag, let isElided):
            let parts = fields.map { "\($0.key): \($0.value.inline)" } + (isElided ? ["…"] : [])
            return (tag.map { $0 + " " } ?? "") + (parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }")
        case .list(let items, _, let isElided):
            return "[\((items.map(\.inline) + (isElided ? ["…"] : [])).joined(separator: ", "))]"
        case .string(let text): return "\"\(text)\""
        case .number(let text), .null(let text), .date(let text), .objectID(let text), .opaque(let text): return text
        case .boolean(let value): return "\(value)"
        }
    }

    /// The value without quotes.
    var plain: String {
        if case .string(let text) = kind { text } else { inline }
    }

    /// The value as if it stood on one line: a value read from a string has no lines of its own.
    func moved(to line: Int) -> Literal {
        var moved = self
        moved.line = line
        switch kind {
        case .object(let fields, let tag, let isElided):
            moved.kind = .object(
                fields.map { .init(key: $0.key, value: $0.value.moved(to: line)) }, tag: tag, isElided: isElided)
        case .list(let items, let tag, let isElided):
            moved.kind = .list(items.map { $0.moved(to: line) }, tag: tag, isElided: isElided)
        default: break
        }
        return moved
    }

    static func isInteger(_ number: String) -> Bool {
        number.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    }
}

extension String {
    /// At most 60 characters of it, on one line, for a sentence.
    var shortened: String {
        let line = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ")
        return line.utf8.count <= 60 ? line : String(line.prefix(57)) + "…"
    }
}
