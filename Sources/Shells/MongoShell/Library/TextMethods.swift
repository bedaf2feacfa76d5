import ShellLiterals

/// Fields and methods of text. Places count UTF-16 units, as in JavaScript.
enum TextMethods {
    typealias Method = @Sendable (String, Arguments) throws -> Value

    static func member(_ name: String, of text: String) -> Value {
        if name == "length" { return .number(text.utf16.count) }
        if let index = Int(name) { return unit(of: text, at: index).map { .string($0) } ?? .undefined }
        guard let method = all[name] else { return .undefined }
        return .function(Function(name: name) { try method(text, $0) })
    }

    static let all = plain.merging(searching) { first, _ in first }

    private static func argument(_ arguments: Arguments, _ index: Int = 0) -> String {
        arguments[index]?.joinedText ?? "undefined"
    }

    private static func unit(of text: String, at index: Int) -> String? {
        let units = Array(text.utf16)
        return units.indices.contains(index) ? String(decoding: [units[index]], as: UTF16.self) : nil
    }

    private static func sliced(_ text: String, _ range: Range<Int>) -> Value {
        .string(String(decoding: Array(text.utf16)[range], as: UTF16.self))
    }

    private static let plain: [String: Method] = [
        "toString": { text, _ in .string(text) },
        "valueOf": { text, _ in .string(text) },
        "toUpperCase": { text, _ in .string(text.uppercased()) },
        "toLowerCase": { text, _ in .string(text.lowercased()) },
        "trim": { text, _ in .string(trimmed(text, start: true, end: true)) },
        "trimStart": { text, _ in .string(trimmed(text, start: true, end: false)) },
        "trimEnd": { text, _ in .string(trimmed(text, start: false, end: true)) },
        "charAt": { text, arguments in
            .string(unit(of: text, at: Int(clamping: arguments[0]?.numericValue ?? 0)) ?? "")
        },
        "at": { text, arguments in
            let index = Int(clamping: arguments[0]?.numericValue ?? 0)
            return unit(of: text, at: index < 0 ? text.utf16.count + index : index).map { .string($0) } ?? .undefined
        },
        "charCodeAt": { text, arguments in
            let units = Array(text.utf16)
            let index = Int(clamping: arguments[0]?.numericValue ?? 0)
            return units.indices.contains(index) ? .number(Int(units[index])) : .literal(.number(.nan))
        },
        "concat": { text, arguments in
            let result = arguments.values.reduce(text) { $0 + $1.joinedText }
            try Text.check(result)
            return .string(result)
        },
        "repeat": { text, arguments in
            let count = arguments[0]?.numericValue ?? 0
            guard count >= 0, count.isFinite else {
                throw ShellError("RangeError", "Invalid count value: \(count.javaScriptText)")
            }
            try Text.check(Int(clamping: Double(text.utf8.count) * count.rounded(.down)))
            return .string(String(repeating: text, count: text.isEmpty ? 0 : Int(count)))
        },
        "padStart": { text, arguments in .string(try padding(text, arguments) + text) },
        "padEnd": { text, arguments in .string(text + (try padding(text, arguments))) },
        "slice": { text, arguments in sliced(text, Slice.range(arguments, from: 0, count: text.utf16.count)) },
        "substring": { text, arguments in
            // Unlike `slice` it takes numbers below zero for zero, and the two in either order.
            let count = text.utf16.count
            func place(_ index: Int, or other: Int) -> Int {
                guard let number = arguments[index]?.numericValue else { return other }
                return number.isNaN ? 0 : Int(min(max(number, 0), Double(count)))
            }
            let (first, second) = (place(0, or: 0), place(1, or: count))
            return sliced(text, min(first, second)..<max(first, second))
        },
        "localeCompare": { text, arguments in
            let other = argument(arguments)
            return .number(text == other ? 0 : text < other ? -1 : 1)
        },
    ]

    private static func trimmed(_ text: String, start: Bool, end: Bool) -> String {
        var result = text[...]
        if start { result = result.drop(while: \.isWhitespace) }
        while end, result.last?.isWhitespace == true { result.removeLast() }
        return String(result)
    }

