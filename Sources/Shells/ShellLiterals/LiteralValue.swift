/// A value as the JavaScript shells of MongoDB and Kafka read, keep and print it.
public indirect enum LiteralValue: Hashable, Sendable {
    case undefined
    case null
    case bool(Bool)
    /// Every number but the 64-bit and decimal ones: JavaScript has one kind, and so BSON's int32 and double meet here.
    case number(Double)
    case string(String)
    case array([LiteralValue])
    case object(LiteralObject)
    /// Milliseconds since 1970, UTC.
    case date(Int64)
    case regex(pattern: String, flags: String)
    /// Twelve bytes.
    case objectID([UInt8])
    case long(Int64)
    case decimal(Decimal128)
    case binary(subtype: UInt8, bytes: [UInt8])
    case timestamp(seconds: UInt32, increment: UInt32)
    case minKey
    case maxKey
    case code(String, scope: LiteralObject?)
    case symbol(String)
    /// Text that is shown as it is, for what has no literal: `[Function: find]`.
    case opaque(String)
}

/// Fields in the order in which they were written.
public struct LiteralObject: Hashable, Sendable {
    /// A name with its value; in an object no two fields have the same name.
    public struct Field: Hashable, Sendable {
        /// Any text, even an empty one; printed in quotation marks where JavaScript needs them.
        public var name: String
        /// May be ``LiteralValue/undefined``, which is not the same as no field.
        public var value: LiteralValue

        /// Takes any name.
        public init(name: String, value: LiteralValue) {
            self.name = name
            self.value = value
        }
    }

    /// As they were written; see ``enumerated`` for the order in which JavaScript visits them.
    public private(set) var fields: [Field]

    /// A name that occurs twice keeps its first place and its last value, as in JavaScript.
    public init(_ fields: [Field] = []) {
        self.fields = fields
        guard Set(fields.lazy.map(\.name)).count < fields.count else { return }
        self.fields = []
        for field in fields { self[field.name] = field.value }
    }

    /// Assigning `nil` removes the field.
    public subscript(name: String) -> LiteralValue? {
        get { fields.first { $0.name == name }?.value }
        set {
            let index = fields.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): fields[index].value = value
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append(Field(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Fields in the order JavaScript enumerates them: array indices first, ascending, then the others as written.
    public var enumerated: [Field] {
        let indices = fields.compactMap { field in Self.arrayIndex(field.name).map { ($0, field) } }
        guard !indices.isEmpty else { return fields }
        return indices.sorted { $0.0 < $1.0 }.map(\.1) + fields.filter { Self.arrayIndex($0.name) == nil }
    }

    private static func arrayIndex(_ name: String) -> UInt32? {
        guard name.utf8.first.map({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) == true,
            let index = UInt32(name), index < .max, String(index) == name
        else { return nil }
        return index
    }
}

extension LiteralObject: ExpressibleByDictionaryLiteral {
    /// A name that occurs twice keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, LiteralValue)...) {
        self.init(elements.map { Field(name: $0.0, value: $0.1) })
    }
}

extension LiteralValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes ``string(_:)``.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes ``number(_:)``, since JavaScript has no integers; exact up to 2⁵³.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// Makes ``number(_:)``.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Makes ``bool(_:)``.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes ``array(_:)``.
    public init(arrayLiteral elements: LiteralValue...) { self = .array(elements) }
    /// Makes ``object(_:)``; a name that occurs twice keeps its first place and its last value.
    public init(dictionaryLiteral elements: (String, LiteralValue)...) {
        self = .object(LiteralObject(elements.map { .init(name: $0.0, value: $0.1) }))
    }
}
