/// Paths in URLs, as RFC 3986 writes them.
package enum PercentEncoding {
    /// Letters and digits of ASCII, `-._~` and slashes stay; each other byte becomes `%` and two digits.
    package static func encoded(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            let character = Unicode.Scalar(byte)
            if character.properties.isAlphabetic && byte < 0x80 || ("0"..."9").contains(character)
                || "-._~/".utf8.contains(byte)
            {
                text.unicodeScalars.append(character)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    /// What isn't `%` and two hexadecimal digits stays as it is, and so does `%00`: no path contains a NUL.
    package static func decoded(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "%"), offset + 2 < bytes.count, bytes[offset + 1] != UInt8(ascii: "+"),
                let byte = UInt8(String(decoding: bytes[offset + 1...offset + 2], as: UTF8.self), radix: 16), byte > 0
            {
                decoded.append(byte)
                offset += 3
            } else {
                decoded.append(bytes[offset])
                offset += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
