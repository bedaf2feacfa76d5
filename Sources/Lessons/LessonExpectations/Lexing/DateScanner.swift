/// Recognises dates and times in the forms that tools print.
///
/// Works from the front: a date may run over blanks (`Wed Dec 30 05:01:34 UTC 2020`), so it is looked for before a text
/// is cut into words.
struct DateScanner {
    private let bytes: Bytes
    private var at: Int
    private let limit: Int

    /// The end of the date or time that starts at `offset`, or `nil`.
    static func end(in bytes: Bytes, from offset: Int, limit: Int) -> Int? {
        var scanner = DateScanner(bytes: bytes, at: offset, limit: limit)
        guard scanner.dateOrTime() else { return nil }
        // `2020-12-30abc` and `12:30:45:67` are something else.
        if scanner.at < limit, bytes[scanner.at].isWordByte { return nil }
        return scanner.at
    }

    private init(bytes: Bytes, at: Int, limit: Int) {
        self.bytes = bytes
        self.at = at
        self.limit = limit
    }

    private mutating func dateOrTime() -> Bool {
        guard at < limit else { return false }
        return bytes[at].isDigit ? startsWithDigit() : startsWithName()
    }

    // MARK: Forms

    private mutating func startsWithDigit() -> Bool {
        if attempt({ $0.isoDate() }) {
            timeAfterDate()
            return true
        }
        if attempt({ $0.compactDate() }) { return true }
        if attempt({ $0.dayMonthYear() }) {
            timeAfterDate()
            return true
        }
        if attempt({ $0.numericDate() }) {
            timeAfterDate()
            return true
        }
        return attempt { $0.time() && $0.clockSuffix() }
    }

    private mutating func startsWithName() -> Bool {
        let start = at
        if attempt({ $0.weekday() }) {
            if byte == UInt8(ascii: ",") { at += 1 }
            blanks()
        }
        if attempt({ $0.monthDay() }) {
            afterMonthDay()
            return true
        }
        if at > start, attempt({ $0.dayMonthYear() }) || attempt({ $0.isoDate() }) || attempt({ $0.numericDate() }) {
            timeAfterDate()
            return true
        }
        at = start
        return false
    }

    /// `2020-12-30`, `2020/12/30`
    private mutating func isoDate() -> Bool {
        guard digits(4...4) != nil, let separator = byte,
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/")
        else { return false }
        at += 1
        guard let month = digits(1...2), (1...12).contains(month), byte == separator else { return false }
        at += 1
        guard let day = digits(1...2) else { return false }
        return (1...31).contains(day)
    }

    /// `20201230T050134Z`
    private mutating func compactDate() -> Bool {
        guard digits(8...8) != nil, byte == UInt8(ascii: "T") else { return false }
        at += 1
        guard digits(4...6) != nil else { return false }
        if byte == UInt8(ascii: "Z") { at += 1 }
        return true
    }

    /// `30 Dec 2020`, `30/Dec/2020`, `30-Dec-2020`, `30 Dec`
    private mutating func dayMonthYear() -> Bool {
        guard let day = digits(1...2), (1...31).contains(day), let separator = byte,
            separator == 0x20 || separator == UInt8(ascii: "/") || separator == UInt8(ascii: "-")
        else { return false }
        at += 1
        guard monthName() else { return false }
        if byte == UInt8(ascii: ",") { at += 1 }
        let hasYear = attempt {
            guard $0.byte == separator else { return false }
            $0.at += 1
            return $0.digits(4...4) != nil
        }
        // In `3 Jan 11  2020` the 3 is a size.
        var rest = self
        rest.blanks()
        return hasYear || !attempt { _ in rest.digits(1...2) != nil && rest.byte != UInt8(ascii: ":") }
    }

    /// `12/30/2020`, `30.12.2020`
    private mutating func numericDate() -> Bool {
        guard let first = digits(1...2), (1...31).contains(first), let separator = byte,
            separator == UInt8(ascii: "/") || separator == UInt8(ascii: ".")
        else { return false }
        at += 1
        guard let second = digits(1...2), (1...31).contains(second), byte == separator else { return false }
        at += 1
        return digits(4...4) != nil || (separator == UInt8(ascii: "/") && digits(2...2) != nil)
    }

