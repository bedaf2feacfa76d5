import Glibc
import ShellLiterals

/// Names that every shell knows: constructors of BSON values, `print` and a part of JavaScript's own.
enum Builtins {
    private static let namespaces: Set<String> = ["JSON", "EJSON", "Object", "console", "Math"]
    private static let errors: Set<String> = ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError"]

    static func named(_ name: String, in evaluator: Evaluator) -> Value? {
        switch name {
        case "NaN": return .literal(.number(.nan))
        case "Infinity": return .literal(.number(.infinity))
        case _ where namespaces.contains(name):
            return .function(Function(name: name) { _ in throw ShellError.type("\(name) is not a function") })
        case _ where errors.contains(name):
            return .function(
                Function(name: name) { .error(ShellError(name, $0[0].map(\.joinedText) ?? "")) })
        case "print", "printjson", "tojson":
            return .function(Function(name: name) { try text(name, $0, in: evaluator) })
        default:
            guard let make = constructors[name] else { return nil }
            return .function(Function(name: name, call: make))
        }
    }

    /// `new NAME(…)`.
    static func construct(_ function: Function, _ arguments: Arguments) throws -> Value {
        // Only `Date` tells a call from a construction: called, it is a text.
        function.name == "Date" ? try date(arguments) : try function.call(arguments)
    }

    /// `Date.now`, `JSON.stringify`, `Object.keys`…
    static func member(_ name: String, of function: Function, in evaluator: Evaluator) -> Value? {
        if name == "name" { return .string(function.name) }
        if function.name == "Math", let constant = Mathematics.constants[name] { return .literal(.number(constant)) }
        let call: ((Arguments) throws -> Value)? =
            switch (function.name, name) {
            case ("Date", "now"): { _ in .literal(.number(Double(now()))) }
            case ("console", "log"), ("console", "error"), ("console", "warn"): { try text("print", $0, in: evaluator) }
            case ("JSON", "stringify"), ("EJSON", "stringify"): json
            case ("JSON", "parse"), ("EJSON", "parse"): { try JSONText.value(of: $0[0]?.joinedText ?? "undefined") }
            case ("Object", _): ObjectMethods.constructor[name]
            case ("Array", "isArray"): { if case .list? = $0[0] { .literal(true) } else { .literal(false) } }
            case ("Array", "from"): { try list(from: $0, in: evaluator) }
            case ("Array", "of"): { .list(List($0.values)) }
            case ("Number", "isInteger"): { .literal(.bool(isWhole($0[0]))) }
            case ("Number", "isNaN"): { .literal(.bool(isNotANumber($0[0]))) }
            case ("Math", _): Mathematics.functions[name].map { function in { .literal(.number(function($0))) } }
            case (_, "call") where function.scope != nil:
                { try function.call(Arguments(Array($0.values.dropFirst()))) }
            default: nil
            }
        return call.map { .function(Function(name: name, call: $0)) }
    }

    /// Unlike the function `isNaN`, `Number.isNaN` converts nothing.
    private static func isNotANumber(_ value: Value?) -> Bool {
        guard case .literal(.number(let number))? = value else { return false }
        return number.isNaN
    }

    /// The longest beginning of a text that is a number; what follows is ignored.
    private static func leadingNumber(in text: String) -> Double {
        let start = text.drop(while: \.isWhitespace)
        var digits = start.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
        while !digits.isEmpty {
            if let number = Double(digits) { return number }
            digits.removeLast()
        }
        let isNegative = start.first == "-"
        let word = start.drop { $0 == "-" || $0 == "+" }
        return word.hasPrefix("Infinity") ? (isNegative ? -.infinity : .infinity) : .nan
    }

    private static func isWhole(_ value: Value?) -> Bool {
        guard case .literal(.number(let number))? = value else { return false }
        return number.isFinite && number == number.rounded()
    }

    private static func json(_ arguments: Arguments) throws -> Value {
        let indentation: String =
            switch arguments.literal(2) {
            case .string(let text)?: text
            case .number(let width)?: String(repeating: " ", count: min(max(Int(clamping: width), 0), 10))
            default: ""
            }
        guard let value = arguments.literal(0) else { return .undefined }
        let text = JSONText.text(of: value, indentation: indentation)
        try Text.check(text)
        return .string(text)
    }

