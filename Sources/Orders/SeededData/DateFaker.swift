#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Moments in whole milliseconds, always relative to a given one and never to now. See ``Faker/date``.
public struct DateFaker: Sendable {
    var faker: Faker

    /// A moment before `reference` and at most so many days of 86,400 seconds earlier.
    ///
    /// - Precondition: `days` is at least 1.
    public mutating func past(before reference: Date, days: Int = 365) -> Date {
        precondition(days >= 1, "the past is at least a day long")
        return moment(in: reference.milliseconds - days * 86_400_000...reference.milliseconds - 1)
    }

    /// A moment of the day before `reference`, or of the last few.
    ///
    /// - Precondition: `days` is at least 1.
    public mutating func recent(before reference: Date, days: Int = 1) -> Date {
        past(before: reference, days: days)
    }

    /// A moment that is neither before `start` nor after `end`.
    ///
    /// - Precondition: `end` is not before `start`.
    public mutating func between(_ start: Date, and end: Date) -> Date {
        moment(in: start.milliseconds...end.milliseconds)
    }

    private mutating func moment(in milliseconds: ClosedRange<Int>) -> Date {
        Date(timeIntervalSince1970: Double(faker.generator.integer(in: milliseconds)) / 1_000)
    }
}

extension Date {
    /// Since 1970, rounded: a double holds the milliseconds of a date exactly for some 280,000 years.
    var milliseconds: Int {
        let exact = (timeIntervalSince1970 * 1_000).rounded()
        precondition(abs(exact) < 0x1p53, "the date is further away than doubles can tell milliseconds apart")
        return Int(exact)
    }
}
