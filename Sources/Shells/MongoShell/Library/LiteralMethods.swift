import ShellLiterals

/// Fields and methods of dates, numbers, identifiers and regular expressions; those of text are in ``TextMethods``.
enum LiteralMethods {
    static func member(_ name: String, of value: LiteralValue) throws -> Value {
        if value == .undefined || value == .null {
            let text = value == .null ? "null" : "undefined"
            throw ShellError.type("Cannot read properties of \(text) (reading \(name.quotedForMessage))")
        }
        if case .string(let text) = value { return TextMethods.member(name, of: text) }
        guard let call = method(name, of: value) else { return field(name, of: value) }
        return .function(Function(name: name, call: call))
    }

    private static func field(_ name: String, of value: LiteralValue) -> Value {
        switch (value, name) {
        case (.regex(let pattern, _), "source"): .string(pattern)
        case (.regex(_, let flags), "flags"): .string(flags)
        default: .undefined
        }
    }

    private static func method(_ name: String, of value: LiteralValue) -> ((Arguments) throws -> Value)? {
        switch value {
        case .date(let milliseconds): dateMethod(name, milliseconds) ?? common(name, value)
        case .number(let number): numberMethod(name, number) ?? common(name, value)
        case .objectID(let bytes): objectIDMethod(name, bytes) ?? common(name, value)
        case .regex(let pattern, let flags): regexMethod(name, pattern: pattern, flags: flags) ?? common(name, value)
        case .long, .decimal:
            name == "toNumber" || name == "valueOf"
                ? { _ in .literal(.number(value.numericValue)) } : common(name, value)
        default: common(name, value)
        }
    }

    private static func common(_ name: String, _ value: LiteralValue) -> ((Arguments) throws -> Value)? {
        switch name {
        case "toString", "toLocaleString": { _ in .string(value.joinedText) }
        case "valueOf": { _ in .literal(value) }
        default: nil
        }
    }

    /// The parts of a date, in UTC: a lab has no other time.
    private static func dateMethod(_ name: String, _ milliseconds: Int64) -> ((Arguments) throws -> Value)? {
        switch name {
        case "getTime", "valueOf": return { _ in .literal(.number(Double(milliseconds))) }
        case "toISOString", "toJSON", "toString":
            return { _ in .string(DateText.iso(milliseconds) ?? "Invalid Date") }
        default: break
        }
        let parts = ["FullYear": 0, "Month": 1, "Date": 2, "Hours": 3, "Minutes": 4, "Seconds": 5, "Milliseconds": 6]
        var part = name[...]
        guard part.hasPrefix("get") else { return nil }
        part = part.dropFirst(3)
        if part.hasPrefix("UTC") { part = part.dropFirst(3) }
        if part == "Day" {
            // 1 January 1970 was a Thursday.
            let days = Int((Double(milliseconds) / 86_400_000).rounded(.down))
            return { _ in .number(((days + 4) % 7 + 7) % 7) }
        }
        guard let index = parts[String(part)] else { return nil }
        return { _ in
            let numbers = (DateText.iso(milliseconds) ?? "").split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count == 7 else { return .literal(.number(.nan)) }
            return .number(index == 1 ? numbers[1] - 1 : numbers[index])
        }
    }

    private static func numberMethod(_ name: String, _ number: Double) -> ((Arguments) throws -> Value)? {
        switch name {
        case "toFixed":
            { arguments in
                let digits = Int(clamping: arguments[0]?.numericValue ?? 0)
                guard 0...100 ~= digits else {
                    throw ShellError("RangeError", "toFixed() digits argument must be between 0 and 100")
                }
                return .string(NumberFormat.fixed(number, digits: digits))
            }
        case "toString":
            { arguments in
                let radix = Int(clamping: arguments[0]?.numericValue ?? 10)
                guard radix != 10, 2...36 ~= radix, let whole = Int(exactly: number) else {
                    return .string(number.javaScriptText)
                }
                return .string(String(whole, radix: radix))
            }
        default: nil
        }
    }

    private static func objectIDMethod(_ name: String, _ bytes: [UInt8]) -> ((Arguments) throws -> Value)? {
        switch name {
        case "toHexString", "str": { _ in .string(bytes.hexText) }
        case "getTimestamp":
            { _ in .literal(.date(bytes.prefix(4).reduce(0) { $0 << 8 | Int64($1) } * 1000)) }
        case "equals":
            { arguments in
                if case .objectID(let other)? = arguments.literal(0) {
                    .literal(.bool(bytes == other))
                } else {
                    .literal(false)
                }
            }
        default: nil
        }
    }

    private static func regexMethod(_ name: String, pattern: String, flags: String) -> (
        (Arguments) throws -> Value
    )? {
        switch name {
        case "test":
            { arguments in
                let matcher = try TextPattern(pattern, flags: flags)
                return .literal(.bool(try matcher.firstMatch(in: arguments[0]?.joinedText ?? "undefined") != nil))
            }
        case "exec":
            { arguments in
                let matcher = try TextPattern(pattern, flags: flags)
                let match = try matcher.firstMatch(in: arguments[0]?.joinedText ?? "undefined")
                return match.map { .list(List($0.groups)) } ?? .literal(.null)
            }
        default: nil
        }
    }
}