    /// `Array.from`: of a list, a text, a cursor, or of `{ length: 3 }`.
    private static func list(from arguments: Arguments, in evaluator: Evaluator) throws -> Value {
        var elements: [Value]
        if case .object(let object)? = arguments[0] {
            let count = Int(clamping: object["length"]?.numericValue ?? 0)
            try List.check(count)
            elements = [Value](repeating: .undefined, count: max(0, count))
        } else {
            elements = try evaluator.elements(of: arguments[0] ?? .undefined)
        }
        if case .function(let function)? = arguments[1] {
            elements = try elements.enumerated().map { try function.call(Arguments([$1, .number($0)])).entered }
        }
        return .list(List(elements))
    }

    private static func text(_ name: String, _ arguments: Arguments, in evaluator: Evaluator) throws -> Value {
        let parts = arguments.values.map { value in
            if case .literal(.string(let text)) = value, name == "print" { return text }
            return value.literalValue.literal(evaluator.style)
        }
        if name == "tojson" { return .string(parts.first ?? "undefined") }
        evaluator.print(parts.joined(separator: " "))
        return .undefined
    }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    // MARK: Constructors

    private static let constructors: [String: @Sendable (Arguments) throws -> Value] = [
        "Date": { _ in .string(DateText.iso(now()) ?? "") },
        "ISODate": isoDate,
        "ObjectId": objectID,
        "ObjectID": objectID,
        "UUID": uuid,
        "NumberInt": { .literal(.number(Double(try integer(Int32.self, from: $0, of: "NumberInt")))) },
        "Int32": { .literal(.number(Double(try integer(Int32.self, from: $0, of: "Int32")))) },
        "NumberLong": { .literal(.long(try integer(Int64.self, from: $0, of: "NumberLong"))) },
        "Long": { .literal(.long(try integer(Int64.self, from: $0, of: "Long"))) },
        "NumberDecimal": decimal,
        "Decimal128": decimal,
        "Double": { .literal(.number($0.literal(0)?.numericValue ?? 0)) },
        "Number": { .literal(.number($0[0]?.numericValue ?? 0)) },
        "String": { .string($0[0]?.joinedText ?? "") },
        "Boolean": { .literal(.bool($0[0]?.isTruthy ?? false)) },
        "parseInt": { arguments in
            let text = arguments.literal(0)?.joinedText.drop(while: \.isWhitespace) ?? ""
            let sign = text.prefix { $0 == "-" || $0 == "+" }
            let digits = text.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber }
            return .literal(.number(sign.count < 2 ? Double(sign + digits) ?? .nan : .nan))
        },
        "parseFloat": { .literal(.number(leadingNumber(in: $0.literal(0)?.joinedText ?? "undefined"))) },
        "isNaN": { .literal(.bool(($0[0]?.numericValue ?? .nan).isNaN)) },
        "isFinite": { .literal(.bool(($0[0]?.numericValue ?? .nan).isFinite)) },
        "Array": { arguments in
            guard arguments.values.count == 1, case .literal(.number(let number)) = arguments.values[0] else {
                return .list(List(arguments.values))
            }
            guard let count = Int(exactly: number), count >= 0 else {
                throw ShellError("RangeError", "Invalid array length")
            }
            try List.check(count)
            return .list(List([Value](repeating: .undefined, count: count)))
        },
        "Timestamp": timestamp,
        "MinKey": { _ in .literal(.minKey) },
        "MaxKey": { _ in .literal(.maxKey) },
        "RegExp": { arguments in
            if case .regex? = arguments.literal(0) { return arguments[0] ?? .undefined }
            let flags: String = if case .string(let text)? = arguments.literal(1) { text } else { "" }
            return .literal(.regex(pattern: arguments.literal(0)?.joinedText ?? "(?:)", flags: flags))
        },
    ]

    static func date(_ arguments: Arguments) throws -> Value {
        guard let first = arguments.literal(0) else { return .literal(.date(now())) }
        if arguments.values.count > 1 {
            let parts = arguments.values.map(\.literalValue.numericValue)
            guard parts.allSatisfy({ $0.magnitude < 1e9 }) else { return .literal(.date(.max)) }
            let numbers = parts.map { Int64($0) } + [1, 0, 0, 0, 0].suffix(max(0, 7 - parts.count))
            var result = DateText.milliseconds(year: numbers[0], month: numbers[1], day: numbers[2])
            for (number, unit) in zip(numbers[3...], [3_600_000, 60_000, 1000, 1] as [Int64]) {
                result += number * unit
            }
            return .literal(.date(result))
        }
        switch first {
        case .date: return .literal(first)
        case .string(let text): return .literal(.date(DateText.milliseconds(text) ?? .max))
        default:
            let number = first.numericValue
            return .literal(.date(number.magnitude <= Double(DateText.limit) ? Int64(number) : .max))
        }
    }

    private static func isoDate(_ arguments: Arguments) throws -> Value {
        switch arguments.literal(0) {
        case nil: return .literal(.date(now()))
        case .string(let text)?:
            guard let milliseconds = DateText.milliseconds(text) else {
                throw ShellError(
                    "MongoshInvalidInputError", "[COMMON-10001] \(text.quotedForMessage) is not a valid ISODate")
            }
            return .literal(.date(milliseconds))
        default: return try date(arguments)
        }
    }

    private static func objectID(_ arguments: Arguments) throws -> Value {
        switch arguments.literal(0) {
        case nil: return .literal(.objectID(newObjectID()))
        case .objectID(let bytes)?: return .literal(.objectID(bytes))
        case .string(let text)?:
            if let bytes = bytes(hex: text), bytes.count == 12 { return .literal(.objectID(bytes)) }
        default: break
        }
        throw ShellError(
            "BSONError", "input must be a 24 character hex string, 12 byte Uint8Array, or an integer")
    }

    /// Four bytes of time, eight of chance.
    static func newObjectID() -> [UInt8] {
        let seconds = UInt32(truncatingIfNeeded: now() / 1000)
        return withUnsafeBytes(of: seconds.bigEndian) { Array($0) } + (0..<8).map { _ in UInt8.random(in: 0...255) }
    }

    private static func uuid(_ arguments: Arguments) throws -> Value {
        guard let argument = arguments.literal(0) else {
            var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            return .literal(.binary(subtype: 4, bytes: bytes))
        }
        guard case .string(let text) = argument, let bytes = bytes(hex: text.filter { $0 != "-" }), bytes.count == 16
        else {
            throw ShellError(
                "BSONError", "UUID string representation must be 32 hex digits or canonical hyphenated representation")
        }
        return .literal(.binary(subtype: 4, bytes: bytes))
    }

    private static func decimal(_ arguments: Arguments) throws -> Value {
        let text = arguments.literal(0)?.joinedText ?? "0"
        guard let number = Decimal128(text) else {
            throw ShellError("BSONError", "\(text.quotedForMessage) not a valid Decimal128 string")
        }
        return .literal(.decimal(number))
    }

    private static func timestamp(_ arguments: Arguments) throws -> Value {
        var (time, increment) = (arguments.literal(0), arguments.literal(1))
        if case .object(let parts)? = time { (time, increment) = (parts["t"], parts["i"]) }
        guard let seconds = UInt32(exactly: time?.numericValue ?? 0),
            let count = UInt32(exactly: increment?.numericValue ?? 0)
        else { throw ShellError("BSONError", "Timestamp must be constructed from two numbers of 32 bits") }
        return .literal(.timestamp(seconds: seconds, increment: count))
    }

    private static func integer<Number: FixedWidthInteger>(
        _ type: Number.Type, from arguments: Arguments, of name: String
    ) throws -> Number {
        switch arguments.literal(0) {
        case nil: return 0
        case .long(let number)?:
            if let result = Number(exactly: number) { return result }
        case .string(let text)?:
            if let result = Number(text) { return result }
        case let value?:
            if let result = Number(exactly: value.numericValue.rounded(.towardZero)) { return result }
        }
        throw ShellError.argument("The argument of \(name) isn't a number of \(Number.bitWidth) bits")
    }

    private static func bytes(hex text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
            return nil
        }
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}

extension String {
    var quotedForMessage: String { LiteralValue.string(self).literal() }
}
