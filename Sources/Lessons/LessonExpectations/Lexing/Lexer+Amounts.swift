extension Lexer {
    /// `0.52 sec`, `12 MB`, `2 minutes ago`: a number and the unit after it.
    func amount(_ fieldClass: FieldClass, _ at: Int, _ end: Int, _ limit: Int) -> (FieldClass, Int) {
        switch fieldClass {
        case .duration:
            var last = end
            while let more = anotherDuration(last, limit) { last = more }
            return Self.hasAgo(bytes, last, limit).map { (.age, $0) } ?? (.duration, last)
        case .integer, .decimal:
            let unit = bytes.end(of: end, while: \.isBlank)
            guard unit - end <= 2, unit > end, unit < limit else { return (fieldClass, end) }
            var unitEnd = bytes.end(of: unit) { $0.isLetter || $0 == UInt8(ascii: "/") }
            unitEnd = min(unitEnd, limit)
            guard
                unitEnd - unit >= 2
                    || (unitEnd - unit == 1 && (bytes[unit] == UInt8(ascii: "s") || bytes[unit] == UInt8(ascii: "B")))
            else {
                return unit < limit && bytes[unit] == UInt8(ascii: "%") ? (.percentage, unit + 1) : (fieldClass, end)
            }
            if Units.isDuration(bytes, unit..<unitEnd) {
                var last = unitEnd
                // "2 days, 3 hours", "1 minute 5 seconds"
                while let more = anotherDuration(last, limit) { last = more }
                return Self.hasAgo(bytes, last, limit).map { (.age, $0) } ?? (.duration, last)
            }
            if Units.isSize(bytes, unit..<unitEnd), unitEnd - unit >= 2 { return (.size, unitEnd) }
            return (fieldClass, end)
        default: return (fieldClass, end)
        }
    }

    private func anotherDuration(_ at: Int, _ limit: Int) -> Int? {
        var start = at
        if start < limit, bytes[start] == UInt8(ascii: ",") { start += 1 }
        start = bytes.end(of: start, while: \.isBlank)
        if bytes.has("and ", at: start) { start += 4 }
        let number = bytes.end(of: start) { $0.isDigit || $0 == UInt8(ascii: ".") }
        guard number > start, number < limit else { return nil }
        if let clock = clockEnd(number, limit) { return clock }
        let unit = bytes.end(of: number, while: \.isBlank)
        let unitEnd = bytes.end(of: unit, while: \.isLetter)
        guard unitEnd <= limit, unitEnd - unit >= (unit == number ? 1 : 2),
            Units.isDuration(bytes, unit..<unitEnd)
        else { return nil }
        return unitEnd
    }

    /// The `:03` of `up 3 days,  2:03`.
    private func clockEnd(_ at: Int, _ limit: Int) -> Int? {
        guard at + 2 < limit, bytes[at] == UInt8(ascii: ":"), bytes[at + 1].isDigit, bytes[at + 2].isDigit else {
            return nil
        }
        return at + 3 == limit || bytes[at + 3] == UInt8(ascii: ",") || bytes[at + 3].isBlank ? at + 3 : nil
    }

    /// `12.3/12.3/12.3/0.000 ms`: several amounts of one unit.
    func amounts(_ at: Int, _ limit: Int) -> (FieldClass, Int)? {
        guard bytes[at].isDigit else { return nil }
        let end = min(bytes.end(of: at) { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }, limit)
        guard bytes[at..<end].contains(UInt8(ascii: "/")) else { return nil }
        let unit = bytes.end(of: end, while: \.isBlank)
        let unitEnd = bytes.end(of: unit, while: \.isLetter)
        guard unitEnd <= limit, unit - end == 1, unitEnd - unit >= 2, Units.isDuration(bytes, unit..<unitEnd) else {
            return nil
        }
        return (.duration, unitEnd)
    }

    private static func hasAgo(_ bytes: Bytes, _ at: Int, _ limit: Int) -> Int? {
        let start = bytes.end(of: at, while: \.isBlank)
        return bytes.has("ago", at: start) && start + 3 <= limit && start > at ? start + 3 : nil
    }

    /// `About an hour ago`, `Less than a second`, `a few seconds ago`, `just now`
    func phrase(_ at: Int, _ limit: Int) -> (FieldClass, Int)? {
        let first = bytes[at].lowered
        guard first == UInt8(ascii: "a") || first == UInt8(ascii: "l") || first == UInt8(ascii: "j"),
            at == 0 || !bytes[at - 1].isWordByte
        else { return nil }
        if bytes.has("just now", at: at, ignoringCase: true) { return (.age, at + 8) }
        var start = at
        for lead: StaticString in ["about ", "less than ", "almost "] where bytes.has(lead, at: at, ignoringCase: true)
        {
            start += lead.utf8CodeUnitCount
        }
        for article: StaticString in ["a few ", "an ", "a "] where bytes.has(article, at: start, ignoringCase: true) {
            let unit = start + article.utf8CodeUnitCount
            let end = bytes.end(of: unit, while: \.isLetter)
            guard end <= limit, end - unit >= 3, Units.isDuration(bytes, unit..<end) else { return nil }
            if let ago = Self.hasAgo(bytes, end, limit) { return (.age, ago) }
            return start > at ? (.duration, end) : nil
        }
        if start > at, bytes[start].isDigit {
            let end = bytes.end(of: start, while: \.isDigit)
            let (fieldClass, last) = amount(.integer, start, end, limit)
            if fieldClass == .age || fieldClass == .duration { return (fieldClass, last) }
        }
        return nil
    }
}
