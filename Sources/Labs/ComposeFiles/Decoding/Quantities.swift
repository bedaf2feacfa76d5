/// Durations and sizes as Compose writes them.
enum Quantities {
    /// A duration such as `1m30s`, `2.5s`, `500ms` or `0`; `nil` for anything else, and beyond 290 years.
    static func duration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var nanoseconds = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest.removeFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest.removeFirst(unit.count)
            guard let number = decimal(digits), let scale = durationUnits[String(unit)] else { return nil }
            nanoseconds += number * scale
        }
        guard nanoseconds < 9e18 else { return nil }
        return .nanoseconds(Int64(nanoseconds.rounded()))
    }

    /// A size in bytes such as `512m`, `1.5g`, `64kb` or `1024`; `nil` for anything else.
    ///
    /// Units are powers of 1024 with or without an `i`, in either case, as Docker reads them.
    static func bytes(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        var unit = text.dropFirst(digits.count).lowercased()[...]
        if unit.first == " " { unit.removeFirst() }
        guard let number = decimal(digits), let shift = sizeUnits[String(unit)] else { return nil }
        let bytes = number * Double(Int64(1) << shift)
        guard bytes < 9e18 else { return nil }
        return Int64(bytes)
    }

    private static func decimal(_ digits: Substring) -> Double? {
        guard digits.count <= 20, digits.contains(where: \.isNumber) else { return nil }
        return Double(digits)
    }

    private static let durationUnits: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9, "d": 86400e9,
        "w": 604_800e9,
    ]

    private static let sizeUnits: [String: Int] = [
        "": 0, "b": 0, "k": 10, "kb": 10, "kib": 10, "m": 20, "mb": 20, "mib": 20, "g": 30, "gb": 30, "gib": 30,
        "t": 40,
        "tb": 40, "tib": 40, "p": 50, "pb": 50, "pib": 50,
    ]
}
