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

    private mutating func append(_ value: LiteralValue, named name: String) throws {
        func begin(_ type: UInt8) throws {
            bytes.append(type)
            try append(zeroTerminated: name)
        }
        switch value {
        case .number(let number):
            // As the Node driver does: whole numbers of 32 bits are integers, but for -0.
            if let integer = Int32(exactly: number), integer != 0 || number.sign == .plus {
                try begin(0x10)
                append(integer)
            } else {
                try begin(0x01)
                append(number.bitPattern)
            }
        case .string(let text):
            try begin(0x02)
            append(text: text)
        case .object(let object):
            try begin(0x03)
            try append(object.enumerated)
        case .array(let elements):
            try begin(0x04)
            try append(elements.enumerated().map { .init(name: String($0), value: $1) })
        case .binary(let subtype, let content):
            try begin(0x05)
            append(Int32(truncatingIfNeeded: content.count + (subtype == 2 ? 4 : 0)))
            bytes.append(subtype)
            if subtype == 2 { append(Int32(truncatingIfNeeded: content.count)) }
            bytes += content
        case .objectID(let identifier):
            try begin(0x07)
            bytes += identifier
        case .bool(let flag):
            try begin(0x08)
            bytes.append(flag ? 1 : 0)
        case .date(let milliseconds):
            try begin(0x09)
            append(milliseconds)
        case .null, .undefined: try begin(0x0A)
        case .regex(let pattern, let flags):
            try begin(0x0B)
            try append(zeroTerminated: pattern)
            // JavaScript's other flags mean nothing to a server.
            try append(zeroTerminated: String(flags.filter("imsux".contains).sorted()))
        case .code(let source, nil):
            try begin(0x0D)
            append(text: source)
        case .symbol(let text):
            try begin(0x0E)
            append(text: text)
        case .code(let source, let scope?):
            try begin(0x0F)
            var inner = BSONWriter()
            inner.append(text: source)
            try inner.append(scope.fields)
            append(Int32(truncatingIfNeeded: inner.bytes.count + 4))
            bytes += inner.bytes
        case .timestamp(let seconds, let increment):
            try begin(0x11)
            append(increment)
            append(seconds)
        case .long(let number):
            try begin(0x12)
            append(number)
        case .decimal(let number):
            try begin(0x13)
            append(number.low)
            append(number.high)
        case .maxKey: try begin(0x7F)
        case .minKey: try begin(0xFF)
        case .opaque(let text): throw ShellError("BSONError", "\(text) can't be part of a document")
        }
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
