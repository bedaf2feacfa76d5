/// An opening HTML tag with its attributes, which may hold `>` in quotes and run over several lines.
package struct HTMLTag {
    /// A tag that runs on for longer is text.
    static let maxLength = 4096

    /// Offset after the tag's `>`.
    package let end: Int
    private let bytes: [UInt8]
    private let nameRange: Range<Int>
    private let attributes: [Attribute]

    private struct Attribute {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// Lower case.
    package var name: String { Self.lowercased(bytes[nameRange]) }

    /// Lower case, each once, in no order.
    package var attributeNames: Set<String> { Set(attributes.map { Self.lowercased(bytes[$0.name]) }) }

    /// The value of an attribute, with its entities decoded; of two with the same name the first counts.
    package subscript(_ attribute: String) -> String? {
        attributes.first { bytes[$0.name].elementsEqual(attribute.utf8) { $0.lowercased == $1 } }
            .map { HTMLText.decoded(bytes[$0.value]) }
    }

    /// Whether this is the tag's name, in either case.
    func isNamed(_ name: StaticString) -> Bool {
        nameRange.count == name.utf8CodeUnitCount && bytes.starts(with: name, at: nameRange.lowerBound, before: end)
    }

    /// Whether a tag with this name opens at the offset.
    static func isNamed(_ name: StaticString, at offset: Int, in source: SourceText) -> Bool {
        let end = offset + 1 + name.utf8CodeUnitCount
        guard offset < source.bytes.count, source.bytes[offset] == .less, source.starts(with: name, at: offset + 1)
        else { return false }
        return end == source.bytes.count || !source.bytes[end].isLetter && !source.bytes[end].isDigit
    }

    private static func nameRange(at offset: Int, in bytes: [UInt8], before limit: Int) -> Range<Int>? {
        guard offset + 1 < limit, bytes[offset] == .less, bytes[offset + 1].isLetter else { return nil }
        var end = offset + 1
        while end < limit, end < offset + 16, bytes[end].isLetter || bytes[end].isDigit { end += 1 }
        return offset + 1..<end
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }

    package init?(at offset: Int, in source: SourceText) {
        self.init(at: offset, in: source.bytes, before: source.bytes.count)
    }

    init?(at offset: Int, in bytes: [UInt8], before textEnd: Int) {
        guard let nameRange = Self.nameRange(at: offset, in: bytes, before: textEnd) else { return nil }
        let limit = min(textEnd, offset + Self.maxLength)
        var probe = nameRange.upperBound
        var attributes: [Attribute] = []
        while probe < limit {
            let byte = bytes[probe]
            if byte == .greater {
                self.bytes = bytes
                self.nameRange = nameRange
                self.attributes = attributes
                end = probe + 1
                return
            }
            if byte.isWhite || byte == UInt8(ascii: "/") {
                probe += 1
                continue
            }
            // Another tag opens: this one is text.
            if byte == .less { return nil }
            let nameStart = probe
            while probe < limit, !bytes[probe].isWhite, bytes[probe] != UInt8(ascii: "="), bytes[probe] != .greater,
                bytes[probe] != UInt8(ascii: "/"), bytes[probe] != .less
            {
                probe += 1
            }
            if probe == nameStart {
                probe += 1
                continue
            }
            let name = nameStart..<probe
            var start = probe
            while start < limit, bytes[start].isWhite { start += 1 }
            guard start < limit, bytes[start] == UInt8(ascii: "=") else {
                attributes.append(Attribute(name: name, value: probe..<probe))
                continue
            }
            start += 1
            while start < limit, bytes[start].isWhite { start += 1 }
            guard let (value, next) = Self.value(at: start, in: bytes, before: limit) else { return nil }
            attributes.append(Attribute(name: name, value: value))
            probe = next
        }
        return nil
    }

    /// The value that begins at the offset, without its quotes, and the offset after it; `nil` for one without an end.
    private static func value(at start: Int, in bytes: [UInt8], before limit: Int) -> (Range<Int>, next: Int)? {
        guard start < limit else { return nil }
        let quote = bytes[start]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            var end = start + 1
            while end < limit, bytes[end] != quote { end += 1 }
            return end < limit ? (start + 1..<end, end + 1) : nil
        }
        var end = start
        while end < limit, !bytes[end].isWhite, bytes[end] != .greater, bytes[end] != .less { end += 1 }
        return (start..<end, end)
    }
}
