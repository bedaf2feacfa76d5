/// IEEE 754 decimal128 in BSON's binary integer form: 34 digits, exponents from -6176 to 6111.
public struct Decimal128: Hashable, Sendable {
    /// Sign, exponent and the upper 49 bits of the coefficient, in the canonical form.
    public let high: UInt64
    /// The lower 64 bits of the coefficient.
    public let low: UInt64

    private static let exponentBias = 6176
    private static let maxCoefficient: UInt128 = 9_999_999_999_999_999_999_999_999_999_999_999

    /// Takes any pattern of bits, as BSON stores them; one that is not canonical counts as zero.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    private init(isNegative: Bool, coefficient: UInt128, exponent: Int) {
        let biased = UInt64(exponent + Self.exponentBias)
        high = (isNegative ? 1 << 63 : 0) | biased << 49 | UInt64(truncatingIfNeeded: coefficient >> 64)
        low = UInt64(truncatingIfNeeded: coefficient)
    }

    /// `nil` for text that isn't a number or needs more than 34 digits or a larger exponent: nothing is rounded.
    public init?(_ text: String) {
        var rest = text.lowercased()[...]
        let isNegative = rest.first == "-"
        if let first = rest.first, first == "-" || first == "+" { rest.removeFirst() }
        switch rest {
        case "inf", "infinity":
            self.init(high: isNegative ? 0xF800_0000_0000_0000 : 0x7800_0000_0000_0000, low: 0)
            return
        case "nan":
            self.init(high: 0x7C00_0000_0000_0000, low: 0)
            return
        default: break
        }
        let parts = rest.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = parts.first, parts.count == 1 || (parts[1].count < 8 && Int(parts[1]) != nil) else {
            return nil
        }
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        var coefficient: UInt128 = 0
        var digits = 0
        var seenPoint = false
        for character in number.utf8 {
            switch character {
            case UInt8(ascii: ".") where !seenPoint: seenPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let next = coefficient * 10 + UInt128(character - UInt8(ascii: "0"))
                guard next <= Self.maxCoefficient else { return nil }
                coefficient = next
                digits += 1
                if seenPoint { exponent -= 1 }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        while exponent > 6111, coefficient != 0, coefficient * 10 <= Self.maxCoefficient {
            coefficient *= 10
            exponent -= 1
        }
        if coefficient == 0 { exponent = min(max(exponent, -Self.exponentBias), 6111) }
        while exponent < -Self.exponentBias, coefficient.isMultiple(of: 10) {
            coefficient /= 10
            exponent += 1
        }
        guard -Self.exponentBias...6111 ~= exponent else { return nil }
        self.init(isNegative: isNegative, coefficient: coefficient, exponent: exponent)
    }
}

extension Decimal128: CustomStringConvertible {
    /// The text that the specification of BSON's decimal128 asks for.
    public var description: String {
        let sign = high >> 63 == 1 ? "-" : ""
        let combination = high >> 58 & 0x1F
        if combination == 0x1F { return "NaN" }
        if combination == 0x1E { return sign + "Infinity" }
        var exponent: Int
        var coefficient: UInt128
        if combination >> 3 == 3 {
            // The other form has coefficients that are too large to be canonical: they count as zero.
            exponent = Int(high >> 47 & 0x3FFF) - Self.exponentBias
            coefficient = 0
        } else {
            exponent = Int(high >> 49 & 0x3FFF) - Self.exponentBias
            coefficient = UInt128(high & 0x1_FFFF_FFFF_FFFF) << 64 | UInt128(low)
            if coefficient > Self.maxCoefficient { coefficient = 0 }
        }
        let digits = String(coefficient)
        let scientific = digits.count - 1 + exponent
        if exponent > 0 || scientific < -6 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "E" + (scientific < 0 ? "-" : "+")
                + String(scientific.magnitude)
        }
        if exponent == 0 { return sign + digits }
        let point = digits.count + exponent
        if point > 0 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        return sign + "0." + String(repeating: "0", count: -point) + digits
    }
}
