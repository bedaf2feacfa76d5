/// Writes the fields of a payload, one after the other.
struct PayloadWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: UInt32) { bytes.append(bigEndian: value) }

    mutating func write(_ value: Int32) { bytes.append(bigEndian: UInt32(bitPattern: value)) }

    mutating func write(_ value: UInt64) {
        write(UInt32(truncatingIfNeeded: value >> 32))
        write(UInt32(truncatingIfNeeded: value))
    }

    mutating func write(_ value: [UInt8]) {
        write(UInt32(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func write(_ value: String) { write(Array(value.utf8)) }

    mutating func write(_ values: [String]) {
        write(UInt32(truncatingIfNeeded: values.count))
        for value in values { write(value) }
    }
}

/// Reads fields in the order in which ``PayloadWriter`` wrote them; every read checks what is left.
struct PayloadReader {
    private let bytes: [UInt8]
    private var position = 0
    private let kind: UInt8

    init(_ frame: Frame) {
        bytes = frame.payload
        kind = frame.kind
    }

    /// The error of a value out of its range.
    var malformed: FrameError { .malformedPayload(kind: kind) }

    private var left: Int { bytes.count - position }

    mutating func readUInt32() throws(FrameError) -> UInt32 {
        guard left >= 4 else { throw .malformedPayload(kind: kind) }
        defer { position += 4 }
        return bytes.bigEndianUInt32(at: position)
    }

    mutating func readInt32() throws(FrameError) -> Int32 { Int32(bitPattern: try readUInt32()) }

    mutating func readUInt16() throws(FrameError) -> UInt16 {
        guard let value = UInt16(exactly: try readUInt32()) else { throw .malformedPayload(kind: kind) }
        return value
    }

    mutating func readUInt64() throws(FrameError) -> UInt64 {
        let high = try readUInt32()
        return UInt64(high) << 32 | UInt64(try readUInt32())
    }

    mutating func readBytes() throws(FrameError) -> [UInt8] {
        let count = Int(try readUInt32())
        guard left >= count else { throw .malformedPayload(kind: kind) }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func readString() throws(FrameError) -> String { String(decoding: try readBytes(), as: UTF8.self) }

    mutating func readStrings() throws(FrameError) -> [String] {
        let count = Int(try readUInt32())
        // Each string takes at least its length field: a count that can't be true must not reserve memory.
        guard count <= left / 4 else { throw .malformedPayload(kind: kind) }
        var values: [String] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try readString()) }
        return values
    }

    /// Checks that nothing follows the last field.
    func finish() throws(FrameError) {
        guard left == 0 else { throw .malformedPayload(kind: kind) }
    }
}
