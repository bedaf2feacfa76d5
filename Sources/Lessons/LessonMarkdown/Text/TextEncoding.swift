/// Encodings that aren't UTF-8, told by their look, so that an error can name them.
enum TextEncoding {
    /// UTF-16 or UTF-32, with a byte order mark or by the zeros between ASCII characters; `nil` for anything else.
    static func wide(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        let start = bytes.prefix(64)
        guard start.count >= 4, start.count % 2 == 0 else { return nil }
        for zero in [0, 1] where start.indices.allSatisfy({ (start[$0] == 0) == ($0 % 2 == zero) }) {
            return "UTF-16 without a byte order mark"
        }
        return nil
    }

    /// Whether the bytes beyond ASCII are alone or in pairs among others, as accented letters of a one-byte encoding do.
    static func looksLikeLatin1(_ bytes: [UInt8]) -> Bool {
        var high = 0
        var runs = 0
        var isInRun = false
        for byte in bytes {
            if byte < 0x09 || (byte > 0x0D && byte < 0x20) { return false }
            if byte >= 0x80 {
                high += 1
                if !isInRun { runs += 1 }
            }
            isInRun = byte >= 0x80
        }
        return high > 0 && high <= runs * 2 && high * 4 < bytes.count * 3
    }
}
