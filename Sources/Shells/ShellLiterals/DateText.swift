/// Times as JavaScript reads and writes them, in UTC and in the proleptic Gregorian calendar.
public enum DateText {
    /// Milliseconds that a JavaScript date can't go beyond, either way.
    public static let limit: Int64 = 8_640_000_000_000_000

    private static let dayLength: Int64 = 86_400_000

    /// `2020-12-30T05:01:34.280Z`; `nil` beyond ``limit``.
    public static func iso(_ milliseconds: Int64) -> String? {
        guard -limit...limit ~= milliseconds else { return nil }
        let day = floorDivide(milliseconds, dayLength)
        let rest = milliseconds - day * dayLength
        let (year, month, dayOfMonth) = civil(fromDay: day)
        let yearText =
            0...9999 ~= year
            ? padded(year, 4) : (year < 0 ? "-" : "+") + padded(Int64(year.magnitude), 6)
        return "\(yearText)-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
            + "T\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2))"
            + ".\(padded(rest % 1000, 3))Z"
    }

    /// Reads ISO 8601 as `ISODate` takes it: a date, or a date and a time; without a zone it is UTC.
    ///
    /// - Returns: Milliseconds since 1970; `nil` for text in another form and for days and times that don't exist.
    public static func milliseconds(_ text: String) -> Int64? {
        var scanner = Scanner(Array(text.utf8))
        guard let year = scanner.digits(4) else { return nil }
        let isDashed = scanner.take("-")
        var month: Int64 = 1
        var day: Int64 = 1
        if let number = scanner.digits(2) {
            month = number
            if isDashed ? scanner.take("-") : true {
                guard let number = scanner.digits(2) else { return nil }
                day = number
            }
        } else if isDashed {
            return nil
        }
        guard 1...12 ~= month, day >= 1, civil(fromDay: days(year: year, month: month, day: day)) == (year, month, day)
        else {
            return nil
        }
        var result = days(year: year, month: month, day: day) * dayLength
        if scanner.isAtEnd { return result }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" "), let time = scanner.time() else { return nil }
        result += time
        if !(scanner.take("Z") || scanner.take("z")), !scanner.isAtEnd {
            guard let offset = scanner.offset() else { return nil }
            result -= offset
        }
        return scanner.isAtEnd ? result : nil
    }

    /// `month` counts from 0 and, like `day`, may lie outside its range, as in `new Date(2020, 14, 1)`.
    public static func milliseconds(year: Int64, month: Int64, day: Int64 = 1) -> Int64 {
        let carried = year + floorDivide(month, 12)
        let monthOfYear = month - floorDivide(month, 12) * 12
        return (days(year: carried, month: monthOfYear + 1, day: 1) + day - 1) * dayLength
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    // Both count years from March, so that the leap day is the last day of its year.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

private struct Scanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int64? {
        guard index + count <= bytes.count else { return nil }
        var number: Int64 = 0
        for byte in bytes[index..<index + count] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        index += count
        return number
    }

    mutating func time() -> Int64? {
        guard let hour = digits(2), hour < 25 else { return nil }
        let isSeparated = take(":")
        guard let minute = digits(2), minute < 60 else { return nil }
        var result = (hour * 60 + minute) * 60_000
        if isSeparated ? take(":") : true, let second = digits(2) {
            guard second < 60 else { return nil }
            result += second * 1000
            if take(".") || take(",") {
                var scale: Int64 = 100
                var count = 0
                while let digit = digits(1) {
                    result += digit * scale
                    scale /= 10
                    count += 1
                }
                guard count > 0 else { return nil }
            }
        }
        return result <= 86_400_000 ? result : nil
    }

    mutating func offset() -> Int64? {
        let isWest = take("-")
        guard isWest || take("+"), let hours = digits(2), hours < 24 else { return nil }
        _ = take(":")
        let minutes = digits(2) ?? 0
        guard minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -60_000 : 60_000)
    }
}
