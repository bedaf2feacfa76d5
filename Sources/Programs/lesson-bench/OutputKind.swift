import ArgumentParser
import SeededNumbers

/// Outputs of any length, of the kinds that lessons show.
enum OutputKind: String, CaseIterable, ExpressibleByArgument {
    case prose, log, json, documents, table, columns, fields, listing

    /// Text of about this many lines; another seed gives other values in the same places.
    func text(lines: Int, seed: UInt64) -> String {
        var values = Values(state: seed)
        switch self {
        case .prose:
            return (0..<lines).map { "step \($0): copied the file into the directory of the project" }.joined(
                separator: "\n")
        case .log:
            return (0..<lines).map { _ in
                "2026-11-\(values.digits(10, 28)) 09:\(values.digits(10, 59)):07.\(values.digits(100, 999)) INFO [main] "
                    + "order \(values.uuid()) stored in \(values.digits(1, 90)) ms"
            }.joined(separator: "\n")
        case .json:
            let items = (0..<lines / 5).map { _ in
                """
                  {
                    "id": "\(values.uuid())",
                    "quantity": \(values.digits(1, 900)),
                    "created": "2026-11-20T09:38:\(values.digits(10, 59)).380Z"
                  }
                """
            }
            return "[\n\(items.joined(separator: ",\n"))\n]"
        case .documents:
            return (0..<lines / 5).map { _ in
                """
                {
                  _id: '\(values.uuid())',
                  customer: { email: 'Abigail.Black\(values.digits(1, 900))@wright.com', firstName: 'Abigail' },
                  quantity: \(values.digits(1, 900))
                }
                """
            }.joined(separator: "\n")
        case .table:
            let rule = "+------------+--------------------------------------+"
            let rows = (0..<lines).map { _ in "| \(values.digits(1_000_000_000, 2_000_000_000)) | \(values.uuid()) |" }
            return
                "\(rule)\n| number     | id                                   |\n\(rule)\n\(rows.joined(separator: "\n"))\n\(rule)"
        case .columns:
            return "NAME         READY   AGE\n"
                + (0..<lines).map { "web-\(100_000 + $0)   1/1     \(values.digits(10, 59))s" }.joined(separator: "\n")
        case .fields:
            return (0..<lines).map { "KEY_\($0)=\(values.digits(1, 9_000))" }.joined(separator: "\n")
        case .listing:
            return (0..<lines).map {
                "-rw-r--r-- 1 root root \(values.digits(1_000, 9_999)) Nov \(values.digits(10, 28)) 09:38 file\($0).txt"
            }.joined(separator: "\n")
        }
    }
}

/// Values that differ from seed to seed.
private struct Values: RandomNumberGenerator {
    private var numbers: SplitMix

    init(state: UInt64) { numbers = SplitMix(state: state) }

    mutating func next() -> UInt64 { numbers.next() }

    mutating func digits(_ lower: Int, _ upper: Int) -> Int { Int.random(in: lower...upper, using: &self) }

    mutating func uuid() -> String {
        func hex(_ count: Int, _ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String((String(repeating: "0", count: 16) + digits).suffix(count))
        }
        return "\(hex(8, next()))-\(hex(4, next()))-4\(hex(3, next()))-a\(hex(3, next()))-\(hex(12, next()))"
    }
}
