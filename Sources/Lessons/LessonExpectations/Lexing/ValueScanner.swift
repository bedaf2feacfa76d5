/// Recognises values that one word can be: identifiers that nobody chose, addresses, amounts, numbers.
///
/// Every question is about a whole word (`range`), already cut from its text; all are linear in its length.
struct ValueScanner {
    let bytes: Bytes
    let range: Range<Int>

    private var count: Int { range.count }
    private func byte(_ index: Int) -> UInt8 { bytes[range.lowerBound + index] }

    /// The class of the word, `.word` when it is nothing special.
    func fieldClass() -> FieldClass {
        guard let first = bytes[range].first else { return .word }
        if isUUID { return .uuid }
        if isMemoryAddress { return .hash }
        if isPodName { return .token }
        if first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".") {
            if isHash { return .hash }
            if let number = numberClass { return isEpoch ? .timestamp : number }
            if isAddress { return .address }
            if let amount = amountClass { return amount }
            if isVersion { return .version }
        } else {
            if isHash { return .hash }
            if (first == UInt8(ascii: "v") || first == UInt8(ascii: "V")), isVersion { return .version }
            if isAddress { return .address }
        }
        if isURL { return .url }
        if isEmail { return .email }
        if isRandom { return .token }
        if isPath { return .path }
        return .word
    }

    /// 8-4-4-4-12 hexadecimal digits, in any case.
    var isUUID: Bool {
        guard count == 36 else { return false }
        for index in 0..<36 {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            if isDash ? byte(index) != UInt8(ascii: "-") : !byte(index).isHex { return false }
        }
        return true
    }

    /// `0x7f3a2c1d8e50`
    private var isMemoryAddress: Bool {
        count >= 8 && bytes.has("0x", at: range.lowerBound)
            && bytes[(range.lowerBound + 2)..<range.upperBound].allSatisfy(\.isHex)
    }

    /// `orders-66b6c48dd5-7xq2z`, as Kubernetes names pods: its random letters leave out vowels and 0, 1, 3.
    var isPodName: Bool {
        guard count >= 12, byte(0).isLower else { return false }
        let parts = bytes[range].split(separator: UInt8(ascii: "-"))
        guard parts.count >= 3, let last = parts.last, last.count == 5 else { return false }
        let middle = parts[parts.count - 2]
        return (6...10).contains(middle.count) && (middle + last).allSatisfy { Self.safeBytes.contains($0) }
    }

    private static let safeBytes = Set("bcdfghjklmnpqrstvwxz2456789".utf8)

    /// At least seven hexadecimal digits of one case, digits and letters mixed; any 32 or more.
    var isHash: Bool {
        guard count >= 7, count <= 128 else { return false }
        var digits = 0
        var lower = 0
        var upper = 0
        for value in bytes[range] {
            guard value.isHex else { return false }
            if value.isDigit { digits += 1 } else if value.isLower { lower += 1 } else { upper += 1 }
        }
        if lower > 0, upper > 0 { return false }
        if count >= 32 { return lower + upper > 0 || count % 32 == 0 }
        return digits > 0 && lower + upper > 0 && (count >= 12 || digits >= 2 || lower + upper >= 2)
    }

    /// `true` for what a hash of the same tool could be, be it digits or letters only.
    var couldBeHash: Bool { count >= 7 && bytes[range].allSatisfy(\.isHex) }

    /// Integer or decimal, with sign, thousands separators or an exponent.
    var numberClass: FieldClass? {
        var index = range.lowerBound
        if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
        let start = index
        index = bytes.end(of: index, while: \.isDigit)
        var isDecimal = false
        if index < range.upperBound, index - start <= 3, index > start, bytes[index] == UInt8(ascii: ",") {
            while index + 3 < range.upperBound, bytes[index] == UInt8(ascii: ","),
                bytes[index + 1].isDigit, bytes[index + 2].isDigit, bytes[index + 3].isDigit
            {
                index += 4
            }
        }
        guard index > start || (index + 1 < range.upperBound && bytes[index] == UInt8(ascii: ".")) else { return nil }
        if index < range.upperBound, bytes[index] == UInt8(ascii: ".") {
            let end = bytes.end(of: index + 1, while: \.isDigit)
            guard end > index + 1 else { return nil }
            isDecimal = true
            index = end
        }
        if index < range.upperBound, index > start, bytes[index].lowered == UInt8(ascii: "e") {
            var exponent = index + 1
            if exponent < range.upperBound, bytes[exponent] == UInt8(ascii: "-") || bytes[exponent] == UInt8(ascii: "+")
            {
                exponent += 1
            }
            let end = bytes.end(of: exponent, while: \.isDigit)
            guard end > exponent, end == range.upperBound else { return nil }
            return .decimal
        }
        guard index == range.upperBound else { return nil }
        return isDecimal ? .decimal : .integer
    }

    /// Seconds or milliseconds since 1970, from 2001 to 2033.
    var isEpoch: Bool {
        (count == 10 || count == 13) && byte(0) == UInt8(ascii: "1") && bytes[range].allSatisfy(\.isDigit)
    }

    /// `187MB`, `4.0K`, `45%`, `12ms`, `5d12h`, `0m0.003s`
    var amountClass: FieldClass? {
        var index = range.lowerBound
        var parts = 0
        var lastUnit = 0..<0
        while index < range.upperBound {
            let numberEnd = bytes.end(of: index) { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            guard numberEnd > index, bytes[index].isDigit, numberEnd < range.upperBound else { return nil }
            if bytes[numberEnd] == UInt8(ascii: "%") {
                return parts == 0 && numberEnd + 1 == range.upperBound ? .percentage : nil
            }
            var unitEnd = bytes.end(of: numberEnd) { $0.isLetter }
            if unitEnd + 1 < range.upperBound, bytes[unitEnd] == UInt8(ascii: "/"),
                bytes[unitEnd + 1] == UInt8(ascii: "s")
            {
                unitEnd += 2
            }
            guard unitEnd > numberEnd, unitEnd <= range.upperBound else { return nil }
            lastUnit = numberEnd..<unitEnd
            parts += 1
            index = unitEnd
            if Units.isDuration(bytes, lastUnit) { continue }
            return parts == 1 && index == range.upperBound && Units.isSize(bytes, lastUnit) ? .size : nil
        }
        return parts > 0 ? .duration : nil
    }

    /// `1.18.0`, `v12.13`, `10.11.6-MariaDB-0+deb12u1`, `2:9.0.1378-2`
    var isVersion: Bool {
        var index = range.lowerBound
        let hasPrefix = bytes[index].lowered == UInt8(ascii: "v")
        if hasPrefix { index += 1 }
        let epoch = bytes.end(of: index, while: \.isDigit)
        if epoch > index, epoch + 1 < range.upperBound, bytes[epoch] == UInt8(ascii: ":"), bytes[epoch + 1].isDigit {
            index = epoch + 1
        }
        var numbers = 0
        while index < range.upperBound {
            let end = bytes.end(of: index, while: \.isDigit)
            guard end > index else { break }
            numbers += 1
            index = end
            guard index + 1 < range.upperBound, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isDigit else {
                break
            }
            index += 1
        }
        let isWhole = index == range.upperBound
        guard numbers >= 3 || (numbers == 2 && (hasPrefix || !isWhole)) else { return false }
        if isWhole { return true }
        let separator = bytes[index]
        guard
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "+") || separator == UInt8(ascii: "~")
                || separator.isLetter
        else { return false }
        return bytes[index..<range.upperBound].allSatisfy {
            $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                || $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: ":")
        }
    }

    /// IPv4 with or without port or mask, IPv6, MAC.
    var isAddress: Bool { isIPv4 || isColonSeparated }

    private var isIPv4: Bool {
        var index = range.lowerBound
        for part in 0..<4 {
            let end = bytes.end(of: index, while: \.isDigit)
            guard end > index, end - index <= 3 else { return false }
            index = end
            if part < 3 {
                guard index < range.upperBound, bytes[index] == UInt8(ascii: ".") else { return false }
                index += 1
            }
        }
        if index == range.upperBound { return true }
        guard bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "/") else { return false }
        let end = bytes.end(of: index + 1, while: \.isDigit)
        return end == range.upperBound && end > index + 1
    }

    private var isColonSeparated: Bool {
        guard count >= 6, count <= 45 else { return false }
        var colons = 0
        var doubled = false
        var digits = 0
        for index in range {
            if bytes[index] == UInt8(ascii: ":") {
                colons += 1
                if index > range.lowerBound, bytes[index - 1] == UInt8(ascii: ":") { doubled = true }
                digits = 0
            } else {
                digits += 1
                guard bytes[index].isHex, digits <= 4 else { return false }
            }
        }
        return colons == 7 || (colons == 5 && count == 17) || (doubled && colons >= 2)
    }

    /// Loopback and wildcard addresses name a place in the lesson; others of private networks are handed out at random.
    var isPrivateAddress: Bool {
        if isColonSeparated { return true }
        guard isIPv4 else { return false }
        if bytes.has("10.", at: range.lowerBound) || bytes.has("192.168.", at: range.lowerBound) { return true }
        guard bytes.has("172.", at: range.lowerBound) else { return false }
        let end = bytes.end(of: range.lowerBound + 4, while: \.isDigit)
        let second = bytes[(range.lowerBound + 4)..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (16...31).contains(second)
    }

    /// A scheme, `://` and something after it.
    var isURL: Bool {
        guard bytes[range.lowerBound].isLetter else { return false }
        let end = bytes.end(of: range.lowerBound) { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") }
        return end - range.lowerBound >= 2 && bytes.has("://", at: end) && end + 3 < range.upperBound
    }

    var isEmail: Bool {
        guard let at = bytes[range].firstIndex(of: UInt8(ascii: "@")), at > range.lowerBound else { return false }
        let domain = bytes[(at + 1)..<range.upperBound]
        guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > at + 1, dot + 2 < range.upperBound else {
            return false
        }
        let isName = bytes[range.lowerBound..<at].allSatisfy {
            $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                || $0 == UInt8(ascii: "'")
        }
        return isName && bytes[(dot + 1)..<range.upperBound].allSatisfy(\.isLetter)
            && domain.allSatisfy { $0.isWordByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    /// Absolute, or starting with `~/`, `./` or `../`.
    var isPath: Bool {
        let start = range.lowerBound
        guard count >= 2 else { return false }
        if bytes[start] == UInt8(ascii: "/") {
            return bytes[start + 1].isWordByte || bytes[start + 1] == UInt8(ascii: ".")
        }
        return bytes.has("~/", at: start) || bytes.has("./", at: start) || bytes.has("../", at: start)
    }

    /// Letters and digits mixed so often that nobody typed them: Base64, tokens, keys.
    var isRandom: Bool {
        guard count >= 16 else { return false }
        var changes = 0
        var digits = 0
        var previous = 0
        for value in bytes[range] {
            let kind: Int
            if value.isDigit {
                kind = 1
                digits += 1
            } else if value.isUpper {
                kind = 2
            } else if value.isLower {
                kind = 3
            } else if value == UInt8(ascii: "+") || value == UInt8(ascii: "/") || value == UInt8(ascii: "=")
                || value == UInt8(ascii: "-") || value == UInt8(ascii: "_")
                || (value == UInt8(ascii: ".") && count >= 40)
            {
                kind = previous
            } else {
                return false
            }
            if kind != previous { changes += 1 }
            previous = kind
        }
        return digits >= 2 && changes * 3 >= count
    }
}

/// Units of time and of data, as tools abbreviate and spell them.
enum Units {
    /// A capital `M` counts bytes (`395M`); minutes are written small.
    static func isDuration(_ bytes: Bytes, _ unit: Range<Int>) -> Bool {
        if unit.count == 1, bytes[unit.lowerBound] == UInt8(ascii: "M") { return false }
        return contains(durations, bytes, unit)
    }

    static func isSize(_ bytes: Bytes, _ unit: Range<Int>) -> Bool { contains(sizes, bytes, unit) }

    /// `500ms` and `500s`: no other run gives the same number in another unit.
    static func areOther(_ wanted: Bytes, _ got: Bytes) -> Bool {
        func parts(_ bytes: Bytes) -> (number: ArraySlice<UInt8>, unit: ArraySlice<UInt8>) {
            let end = bytes.end(of: 0) { $0.isDigit || $0 == UInt8(ascii: ".") }
            return (bytes[..<end], bytes[bytes.end(of: end, while: \.isBlank)...])
        }
        let (one, other) = (parts(wanted), parts(got))
        return one.number.count >= 2 && one.number == other.number && one.unit != other.unit
            && (one.unit + other.unit).allSatisfy(\.isLetter)
    }

    private static let durations: Set<String> = [
        "ns", "us", "µs", "μs", "ms", "s", "m", "h", "d", "w", "y", "sec", "secs", "second", "seconds", "min", "mins",
        "minute", "minutes", "hr", "hrs", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year",
        "years", "millisecond", "milliseconds", "msec",
    ]

    private static let sizes: Set<String> = {
        var names: Set<String> = ["b", "byte", "bytes", "bit", "bits"]
        for prefix in ["k", "m", "g", "t", "p"] {
            names.formUnion([prefix, prefix + "b", prefix + "ib", prefix + "i", prefix + "bit"])
        }
        for name in names { names.formUnion([name + "/s", name + "ps"]) }
        return names
    }()

    private static func contains(_ names: Set<String>, _ bytes: Bytes, _ unit: Range<Int>) -> Bool {
        guard !unit.isEmpty, unit.count <= 12 else { return false }
        return names.contains(String(decoding: bytes[unit].map(\.lowered), as: UTF8.self))
    }
}
