import Glibc
import ShellLiterals

/// JavaScript's `Math`.
enum Mathematics {
    static let constants: [String: Double] = [
        "PI": .pi, "E": M_E, "SQRT2": 2.0.squareRoot(), "LN2": M_LN2, "LN10": M_LN10,
    ]

    static let functions: [String: @Sendable (Arguments) -> Double] = [
        "floor": { number($0).rounded(.down) },
        "ceil": { number($0).rounded(.up) },
        "round": { (number($0) + 0.5).rounded(.down) },
        "trunc": { number($0).rounded(.towardZero) },
        "abs": { number($0).magnitude },
        "sign": { number($0) > 0 ? 1 : number($0) < 0 ? -1 : number($0) },
        "sqrt": { number($0).squareRoot() },
        "cbrt": { cbrt(number($0)) },
        "pow": { pow(number($0), number($0, 1)) },
        "exp": { exp(number($0)) },
        "log": { log(number($0)) },
        "log2": { log2(number($0)) },
        "log10": { log10(number($0)) },
        "sin": { sin(number($0)) },
        "cos": { cos(number($0)) },
        "tan": { tan(number($0)) },
        "atan": { atan(number($0)) },
        "atan2": { atan2(number($0), number($0, 1)) },
        "hypot": { $0.values.reduce(0) { $0 + $1.numericValue * $1.numericValue }.squareRoot() },
        "max": { extreme($0, startingAt: -.infinity) { $0 > $1 } },
        "min": { extreme($0, startingAt: .infinity) { $0 < $1 } },
        "random": { _ in .random(in: 0..<1) },
    ]

    private static func number(_ arguments: Arguments, _ index: Int = 0) -> Double {
        arguments[index]?.numericValue ?? .nan
    }

    private static func extreme(
        _ arguments: Arguments, startingAt start: Double, _ isBetter: (Double, Double) -> Bool
    ) -> Double {
        arguments.values.reduce(start) { best, value in
            let number = value.numericValue
            return number.isNaN || best.isNaN ? .nan : isBetter(number, best) ? number : best
        }
    }
}
