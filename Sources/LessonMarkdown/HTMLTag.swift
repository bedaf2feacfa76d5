/// An opening HTML tag with its attributes, which may hold `>` in quotes and run over several lines.
package struct HTMLTag {
    /// A tag that runs on for longer is text.
    static let longest = 4096

    package let name: String
    private let attributes: [String: String]
    /// Offset after the tag's `>`.
    package let end: Int

    /// Lower case, in no order.
    package var attributeNames: some Sequence<String> { attributes.keys }

    package subscript(_ attribute: String) -> String? { attributes[attribute] }

    /// The name of the tag that opens at the offset, lower case.
    package static func name(at offset: Int, in source: SourceText) -> String? {
        guard offset + 1 < source.bytes.count, source.bytes[offset] == .less, source.bytes[offset + 1].isLetter else {
            return nil
        }
        var end = offset + 1
        while end < source.bytes.count, end < offset + 16, source.bytes[end].isLetter || source.bytes[end].isDigit {
            end += 1
        }
        return source.string(offset + 1..<end).lowercased()
    }

    package init?(at offset: Int, in source: SourceText) {
        guard let name = Self.name(at: offset, in: source) else { return nil }
        self.name = name
        let bytes = source.bytes
        let limit = min(bytes.count, offset + Self.longest)
        var probe = offset + 1 + name.utf8.count
        var attributes: [String: String] = [:]
        while probe < limit {
            let byte = bytes[probe]
            if byte == .greater {
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
            let attribute = source.string(nameStart..<probe).lowercased()
            var valueStart = probe
            while valueStart < limit, bytes[valueStart].isWhite { valueStart += 1 }
            guard valueStart < limit, bytes[valueStart] == UInt8(ascii: "=") else {
                attributes[attribute] = attributes[attribute] ?? ""
                continue
            }
            valueStart += 1
            while valueStart < limit, bytes[valueStart].isWhite { valueStart += 1 }
            guard valueStart < limit else { return nil }
            let quote = bytes[valueStart]
            var valueEnd = valueStart
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                valueStart += 1
                valueEnd = valueStart
                while valueEnd < limit, bytes[valueEnd] != quote { valueEnd += 1 }
                guard valueEnd < limit else { return nil }
                probe = valueEnd + 1
            } else {
                while valueEnd < limit, !bytes[valueEnd].isWhite, bytes[valueEnd] != .greater,
                    bytes[valueEnd] != .less
                {
                    valueEnd += 1
                }
                probe = valueEnd
            }
            attributes[attribute] = attributes[attribute] ?? HTMLText.decoded(bytes[valueStart..<valueEnd])
        }
        return nil
    }
}

/// Text in HTML's clothes.
enum HTMLText {
    /// Decodes `&lt;`, `&#60;`, `&#x3C;` and the like; what isn't known stays as it is.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var probe = bytes.startIndex
        while probe < bytes.endIndex {
            if bytes[probe] == UInt8(ascii: "&"),
                let end = bytes[probe...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(named: String(decoding: bytes[probe + 1..<end], as: UTF8.self))
            {
                result.append(contentsOf: String(scalar).utf8)
                probe = end + 1
            } else {
                result.append(bytes[probe])
                probe += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func scalar(named name: String) -> Unicode.Scalar? {
        switch name {
        case "lt": "<"
        case "gt": ">"
        case "amp": "&"
        case "quot": "\""
        case "apos": "'"
        case "nbsp": " "
        default:
            if name.hasPrefix("#x") || name.hasPrefix("#X") {
                UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
            } else if name.hasPrefix("#") {
                UInt32(name.dropFirst(1)).flatMap(Unicode.Scalar.init)
            } else {
                nil
            }
        }
    }

    /// What a `<pre>` shows: tags gone, entities decoded, LF line ends, without the first and the last line end.
    static func preformatted(_ bytes: ArraySlice<UInt8>) -> String {
        var plain: [UInt8] = []
        var probe = bytes.startIndex
        while probe < bytes.endIndex {
            let next = probe + 1
            if bytes[probe] == .less, next < bytes.endIndex,
                bytes[next].isLetter
                    || (bytes[next] == UInt8(ascii: "/") && next + 1 < bytes.endIndex && bytes[next + 1].isLetter),
                let end = bytes[probe...].prefix(HTMLTag.longest).firstIndex(of: .greater)
            {
                probe = end + 1
                continue
            }
            plain.append(bytes[probe])
            probe = next
        }
        return body(plain[...])
    }

    /// The body of a `<pre>` taken as it is, entities decoded.
    static func body(_ bytes: ArraySlice<UInt8>) -> String {
        var text = LineEnds.normalized(decoded(bytes))
        if text.hasPrefix("\n") { text.removeFirst() }
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}

enum LineEnds {
    /// The text with LF in place of CRLF and CR.
    static func normalized(_ text: String) -> String {
        guard text.utf8.contains(.carriageReturn) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            if byte == .carriageReturn {
                bytes.append(.lineFeed)
            } else if byte != .lineFeed || !afterReturn {
                bytes.append(byte)
            }
            afterReturn = byte == .carriageReturn
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
