public import FoundationEssentials

extension Date {
    /// The current time, cut to whole milliseconds.
    public static var nowInMilliseconds: Date {
        Date(millisecondsSince1970: Date().millisecondsSince1970)
    }

    /// The date for which ``millisecondsSince1970`` gives this number again.
    public init(millisecondsSince1970 milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// Rounded, since a millisecond has no exact `Double`.
    public var millisecondsSince1970: Int64 {
        Int64((timeIntervalSince1970 * 1000).rounded())
    }

    /// `2026-01-31T23:59:59.123Z`, to the nearest millisecond.
    public var iso8601Milliseconds: String {
        // The style cuts where a `Double` may lie a hair below its millisecond.
        addingTimeInterval(0.000_1).formatted(ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
