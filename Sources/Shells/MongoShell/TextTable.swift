/// Columns two spaces apart, the last one aligned right when `alignsLast`.
enum TextTable {
    static func lines(_ rows: [(String, String)], alignsLast: Bool) -> String {
        let first = rows.map(\.0.unicodeScalars.count).max() ?? 0
        let last = rows.map(\.1.unicodeScalars.count).max() ?? 0
        return rows.map { left, right in
            let padding = alignsLast ? last - right.unicodeScalars.count : 0
            let gap = first - left.unicodeScalars.count + 2 + padding
            return left + String(repeating: " ", count: gap) + right
        }.joined(separator: "\n")
    }

    /// `40.00 KiB`; whole bytes up to 1,000.
    static func size(_ bytes: Double) -> String {
        guard bytes > 1000 else { return "\(Int(bytes)) B" }
        var value = bytes
        var units = ["B", "KiB", "MiB", "GiB", "TiB"][...]
        while value >= 1024, units.count > 1 {
            value /= 1024
            units.removeFirst()
        }
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(units.first ?? "B")"
    }
}
