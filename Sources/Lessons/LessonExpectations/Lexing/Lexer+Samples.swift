extension Lexer {
    /// A word, up to the next blank, of which a part stands for others.
    func pattern(_ at: Int, _ line: Range<Int>) -> (TextPattern, Int)? {
        guard at == line.lowerBound || bytes[at - 1].isBlank else { return nil }
        var end = at
        var depth = 0
        // A placeholder of several words is one word.
        while end < line.upperBound, end - at < 400, !bytes[end].isBlank || depth > 0 {
            if bytes[end] == UInt8(ascii: "<") { depth = 1 }
            if bytes[end] == UInt8(ascii: ">") { depth = 0 }
            end += 1
        }
        if depth > 0 { end = min(bytes.end(of: at) { !$0.isSpace }, line.upperBound) }
        // Dots at the end of a line stand for the rest of the line.
        let isLast =
            end == line.upperBound && (bytes.has("...", at: end - 3) || bytes.has("…", at: end - 3)) && end - at >= 6
        return TextPattern(bytes[at..<end], isString: isLast).map { ($0, end) }
    }

    /// `datetime.date(2026, 11, 30)`, as Python prints a date.
    func printedDateEnd(_ at: Int, _ limit: Int) -> Int? {
        for call: StaticString in ["datetime.date(", "datetime.datetime(", "datetime.time("]
        where bytes.has(call, at: at) {
            let end = bytes.end(of: at + call.utf8CodeUnitCount) { $0 != UInt8(ascii: ")") && $0 != 0x0A }
            return end < limit && bytes[end] == UInt8(ascii: ")") ? end + 1 : nil
        }
        return nil
    }
}
