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
                let end = bytes[probe...].prefix(HTMLTag.maxLength).firstIndex(of: .greater)
            {
                probe = end + 1
                continue
            }
            plain.append(bytes[probe])
            probe = next
        }
        return body(plain[...])
    }

    private static func withoutMargin(_ bytes: ArraySlice<UInt8>, _ indentation: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var left = 0
        for byte in bytes {
            if byte == .lineFeed || byte == .carriageReturn {
                left = indentation
            } else if left > 0, byte.isBlank {
                left = byte == .tab ? max(0, left - 4) : left - 1
                continue
            } else {
                left = 0
            }
            result.append(byte)
        }
        return result
    }

    /// The body of a `<pre>` taken as it is, entities decoded.
    ///
    /// - Parameter indentation: Columns that all lines but the first lose, as far as they are blank: the margin of a list item.
    static func body(_ bytes: ArraySlice<UInt8>, indentation: Int = 0) -> String {
        let plain = indentation > 0 ? withoutMargin(bytes, indentation)[...] : bytes
        let text = LineEnds.normalized(decoded(plain))
        var body = text.utf8[...]
        if body.first == .lineFeed { body = body.dropFirst() }
        if body.last == .lineFeed { body = body.dropLast() }
        return body.count == text.utf8.count ? text : String(decoding: body, as: UTF8.self)
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