    private static func padding(_ text: String, _ arguments: Arguments) throws -> String {
        let filler = arguments[1].map(\.joinedText) ?? " "
        let missing = Int(clamping: arguments[0]?.numericValue ?? 0) - text.utf16.count
        guard missing > 0, !filler.isEmpty else { return "" }
        try Text.check(missing)
        let units = Array(filler.utf16)
        return String(decoding: (0..<missing).map { units[$0 % units.count] }, as: UTF16.self)
    }

    private static let searching: [String: Method] = [
        "startsWith": { .literal(.bool($0.hasPrefix(argument($1)))) },
        "endsWith": { .literal(.bool($0.hasSuffix(argument($1)))) },
        "includes": { .literal(.bool(TextSearch.first(argument($1), in: $0) != nil)) },
        "indexOf": { .number(TextSearch.first(argument($1), in: $0) ?? -1) },
        "lastIndexOf": { .number(TextSearch.last(argument($1), in: $0) ?? -1) },
        "search": { text, arguments in
            .number(try TextPattern(arguments[0] ?? .undefined).firstMatch(in: text)?.start ?? -1)
        },
        "match": { text, arguments in
            let pattern = try TextPattern(arguments[0] ?? .undefined)
            guard pattern.isGlobal else {
                return try pattern.firstMatch(in: text).map { .list(List($0.groups)) } ?? .literal(.null)
            }
            let matches = try pattern.matches(in: text)
            return matches.isEmpty ? .literal(.null) : .list(List(matches.map { $0.groups[0] }))
        },
        "split": { text, arguments in
            let parts = try split(text, arguments)
            let limit = Int(clamping: arguments[1]?.numericValue ?? 1e9)
            return .list(List(parts.prefix(max(0, limit)).map { .string($0) }))
        },
        "replace": { try replaced($0, $1, all: false) },
        "replaceAll": { try replaced($0, $1, all: true) },
    ]

    private static func split(_ text: String, _ arguments: Arguments) throws -> [String] {
        guard let separator = arguments[0], !separator.isMissing else { return [text] }
        if case .literal(.regex) = separator { return try TextPattern(separator).pieces(of: text) }
        let word = separator.joinedText
        let parts =
            word.isEmpty
            ? text.utf16.map { String(decoding: [$0], as: UTF16.self) } : TextSearch.pieces(of: text, between: word)
        try List.check(parts.count)
        return parts
    }

    private static func replaced(_ text: String, _ arguments: Arguments, all: Bool) throws -> Value {
        let pattern = try TextPattern(arguments[0] ?? .undefined)
        let matches =
            all || pattern.isGlobal
            ? try pattern.matches(in: text) : try pattern.firstMatch(in: text).map { [$0] } ?? []
        let units = Array(text.utf16)
        var result = ""
        var place = 0
        for match in matches {
            result += String(decoding: units[place..<match.start], as: UTF16.self)
            if case .function(let function)? = arguments[1] {
                result += try function.call(Arguments(match.groups + [.number(match.start)])).joinedText
            } else {
                result += match.expanding(argument(arguments, 1))
            }
            place = match.end
            try Text.check(result)
        }
        result += String(decoding: units[place...], as: UTF16.self)
        try Text.check(result)
        return .string(result)
    }
}

/// Plain words in a text, by UTF-16 units.
enum TextSearch {
    static func first(_ word: String, in text: String, from start: Int = 0) -> Int? {
        let (units, wanted) = (Array(text.utf16), Array(word.utf16))
        return first(wanted, in: units, from: start)
    }

    private static func first(_ wanted: [UInt16], in units: [UInt16], from start: Int) -> Int? {
        guard wanted.count <= units.count else { return nil }
        var place = start
        while place <= units.count - wanted.count {
            if units[place..<place + wanted.count].elementsEqual(wanted) { return place }
            place += 1
        }
        return nil
    }

    static func last(_ word: String, in text: String) -> Int? {
        let (units, wanted) = (Array(text.utf16), Array(word.utf16))
        guard wanted.count <= units.count else { return nil }
        return (0...units.count - wanted.count).reversed().first { units[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    /// - Parameter word: Not empty.
    static func pieces(of text: String, between word: String) -> [String] {
        let (units, wanted) = (Array(text.utf16), Array(word.utf16))
        var result: [String] = []
        var place = 0
        while let next = first(wanted, in: units, from: place) {
            result.append(String(decoding: units[place..<next], as: UTF16.self))
            place = next + wanted.count
        }
        return result + [String(decoding: units[place...], as: UTF16.self)]
    }
}
