/// Values that move with the clock in forms of their own: `datetime.date(2026, 11, 30)`, `30/11/2026`.
enum ClockValues {
    /// Whether a line has a year with a month and a day beside it, whatever is between them.
    static func occur(in text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { isDay($0) }
    }

    private static func isDay(_ line: Substring) -> Bool {
        let numbers = numbers(in: line)
        return numbers.indices.contains { index in
            guard (1970...2100).contains(numbers[index].value), numbers[index].digits == 4 else { return false }
            let after = Array(numbers[(index + 1)...].prefix(2))
            let before = Array(numbers[..<index].suffix(2))
            return [after, before].contains { pair in
                guard pair.count == 2, pair.allSatisfy({ $0.digits <= 2 && (1...31).contains($0.value) }),
                    pair.contains(where: { $0.value <= 12 })
                else { return false }
                // Further apart they are no date.
                let places = pair.map(\.place) + [numbers[index].place]
                return (places.max() ?? 0) - (places.min() ?? 0) <= 10
            }
        }
    }

    private struct Number {
        var value: Int
        var digits: Int
        var place: Int
    }

    private static func numbers(in line: Substring) -> [Number] {
        var numbers: [Number] = []
        var digits = 0
        var value = 0
        for (place, byte) in (Array(line.utf8.prefix(2000)) + [0]).enumerated() {
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                if digits <= 9 { value = value * 10 + Int(byte - 0x30) }
            } else if digits > 0 {
                numbers.append(Number(value: value, digits: digits, place: place - digits))
                (digits, value) = (0, 0)
            }
        }
        return numbers
    }
}
