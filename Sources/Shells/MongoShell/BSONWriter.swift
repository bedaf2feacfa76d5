public import ShellLiterals

/// Writes documents as BSON, the wire form of MongoDB.
///
/// - SeeAlso: The BSON specification, version 1.1.
public struct BSONWriter {
    private var bytes: [UInt8] = []

    /// - Throws: ``ShellError`` for a value that no document can hold: a function, or a name with a NUL in it.
    public static func bytes(of document: LiteralObject) throws -> [UInt8] {
        var writer = BSONWriter()
        try writer.append(document.enumerated)
        return writer.bytes
    }

    private mutating func append(_ fields: [LiteralObject.Field]) throws {
        let start = bytes.count
        append(Int32(0))
        for field in fields { try append(field.value, named: field.name) }
        bytes.append(0)
        let length = Int32(truncatingIfNeeded: bytes.count - start)
        withUnsafeBytes(of: length.littleEndian) { bytes.replaceSubrange(start..<start + 4, with: $0) }
    }

    /// An element: its type, its name, its value.
    private mutating func append(_ value: LiteralValue, named name: String) throws {
        bytes.append(try elementType(of: value))
        try append(zeroTerminated: name)
        switch value {
        case .number(let number):
            if let integer = integer(number) { append(integer) } else { append(number.bitPattern) }
        case .string(let text), .symbol(let text), .code(let text, nil): append(text: text)
        case .object(let object): try append(object.enumerated)
        case .array(let elements): try append(elements.enumerated().map { .init(name: String($0), value: $1) })
        case .binary(let subtype, let content): append(content, subtype: subtype)
        case .objectID(let identifier): bytes += identifier
        case .bool(let flag): bytes.append(flag ? 1 : 0)
        case .date(let milliseconds): append(milliseconds)
        case .regex(let pattern, let flags):
            try append(zeroTerminated: pattern)
            // JavaScript's other flags mean nothing to a server.
            try append(zeroTerminated: String(flags.filter("imsux".contains).sorted()))
        case .code(let source, let scope?): try append(source, scope: scope)
        case .timestamp(let seconds, let increment):
            append(increment)
            append(seconds)
        case .long(let number): append(number)
        case .decimal(let number):
            append(number.low)
            append(number.high)
        case .null, .undefined, .maxKey, .minKey, .opaque: break
        }
    }

    /// The byte that an element begins with.
    private func elementType(of value: LiteralValue) throws -> UInt8 {
        switch value {
        case .number(let number): integer(number) == nil ? 0x01 : 0x10
        case .string: 0x02
        case .object: 0x03
        case .array: 0x04
        case .binary: 0x05
        case .objectID: 0x07
        case .bool: 0x08
        case .date: 0x09
        case .null, .undefined: 0x0A
        case .regex: 0x0B
        case .code(_, nil): 0x0D
        case .symbol: 0x0E
        case .code: 0x0F
        case .timestamp: 0x11
        case .long: 0x12
        case .decimal: 0x13
        case .maxKey: 0x7F
        case .minKey: 0xFF
        case .opaque(let text): throw ShellError("BSONError", "\(text) can't be part of a document")
        }
    }

    /// As the Node driver does: whole numbers of 32 bits are integers, but for -0.
    private func integer(_ number: Double) -> Int32? {
        guard let integer = Int32(exactly: number), integer != 0 || number.sign == .plus else { return nil }
        return integer
    }

    private mutating func append(_ content: [UInt8], subtype: UInt8) {
        append(Int32(truncatingIfNeeded: content.count + (subtype == 2 ? 4 : 0)))
        bytes.append(subtype)
        if subtype == 2 { append(Int32(truncatingIfNeeded: content.count)) }
        bytes += content
    }

    private mutating func append(_ source: String, scope: LiteralObject) throws {
        var inner = BSONWriter()
        inner.append(text: source)
        try inner.append(scope.fields)
        append(Int32(truncatingIfNeeded: inner.bytes.count + 4))
        bytes += inner.bytes
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(text: String) {
        append(Int32(truncatingIfNeeded: text.utf8.count + 1))
        bytes += text.utf8
        bytes.append(0)
    }

    private mutating func append(zeroTerminated text: String) throws {
        guard !text.utf8.contains(0) else {
            throw ShellError("BSONError", "key \(LiteralValue.string(text).literal()) must not contain null bytes")
        }
        bytes += text.utf8
        bytes.append(0)
    }
}
