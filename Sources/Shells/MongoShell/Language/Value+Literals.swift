import ShellLiterals

extension Value {
    /// Levels of a value that become part of a literal; more than any server's documents have.
    private static let maxDepth = 200
    /// Values in one literal. A few lists that hold each other twice would make more of them than any memory holds.
    private static let maxValues = 1_000_000

    /// What a conversion has come to.
    private struct Walk {
        var left = Value.maxValues
        /// The lists and objects around the value that is converted.
        var path: [ObjectIdentifier] = []

        /// - Returns: `nil` for a value that is shown by a text instead.
        mutating func inside<Result>(_ object: AnyObject, _ body: (inout Walk) -> Result) -> Result? {
            let identifier = ObjectIdentifier(object)
            guard left > 0, path.count < Value.maxDepth, !path.contains(identifier) else { return nil }
            path.append(identifier)
            defer { path.removeLast() }
            return body(&self)
        }

        func replacement(for object: AnyObject, _ name: String) -> String {
            path.contains(ObjectIdentifier(object)) ? "[Circular *1]" : name
        }
    }

    /// The value as far as it can be put into a document; what can't is shown by a text.
    var literalValue: LiteralValue {
        var walk = Walk()
        return literalValue(&walk)
    }

    private func literalValue(_ walk: inout Walk) -> LiteralValue {
        walk.left -= 1
        switch self {
        case .literal(let value): return value
        case .list(let list):
            let elements = walk.inside(list) { walk in list.elements.map { $0.literalValue(&walk) } }
            return elements.map { .array($0) } ?? .opaque(walk.replacement(for: list, "[Array]"))
        case .object(let object):
            let fields = walk.inside(object) { walk in
                object.fields.map { LiteralObject.Field(name: $0.name, value: $0.value.literalValue(&walk)) }
            }
            return fields.map { .object(LiteralObject($0)) } ?? .opaque(walk.replacement(for: object, "[Object]"))
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
        case .list(let list): Self.joined(list, [])
        default: literalValue.literal()
        }
    }

    /// A list inside itself is an empty text, as in JavaScript.
    private static func joined(_ list: List, _ path: [ObjectIdentifier]) -> String {
        let identifier = ObjectIdentifier(list)
        guard path.count < maxDepth, !path.contains(identifier) else { return "" }
        var text = ""
        for (index, element) in list.elements.enumerated() where text.utf8.count <= Text.maxLength {
            if index > 0 { text += "," }
            switch element {
            case .list(let inner): text += joined(inner, path + [identifier])
            case _ where element.isMissing: break
            default: text += element.joinedText
            }
        }
        return text
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
