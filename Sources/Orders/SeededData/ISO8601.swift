#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Writes and reads moments in one fixed form: UTC, Gregorian, independent of the machine's locale and time zone.
public enum ISO8601 {
    /// `2020-12-29T21:01:34.000Z`, always with milliseconds; for the years 0–9999.
    public static func string(from date: Date) -> String {
        let (days, rest) = date.milliseconds.flooredDivision(by: 86_400_000)
        let (year, month, day) = civil(fromDays: days)
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
            + "T\(pad(hour, 2)):\(pad(minute, 2)):\(pad(second, 2)).\(pad(rest % 1_000, 3))Z"
    }

    /// Reads `2020-12-29`, `2020-12-29T21:01:34Z` or the same with milliseconds; `nil` for anything else.
    ///
    /// A date without a time is its first moment. Days and times that don't exist (30 February, 24:00) give `nil`.
    public static func date(from text: String) -> Date? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            let digits = bytes[range]
            guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        guard
            let template = ["0000-00-00", "0000-00-00T00:00:00Z", "0000-00-00T00:00:00.000Z"]
                .first(where: { $0.utf8.count == bytes.count })
        else { return nil }
        for (byte, expected) in zip(bytes, template.utf8) where expected != UInt8(ascii: "0") {
            guard byte == expected else { return nil }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        let days = days(fromCivil: (year, month, day))
        guard (1...12).contains(month), day >= 1, civil(fromDays: days) == (year, month, day) else { return nil }
        var milliseconds = days * 86_400_000
        if bytes.count > 10 {
            guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
                hour < 24, minute < 60, second < 60
            else { return nil }
            milliseconds += ((hour * 60 + minute) * 60 + second) * 1_000
        }
        if bytes.count > 20 {
            guard let fraction = number(20..<23) else { return nil }
            milliseconds += fraction
        }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}

/// Days since 1 January 1970 of a Gregorian date; years are counted from March, so that the leap day comes last.
///
/// - SeeAlso: E. M. Reingold, N. Dershowitz, "Calendrical Calculations"; the 400 years of the cycle have 146,097 days.
private func days(fromCivil date: (year: Int, month: Int, day: Int)) -> Int {
    let marchYear = date.month > 2 ? date.year : date.year - 1
    let (cycle, year) = marchYear.flooredDivision(by: 400)
    let month = (date.month + 9) % 12
    let dayOfYear = (153 * month + 2) / 5 + date.day - 1
    return cycle * 146_097 + year * 365 + year / 4 - year / 100 + dayOfYear - 719_468
}

private func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let (cycle, day) = (days + 719_468).flooredDivision(by: 146_097)
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (
        cycle * 400 + year + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1
    )
}

private func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
