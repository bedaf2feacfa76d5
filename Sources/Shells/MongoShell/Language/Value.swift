import ShellLiterals

/// What an expression evaluates to.
///
/// A ``LiteralValue`` is a value in the sense of Swift; JavaScript's lists and objects have an identity, and what one
/// name changes is seen through the others. So those two are classes here, made from literals where a value enters the
/// interpreter and turned into literals where it leaves for the server or the screen.
enum Value {
    /// Anything but a list or an object.
    case literal(LiteralValue)
    case list(List)
    case object(Object)
    case error(ShellError)
    case database(String)
    case collection(Namespace)
    case cursor(Cursor)
    case function(Function)

    /// - Parameter literal: Lists and objects in it are copied, at all levels.
    init(_ literal: LiteralValue) {
        switch literal {
        case .array(let elements): self = .list(List(elements.map { Value($0) }))
        case .object(let object): self = .object(Object(object.enumerated.map { ($0.name, Value($0.value)) }))
        default: self = .literal(literal)
        }
    }

    static var undefined: Value { .literal(.undefined) }

    static func string(_ text: String) -> Value { .literal(.string(text)) }

    static func number(_ number: Int) -> Value { .literal(.number(Double(number))) }

    /// The value as the interpreter keeps it: what a method of the shell gave as a literal becomes a list or an object.
    var entered: Value {
        guard case .literal(let literal) = self else { return self }
        return Value(literal)
    }

    var isMissing: Bool {
        switch self {
        case .literal(.undefined), .literal(.null): true
        default: false
        }
    }
}

/// A collection and the database that it is in.
struct Namespace: Hashable {
    let database: String
    let collection: String

    var description: String { "\(database).\(collection)" }
}

/// A list of JavaScript.
final class List {
    static let maxCount = 1_000_000

    var elements: [Value]

    init(_ elements: [Value] = []) { self.elements = elements }

    deinit {
        Garbage.take(&elements)
        Garbage.empty()
    }

    func append(_ value: Value) throws {
        try Self.check(elements.count + 1)
        elements.append(value)
    }

    /// - Throws: ``ShellError`` for a list that would be too long to be meant.
    static func check(_ count: Int) throws {
        guard count <= maxCount else { throw ShellError("RangeError", "Invalid array length") }
    }
}

/// An object of JavaScript: fields in the order in which they were first written.
final class Object {
    private var names: [String] = []
    /// In the order of `names`.
    private var values: [Value] = []
    private var places: [String: Int] = [:]

    init(_ fields: [(String, Value)] = []) {
        for (name, value) in fields { self[name] = value }
    }

    deinit {
        Garbage.take(&values)
        Garbage.empty()
    }

    /// Assigning `nil` removes the field.
    subscript(name: String) -> Value? {
        get { places[name].map { values[$0] } }
        set {
            switch (places[name], newValue) {
            case (let place?, let value?): values[place] = value
            case (nil, let value?):
                places[name] = values.count
                names.append(name)
                values.append(value)
            case (let place?, nil):
                names.remove(at: place)
                values.remove(at: place)
                places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
            case (nil, nil): break
            }
        }
    }

    var fieldCount: Int { names.count }

    var fields: [(name: String, value: Value)] { Array(zip(names, values)).map { (name: $0, value: $1) } }
}

/// Something that can be called.
struct Function {
    let name: String
    let call: (Arguments) throws -> Value
    /// The names that a function of the user's own sees.
    let scope: Scope?

    init(name: String, scope: Scope? = nil, call: @escaping (Arguments) throws -> Value) {
        self.name = name
        self.scope = scope
        self.call = call
    }
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
