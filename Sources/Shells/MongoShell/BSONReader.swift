public import ShellLiterals

/// Reads BSON, trusting nothing in it: lengths are checked and nesting is bounded.
public struct BSONReader {
    /// A server's documents nest 100 levels at most; replies wrap a few around them.
    private static let maximumDepth = 128

    private let bytes: [UInt8]
    private var index = 0
    private var end: Int

    /// - Throws: ``ShellError`` named `BSONError` for bytes that aren't a document.
    public static func document(in bytes: [UInt8]) throws -> LiteralObject {
        var reader = BSONReader(bytes: bytes, end: bytes.count)
        return LiteralObject(try reader.fields(depth: 0))
    }

    private init(bytes: [UInt8], end: Int) {
        self.bytes = bytes
        self.end = end
    }

    private func error(_ problem: String) -> ShellError { ShellError("BSONError", "\(problem) at byte \(index)") }

    private mutating func fields(depth: Int) throws -> [LiteralObject.Field] {
        guard depth < Self.maximumDepth else { throw error("documents nest too deeply") }
        let start = index
        let length = Int(try integer(Int32.self))
        guard length >= 5, length <= end - start, bytes[start + length - 1] == 0 else {
            throw error("a document has a wrong length")
        }
        let outerEnd = end
        end = start + length - 1
        defer { end = outerEnd }
        var result: [LiteralObject.Field] = []
        while index < end {
            let type = bytes[index]
            index += 1
            let name = try zeroTerminated()
            result.append(.init(name: name, value: try value(type, depth: depth)))
        }
        index = end + 1
        return result
    }

    private mutating func value(_ type: UInt8, depth: Int) throws -> LiteralValue {
        switch type {
        case 0x01: return .number(Double(bitPattern: try integer(UInt64.self)))
        case 0x02: return .string(try text())
        case 0x03: return .object(LiteralObject(try fields(depth: depth + 1)))
        case 0x04: return .array(try fields(depth: depth + 1).map(\.value))
        case 0x05: return try binary()
        case 0x06: return .undefined
        case 0x07: return .objectID(try take(12))
        case 0x08: return .bool(try take(1)[0] != 0)
        case 0x09: return .date(try integer(Int64.self))
        case 0x0A: return .null
        case 0x0B: return .regex(pattern: try zeroTerminated(), flags: try zeroTerminated())
        case 0x0C:
            let collection = try text()
            return .opaque("DBRef('\(collection)', ObjectId('\(try take(12).hexText)'))")
        case 0x0D: return .code(try text(), scope: nil)
        case 0x0E: return .symbol(try text())
        case 0x0F:
            _ = try integer(Int32.self)
            let source = try text()
            return .code(source, scope: LiteralObject(try fields(depth: depth + 1)))
        case 0x10: return .number(Double(try integer(Int32.self)))
        case 0x11:
            let increment = try integer(UInt32.self)
            return .timestamp(seconds: try integer(UInt32.self), increment: increment)
        case 0x12: return .long(try integer(Int64.self))
        case 0x13:
            let low = try integer(UInt64.self)
            return .decimal(Decimal128(high: try integer(UInt64.self), low: low))
        case 0x7F: return .maxKey
        case 0xFF: return .minKey
        default: throw error("unknown type \(type)")
        }
    }

    private mutating func binary() throws -> LiteralValue {
        let length = try integer(Int32.self)
        let subtype = try take(1)[0]
        guard subtype == 2 else { return .binary(subtype: subtype, bytes: try take(Int(length))) }
        let inner = try integer(Int32.self)
        guard Int64(inner) + 4 == Int64(length) else { throw error("a binary has a wrong length") }
        return .binary(subtype: subtype, bytes: try take(Int(inner)))
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= end - index else { throw error("the document ends too early") }
        defer { index += count }
        return Array(bytes[index..<index + count])
    }

    private mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= end - index else { throw error("the document ends too early") }
        defer { index += size }
        return bytes[index..<index + size].reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    private mutating func text() throws -> String {
        let length = Int(try integer(Int32.self))
        guard length >= 1, length <= end - index, bytes[index + length - 1] == 0 else {
            throw error("a text has a wrong length")
        }
        defer { index += length }
        return String(decoding: bytes[index..<index + length - 1], as: UTF8.self)
    }

    private mutating func zeroTerminated() throws -> String {
        guard let zero = bytes[index..<end].firstIndex(of: 0) else { throw error("a name isn't ended") }
        defer { index = zero + 1 }
        return String(decoding: bytes[index..<zero], as: UTF8.self)
    }
}
