import Glibc
import ShellLiterals

/// JavaScript's operators on what people compute at a prompt.
enum Operators {
    static func unary(_ symbol: String, _ value: Value) throws -> Value {
        switch symbol {
        case "!": return .literal(.bool(!value.isTruthy))
        case "typeof": return .string(value.typeName)
        case "-":
            if case .literal(.long(let number)) = value { return .literal(.long(0 &- number)) }
            return .literal(.number(-value.literalValue.numericValue))
        default: return .literal(.number(value.literalValue.numericValue))
        }
    }

    static func binary(_ symbol: String, _ left: Value, right: () throws -> Value) throws -> Value {
        switch symbol {
        case "&&": return left.isTruthy ? try right() : left
        case "||": return left.isTruthy ? left : try right()
        case "??":
            if case .literal(let value) = left, value == .null || value == .undefined { return try right() }
            return left
        default: return .literal(literal(symbol, left.literalValue, try right().literalValue))
        }
    }

    private static func literal(_ symbol: String, _ left: LiteralValue, _ right: LiteralValue) -> LiteralValue {
        switch symbol {
        case "===": return .bool(isSame(left, right))
        case "!==": return .bool(!isSame(left, right))
        case "==": return .bool(isLooselySame(left, right))
        case "!=": return .bool(!isLooselySame(left, right))
        case "+" where left.isTextual || right.isTextual: return .string(left.joinedText + right.joinedText)
        default: break
        }
        if case .string(let left) = left, case .string(let right) = right, symbol.first == "<" || symbol.first == ">" {
            return .bool(compare(symbol, left, right))
        }
        let (first, second) = (left.numericValue, right.numericValue)
        switch symbol {
        case "+": return .number(first + second)
        case "-": return .number(first - second)
        case "*": return .number(first * second)
        case "/": return .number(first / second)
        case "%": return .number(first.truncatingRemainder(dividingBy: second))
        case "**": return .number(pow(first, second))
        default: return .bool(compare(symbol, first, second))
        }
    }

    private static func compare<Operand: Comparable>(_ symbol: String, _ left: Operand, _ right: Operand) -> Bool {
        switch symbol {
        case "<": left < right
        case ">": left > right
        case "<=": left <= right
        default: left >= right
        }
    }

    private static func isSame(_ left: LiteralValue, _ right: LiteralValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left == right
        // Objects are the same only as the same object, which two literals never are.
        case (.object, _), (.array, _), (.date, _), (.objectID, _): false
        default: left == right
        }
    }

    private static func isLooselySame(_ left: LiteralValue, _ right: LiteralValue) -> Bool {
        switch (left, right) {
        case (.null, .undefined), (.undefined, .null): true
        case (.null, _), (.undefined, _), (_, .null), (_, .undefined): left == right
        case (.number, .string), (.string, .number), (.bool, _), (_, .bool), (.long, _), (_, .long):
            left.numericValue == right.numericValue
        default: isSame(left, right)
        }
    }
}

extension LiteralValue {
    /// Whether `+` joins texts; dates, identifiers and arrays become text too.
    fileprivate var isTextual: Bool {
        switch self {
        case .string, .date, .objectID, .array, .object, .symbol, .opaque, .binary, .regex: true
        default: false
        }
    }
}
