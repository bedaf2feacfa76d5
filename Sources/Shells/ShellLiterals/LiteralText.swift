extension StringProtocol {
    /// The text in the quotes that need no escaping, single ones first, with control characters escaped.
    var quotedLiteral: String {
        var hasSingle = false
        var hasDouble = false
        var hasBacktick = false
        var hasDollarBrace = false
        var needsEscape = false
        var previous: UInt8 = 0
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "'"): hasSingle = true
            case UInt8(ascii: "\""): hasDouble = true
            case UInt8(ascii: "`"): hasBacktick = true
            case UInt8(ascii: "{") where previous == UInt8(ascii: "$"): hasDollarBrace = true
            // 0xC2 leads U+0080–U+00BF, where the second control block lies.
            case ..<32, UInt8(ascii: "\\"), 127, 0xC2: needsEscape = true
            default: break
            }
            previous = byte
        }
        let quote: Unicode.Scalar =
            !hasSingle ? "'" : !hasDouble ? "\"" : hasBacktick || hasDollarBrace ? "'" : "`"
        guard needsEscape || (hasSingle && quote == "'") else { return "\(quote)\(self)\(quote)" }
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in unicodeScalars {
            switch scalar {
            case "'" where quote == "'": result.append(contentsOf: "\\'".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case "\u{8}": result.append(contentsOf: "\\b".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\u{C}": result.append(contentsOf: "\\f".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\0"..<" ", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result.append(contentsOf: "\\x\(digits.utf8.count < 2 ? "0" : "")\(digits)".unicodeScalars)
            default: result.append(scalar)
            }
        }
        result.append(quote)
        return String(result)
    }
}

extension String {
    /// Whether the name can be written in an object literal without quotes; narrower than JavaScript: `$` isn't plain.
    var isPlainFieldName: Bool {
        guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// UTF-16 units without colour codes; only those contain an escape character, as values have theirs escaped.
    var plainUTF16Length: Int { withoutColorCodes.utf16.count }

    /// Columns of a terminal without colour codes.
    var columns: Int {
        if utf8.allSatisfy({ 32..<127 ~= $0 }) { return utf8.count }
        return withoutColorCodes.unicodeScalars.reduce(0) { $0 + $1.columns }
    }

    private var withoutColorCodes: String {
        guard utf8.contains(0x1B) else { return self }
        var isInCode = false
        return String(
            String.UnicodeScalarView(
                unicodeScalars.filter { scalar in
                    if scalar == "\u{1B}" { isInCode = true }
                    defer { if scalar == "m" { isInCode = false } }
                    return !isInCode
                }))
    }
}

extension Unicode.Scalar {
    /// 0 for marks that combine with the character before, 2 for East Asian wide characters and emoji, 1 otherwise.
    fileprivate var columns: Int {
        if value < 0x7F { return value < 32 ? 0 : 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6,
            0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F200...0x1F251, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

extension Collection<UInt8> {
    /// Two lower-case digits a byte.
    public var hexText: String {
        reduce(into: "") { text, byte in
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
    }

    /// RFC 4648, padded.
    public var base64Text: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in self {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { result.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
        while !result.count.isMultiple(of: 4) { result.append(UInt8(ascii: "=")) }
        return String(decoding: result, as: UTF8.self)
    }
}
