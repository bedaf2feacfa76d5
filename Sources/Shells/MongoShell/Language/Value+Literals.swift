import ShellLiterals

extension Value {
    /// Levels of a value that become part of a literal; more than any server's documents have.
    private static let maxDepth = 200
    /// Values in one literal. A few lists that hold each other twice would make more of them than any memory holds.
    private static let maxValues = 2_000_000

    /// The value as far as it can be put into a document; what can't is shown by a text.
    var literalValue: LiteralValue {
        var budget = Self.maxValues
        return literalValue(depth: 0, &budget)
    }

    private func literalValue(depth: Int, _ budget: inout Int) -> LiteralValue {
        budget -= 1
        switch self {
        case .literal(let value): return value
        case .list(let list):
            guard depth < Self.maxDepth, budget > 0 else { return .opaque("[Array]") }
            return .array(list.elements.map { $0.literalValue(depth: depth + 1, &budget) })
        case .object(let object):
            guard depth < Self.maxDepth, budget > 0 else { return .opaque("[Object]") }
            return .object(
                LiteralObject(
                    object.fields.map { .init(name: $0.name, value: $0.value.literalValue(depth: depth + 1, &budget)) })
            )
        case .error(let error): return .opaque(error.description)
        case .database(let name): return .opaque(name)
        case .collection(let namespace): return .opaque(namespace.description)
        case .cursor: return .opaque("[Cursor]")
        case .function(let function):
            return .opaque(function.name.isEmpty ? "[Function (anonymous)]" : "[Function: \(function.name)]")
        }
    }

    var isTruthy: Bool {
        switch self {
        case .literal(.undefined), .literal(.null), .literal(.bool(false)): false
        case .literal(.number(let number)): number != 0 && !number.isNaN
        case .literal(.string(let text)): !text.isEmpty
        default: true
        }
    }

    var typeName: String {
        switch self {
        case .literal(.undefined): "undefined"
        case .literal(.bool): "boolean"
        case .literal(.number): "number"
        case .literal(.string): "string"
        case .function: "function"
        default: "object"
        }
    }

    /// The value as text, as JavaScript joins it to a string; shortened when it would grow beyond ``Text/maxLength``.
    var joinedText: String {
        switch self {
        case .literal(let value): value.joinedText
        case .object: "[object Object]"
        case .list: literalValue.joinedText
        default: literalValue.literal()
        }
    }

    var numericValue: Double {
        switch self {
        case .literal(let value): value.numericValue
        case .list(let list) where list.elements.isEmpty: 0
        case .list(let list) where list.elements.count == 1: list.elements[0].numericValue
        default: .nan
        }
    }
}

extension LiteralValue {
    /// The value as text, as JavaScript joins it to a string.
    var joinedText: String {
        switch self {
        case .string(let text), .symbol(let text), .opaque(let text): text
        case .number(let number): number.javaScriptText
        case .long(let number): String(number)
        case .decimal(let number): number.description
        case .objectID(let bytes): bytes.hexText
        case .date(let milliseconds): DateText.iso(milliseconds) ?? "Invalid Date"
        case .array(let elements): Self.joined(elements)
        case .object: "[object Object]"
        default: literal()
        }
    }

    private static func joined(_ elements: [LiteralValue]) -> String {
        var text = ""
        for (index, element) in elements.enumerated() where text.utf8.count <= Text.maxLength {
            if index > 0 { text += "," }
            if element != .null, element != .undefined { text += element.joinedText }
        }
        return text
    }

    var numericValue: Double {
        switch self {
        case .number(let number): number
        case .long(let number): Double(number)
        case .bool(let flag): flag ? 1 : 0
        case .null: 0
        case .date(let milliseconds): Double(milliseconds)
        case .decimal(let number): Double(number.description) ?? .nan
        case .string(let text):
            text.allSatisfy(\.isWhitespace) ? 0 : Double(String(text.filter { !$0.isWhitespace })) ?? .nan
        default: .nan
        }
    }
}
