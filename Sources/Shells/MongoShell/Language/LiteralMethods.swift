import ShellLiterals

/// Fields and methods of plain values: text, lists, documents, dates.
enum LiteralMethods {
    static func member(_ name: String, of value: LiteralValue, in evaluator: Evaluator) throws -> Value {
        if value == .undefined || value == .null {
            let text = value == .null ? "null" : "undefined"
            throw ShellError.type("Cannot read properties of \(text) (reading \(name.quotedForMessage))")
        }
        switch value {
        case .object(let object):
            if let field = object[name] { return .literal(field) }
        case .array(let elements):
            if let index = Int(name), elements.indices.contains(index) { return .literal(elements[index]) }
            if name == "length" { return .number(elements.count) }
        case .string(let text):
            if name == "length" { return .number(text.utf16.count) }
        default: break
        }
        guard let call = method(name, of: value) else { return .undefined }
        return .function(Function(name: name, call: call))
    }

    private static func method(_ name: String, of value: LiteralValue) -> ((Arguments) throws -> Value)? {
        if name == "toString" { return { _ in .string(value.joinedText) } }
        return switch value {
        case .array(let elements): arrayMethod(name, elements)
        case .string(let text): stringMethod(name, text)
        case .date(let milliseconds):
            switch name {
            case "getTime", "valueOf": { _ in .literal(.number(Double(milliseconds))) }
            case "toISOString", "toJSON": { _ in .string(DateText.iso(milliseconds) ?? "Invalid Date") }
            default: nil
            }
        case .objectID(let bytes):
            switch name {
            case "toHexString", "str": { _ in .string(bytes.hexText) }
            case "getTimestamp":
                { _ in .literal(.date(bytes.prefix(4).reduce(0) { $0 << 8 | Int64($1) } * 1000)) }
            default: nil
            }
        case .long, .decimal:
            name == "toNumber" || name == "valueOf" ? { _ in .literal(.number(value.numericValue)) } : nil
        default: nil
        }
    }

    private static func arrayMethod(_ name: String, _ elements: [LiteralValue]) -> ((Arguments) throws -> Value)? {
        func calls(_ arguments: Arguments) throws -> [Value] {
            let function = try arguments.function(0, of: name)
            return try elements.enumerated().map { index, element in
                try function.call(Arguments([.literal(element), .number(index)]))
            }
        }
        return switch name {
        case "map": { .literal(.array(try calls($0).map(\.literalValue))) }
        case "forEach":
            { arguments in
                _ = try calls(arguments)
                return .undefined
            }
        case "filter":
            { arguments in
                .literal(.array(try zip(elements, calls(arguments)).filter { $0.1.isTruthy }.map(\.0)))
            }
        case "join":
            { arguments in
                let separator: String = if case .string(let text)? = arguments.literal(0) { text } else { "," }
                return .string(elements.map(\.joinedText).joined(separator: separator))
            }
        case "includes": { arguments in .literal(.bool(elements.contains(arguments.literal(0) ?? .undefined))) }
        case "slice":
            { arguments in
                let (start, end) = bounds(arguments, count: elements.count)
                return .literal(.array(Array(elements[start..<max(start, end)])))
            }
        default: nil
        }
    }

    private static func stringMethod(_ name: String, _ text: String) -> ((Arguments) throws -> Value)? {
        func argument(_ arguments: Arguments) -> String { arguments.literal(0)?.joinedText ?? "undefined" }
        return switch name {
        case "toUpperCase": { _ in .string(text.uppercased()) }
        case "toLowerCase": { _ in .string(text.lowercased()) }
        case "trim":
            { _ in
                let head = text.drop(while: \.isWhitespace)
                return .string(String(head.reversed().drop(while: \.isWhitespace).reversed()))
            }
        case "startsWith": { .literal(.bool(text.hasPrefix(argument($0)))) }
        case "endsWith": { .literal(.bool(text.hasSuffix(argument($0)))) }
        case "includes": { .literal(.bool(argument($0).isEmpty || text.contains(argument($0)))) }
        case "slice", "substring":
            { arguments in
                let units = Array(text.utf16)
                let (start, end) = bounds(arguments, count: units.count)
                return .string(String(decoding: units[start..<max(start, end)], as: UTF16.self))
            }
        default: nil
        }
    }

    /// Where a slice starts and ends; numbers below zero count from the end.
    private static func bounds(_ arguments: Arguments, count: Int) -> (Int, Int) {
        func place(_ index: Int, or other: Int) -> Int {
            guard let number = arguments.literal(index)?.numericValue, !number.isNaN else { return other }
            let place = number < 0 ? Double(count) + number : number
            return Int(min(max(place, 0), Double(count)))
        }
        return (place(0, or: 0), place(1, or: count))
    }
}
