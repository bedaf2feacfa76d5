import Glibc
import ShellLiterals

/// JavaScript's operators on what people compute at a prompt.
enum Operators {
    static func unary(_ symbol: String, _ value: Value) throws -> Value {
        switch symbol {
        case "!": return .literal(.bool(!value.isTruthy))
        case "typeof": return .string(value.typeName)
        case "void": return .undefined
        case "-":
            if case .literal(.long(let number)) = value { return .literal(.long(0 &- number)) }
            return .literal(.number(-value.numericValue))
        case "~": return .literal(.number(Double(~bits(value.numericValue))))
        default: return .literal(.number(value.numericValue))
        }
    }

    static func binary(_ symbol: String, _ left: Value, right: () throws -> Value) throws -> Value {
        switch symbol {
        case "&&": return left.isTruthy ? try right() : left
        case "||": return left.isTruthy ? left : try right()
        case "??": return left.isMissing ? try right() : left
        default: return try eager(symbol, left: left, right: try right())
        }
    }

    private static func eager(_ symbol: String, left: Value, right: Value) throws -> Value {
        switch symbol {
        case "===": return .literal(.bool(isSame(left, right)))
        case "!==": return .literal(.bool(!isSame(left, right)))
        case "==": return .literal(.bool(isLooselySame(left, right)))
        case "!=": return .literal(.bool(!isLooselySame(left, right)))
        case "in": return .literal(.bool(try has(right, left.joinedText)))
        case "instanceof": return .literal(.bool(isInstance(left, of: right)))
        case "+" where left.isTextual || right.isTextual:
            let text = left.joinedText + right.joinedText
            try Text.check(text)
            return .string(text)
        default: break
        }
        if case .literal(.string(let left)) = left, case .literal(.string(let right)) = right,
            ["<", ">", "<=", ">="].contains(symbol)
        {
            return .literal(.bool(compare(symbol, left: left, right: right)))
        }
        return .literal(arithmetic(symbol, left: left.numericValue, right: right.numericValue))
    }

    private static func arithmetic(_ symbol: String, left first: Double, right second: Double) -> LiteralValue {
        switch symbol {
        case "+": .number(first + second)
        case "-": .number(first - second)
        case "*": .number(first * second)
        case "/": .number(first / second)
        case "%": .number(first.truncatingRemainder(dividingBy: second))
        case "**": .number(pow(first, second))
        case "&": .number(Double(bits(first) & bits(second)))
        case "|": .number(Double(bits(first) | bits(second)))
        case "^": .number(Double(bits(first) ^ bits(second)))
        case "<<": .number(Double(bits(first) << (bits(second) & 31)))
        case ">>": .number(Double(bits(first) >> (bits(second) & 31)))
        case ">>>": .number(Double(UInt32(bitPattern: bits(first)) >> UInt32(bits(second) & 31)))
        default: .bool(compare(symbol, left: first, right: second))
        }
    }

    /// The lowest 32 bits of a number, as JavaScript's bitwise operators see it.
    private static func bits(_ number: Double) -> Int32 {
        guard number.isFinite else { return 0 }
        let rest = number.rounded(.towardZero).truncatingRemainder(dividingBy: 4_294_967_296)
        return Int32(truncatingIfNeeded: Int64(rest))
    }

    private static func compare<Operand: Comparable>(_ symbol: String, left: Operand, right: Operand) -> Bool {
        switch symbol {
        case "<": left < right
        case ">": left > right
        case "<=": left <= right
        default: left >= right
        }
    }

    private static func has(_ value: Value, _ name: String) throws -> Bool {
        switch value {
        case .object(let object): return object[name] != nil
        case .list(let list): return name == "length" || Int(name).map { list.elements.indices.contains($0) } == true
        default: throw ShellError.type("Cannot use 'in' operator to search for '\(name)' in \(value.joinedText)")
        }
    }

    private static func isInstance(_ value: Value, of constructor: Value) -> Bool {
        guard case .function(let function) = constructor else { return false }
        return switch (function.name, value) {
        case ("Array", .list), ("Object", .list), ("Object", .object), ("Error", .error), ("Date", .literal(.date)),
            ("RegExp", .literal(.regex)), ("ObjectId", .literal(.objectID)), ("Function", .function):
            true
        case (let name, .error(let error)): name == error.name
        default: false
        }
    }

    /// Whether two values are the same in the sense of `===`.
    static func isSame(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.list(let left), .list(let right)): left === right
        case (.object(let left), .object(let right)): left === right
        case (.cursor(let left), .cursor(let right)): left === right
        case (.database(let left), .database(let right)): left == right
        case (.collection(let left), .collection(let right)): left == right
        case (.error(let left), .error(let right)): left == right
        case (.literal(.number(let left)), .literal(.number(let right))): left == right
        // Each date and each identifier is an object of its own.
        case (.literal(.date), _), (.literal(.objectID), _): false
        case (.literal(let left), .literal(let right)): left == right
        default: false
        }
    }

    private static func isLooselySame(_ left: Value, _ right: Value) -> Bool {
        if left.isMissing || right.isMissing { return left.isMissing && right.isMissing }
        guard case .literal(let first) = left, case .literal(let second) = right else { return isSame(left, right) }
        return switch (first, second) {
        case (.number, .string), (.string, .number), (.bool, _), (_, .bool), (.long, _), (_, .long):
            first.numericValue == second.numericValue
        default: isSame(left, right)
        }
    }
}

extension Value {
    /// Whether `+` joins texts; dates, identifiers and lists become text too.
    fileprivate var isTextual: Bool {
        switch self {
        case .literal(.string), .literal(.date), .literal(.objectID), .literal(.symbol), .literal(.opaque),
            .literal(.binary), .literal(.regex):
            true
        case .literal: false
        default: true
        }
    }
}

/// The bound of a text, as of a list: `s += s` doubles it each time.
enum Text {
    /// Bytes of UTF-8.
    static let maxLength = 4 << 20

    static func check(_ text: String) throws { try check(text.utf8.count) }

    static func check(_ length: Int) throws {
        guard length <= maxLength else { throw ShellError("RangeError", "Invalid string length") }
    }
}
