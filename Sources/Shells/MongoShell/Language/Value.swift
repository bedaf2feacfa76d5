import ShellLiterals

/// What an expression evaluates to.
enum Value {
    case literal(LiteralValue)
    case database(String)
    case collection(Namespace)
    case cursor(Cursor)
    case function(Function)

    static var undefined: Value { .literal(.undefined) }

    static func string(_ text: String) -> Value { .literal(.string(text)) }

    static func number(_ number: Int) -> Value { .literal(.number(Double(number))) }
}

/// A collection and the database that it is in.
struct Namespace: Hashable {
    let database: String
    let collection: String

    var description: String { "\(database).\(collection)" }
}

struct Function {
    let name: String
    let call: (Arguments) throws -> Value
}

/// The arguments of a call, with what a method needs to read and check them.
struct Arguments {
    let values: [Value]

    init(_ values: [Value] = []) { self.values = values }

    subscript(index: Int) -> Value? { index < values.count ? values[index] : nil }

    /// The argument as a literal; `nil` when there's none or it is undefined.
    func literal(_ index: Int) -> LiteralValue? {
        guard let value = self[index]?.literalValue, value != .undefined else { return nil }
        return value
    }

    /// The argument as a document; an empty one when there's none.
    func document(_ index: Int, of method: String) throws -> LiteralObject {
        switch literal(index) {
        case nil, .null: return [:]
        case .object(let object): return object
        default: throw ShellError.argument("Argument at position \(index) of \(method) must be an object")
        }
    }

    /// The argument as a document that has to be there.
    func requiredDocument(_ index: Int, of method: String) throws -> LiteralObject {
        guard literal(index) != nil else {
            throw ShellError.argument("Missing required argument at position \(index) (\(method))")
        }
        return try document(index, of: method)
    }

    func string(_ index: Int, of method: String) throws -> String {
        guard case .string(let text)? = literal(index) else {
            throw ShellError.argument("Argument at position \(index) of \(method) must be a string")
        }
        return text
    }

    /// A whole number that fits the wire's 32 bits.
    func count(_ index: Int, of method: String) throws -> Int {
        guard case .number(let number)? = literal(index), let count = Int32(exactly: number) else {
            throw ShellError.argument("Argument at position \(index) of \(method) must be a whole number")
        }
        return Int(count)
    }

    func function(_ index: Int, of method: String) throws -> Function {
        guard case .function(let function)? = self[index] else {
            throw ShellError.type("The argument of \(method) must be a function")
        }
        return function
    }
}

extension Value {
    /// The value as far as it can be put into a document; what can't is shown by a text.
    var literalValue: LiteralValue {
        switch self {
        case .literal(let value): value
        case .database(let name): .opaque(name)
        case .collection(let namespace): .opaque(namespace.description)
        case .cursor: .opaque("[Cursor]")
        case .function(let function): .opaque("[Function: \(function.name)]")
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
        case .array(let elements):
            elements.map { $0 == .null || $0 == .undefined ? "" : $0.joinedText }.joined(separator: ",")
        case .object: "[object Object]"
        default: literal()
        }
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