    /// `Dec 30`, `December 30th`
    private mutating func monthDay() -> Bool {
        guard monthName() else { return false }
        guard byte == 0x20 || byte == UInt8(ascii: ".") else { return false }
        if byte == UInt8(ascii: ".") { at += 1 }
        blanks()
        guard let day = digits(1...2), (1...31).contains(day) else { return false }
        for suffix: StaticString in ["st", "nd", "rd", "th"] where bytes.has(suffix, at: at) {
            at += 2
            break
        }
        return
            !(byte.map { $0.isWordByte || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") && nextIsDigit } ?? false)
    }

    /// What may follow `Dec 30`: a time, a zone and a year in the orders in which `date`, `ls` and logs print them.
    private mutating func afterMonthDay() {
        if byte == UInt8(ascii: ",") { at += 1 }
        for _ in 0..<3 {
            let found = attempt {
                $0.blanks()
                return ($0.time() && $0.clockSuffix()) || $0.year() || $0.zone()
            }
            if !found { break }
        }
        if bytes[at - 1] == UInt8(ascii: ",") { at -= 1 }
    }

    private mutating func timeAfterDate() {
        let found = attempt {
            switch $0.byte {
            case UInt8(ascii: "T"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"): $0.at += 1
            case UInt8(ascii: ","):
                $0.at += 1
                $0.blanks()
            case 0x20: $0.blanks()
            default: return false
            }
            return $0.time() && $0.clockSuffix()
        }
        _ = found
    }

    // MARK: Parts

    /// `05:01`, `5:01:34`, `05:01:34.280`, `05:01:34,280`
    private mutating func time() -> Bool {
        guard let hour = digits(1...2), hour < 25, byte == UInt8(ascii: ":") else { return false }
        at += 1
        guard let minute = digits(2...2), minute < 60 else { return false }
        let seconds = attempt {
            guard $0.byte == UInt8(ascii: ":") else { return false }
            $0.at += 1
            guard let second = $0.digits(2...2) else { return false }
            return second < 62
        }
        if seconds {
            _ = attempt {
                guard $0.byte == UInt8(ascii: ".") || $0.byte == UInt8(ascii: ",") else { return false }
                $0.at += 1
                return $0.digits(1...9) != nil
            }
        }
        return byte != UInt8(ascii: ":") || !nextIsDigit
    }

    /// AM and PM, then a zone.
    private mutating func clockSuffix() -> Bool {
        _ = attempt {
            $0.blanks()
            for half: StaticString in ["AM", "PM"] where $0.bytes.has(half, at: $0.at, ignoringCase: true) {
                $0.at += 2
                return $0.isAtWordEnd
            }
            return false
        }
        _ = attempt {
            $0.blanks()
            return $0.zone()
        }
        return true
    }

    /// `Z`, `+01:00`, `+0000`, `+00`, `UTC`, `GMT+0000 (Coordinated Universal Time)`
    private mutating func zone() -> Bool {
        if byte == UInt8(ascii: "Z") {
            at += 1
            return isAtWordEnd
        }
        var named = false
        for name in Self.zones where bytes.has(name, at: at) {
            at += name.utf8CodeUnitCount
            named = true
            break
        }
        let offset = attempt {
            guard $0.byte == UInt8(ascii: "+") || $0.byte == UInt8(ascii: "-") else { return false }
            $0.at += 1
            if $0.digits(4...4) != nil { return true }
            guard $0.digits(2...2) != nil else { return false }
            guard $0.byte == UInt8(ascii: ":") else { return true }
            $0.at += 1
            return $0.digits(2...2) != nil
        }
        guard named || offset, isAtWordEnd else { return false }
        // Go prints both: `+0100 CET`.
        if !named {
            _ = attempt { scanner in
                guard scanner.byte == 0x20,
                    let name = Self.zones.first(where: { scanner.bytes.has($0, at: scanner.at + 1) })
                else { return false }
                scanner.at += 1 + name.utf8CodeUnitCount
                return scanner.isAtWordEnd
            }
        }
        _ = attempt {
            guard named, $0.byte == 0x20, $0.bytes.has(" (", at: $0.at) else { return false }
            $0.at = $0.bytes.end(of: $0.at + 2) { $0.isLetter || $0 == 0x20 }
            guard $0.byte == UInt8(ascii: ")") else { return false }
            $0.at += 1
            return true
        }
        return true
    }

    private mutating func year() -> Bool {
        guard let year = digits(4...4), (1900...2200).contains(year) else { return false }
        return isAtWordEnd
    }

    private static let zones: [StaticString] = [
        "UTC", "GMT", "CEST", "CET", "EST", "EDT", "PST", "PDT", "CST", "CDT", "MST", "MDT", "BST", "EEST", "EET",
        "WEST", "WET", "MSK", "IST", "JST", "KST", "HKT", "SGT", "AEST", "AEDT", "NZST", "NZDT",
    ]

    private static let months: [StaticString] = [
        "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
        "December", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [StaticString] = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ]

    private mutating func monthName() -> Bool { oneOf(Self.months) }
    private mutating func weekday() -> Bool { oneOf(Self.weekdays) }

    private mutating func oneOf(_ names: [StaticString]) -> Bool {
        guard let first = byte, first.isUpper else { return false }
        for name in names where bytes.has(name, at: at) {
            let end = at + name.utf8CodeUnitCount
            if end < limit, bytes[end].isLetter { continue }
            at = end
            return true
        }
        return false
    }

    // MARK: Cursor

    private var byte: UInt8? { at < limit ? bytes[at] : nil }
    private var nextIsDigit: Bool { at + 1 < limit && bytes[at + 1].isDigit }
    private var isAtWordEnd: Bool { !(byte?.isWordByte ?? false) }

    private mutating func blanks() {
        while let next = byte, next.isBlank { at += 1 }
    }

    /// A run of digits whose length lies in `lengths` and that no digit follows.
    private mutating func digits(_ lengths: ClosedRange<Int>) -> Int? {
        var value = 0
        var end = at
        while end < limit, bytes[end].isDigit, end - at < lengths.upperBound {
            value = value * 10 + Int(bytes[end] - 0x30)
            end += 1
        }
        guard lengths.contains(end - at), end == limit || !bytes[end].isDigit else { return nil }
        at = end
        return value
    }

    private mutating func attempt(_ body: (inout Self) -> Bool) -> Bool {
        let start = at
        if body(&self) { return true }
        at = start
        return false
    }
}
