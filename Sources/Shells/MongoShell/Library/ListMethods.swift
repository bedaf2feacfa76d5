import ShellLiterals

/// Fields and methods of lists.
enum ListMethods {
    typealias Method = @Sendable (List, Arguments) throws -> Value

    static func member(_ name: String, of list: List) -> Value {
        if name == "length" { return .number(list.elements.count) }
        if let index = Int(name) { return list.elements.indices.contains(index) ? list.elements[index] : .undefined }
        guard let method = all[name] else { return .undefined }
        return .function(Function(name: name) { try method(list, $0) })
    }

    static let all = callbacks.merging(changing) { first, _ in first }.merging(reading) { first, _ in first }

    /// Calls a function for one element after the other, as long as `next` wants more.
    private static func visit(
        _ list: List, with arguments: Arguments, of name: String, isReversed: Bool = false,
        _ next: (_ element: Value, _ index: Int, _ result: Value) throws -> Bool
    ) throws {
        let function = try arguments.function(0, of: name)
        let elements = list.elements
        let indices = isReversed ? Array(elements.indices.reversed()) : Array(elements.indices)
        for index in indices {
            let result = try function.call(Arguments([elements[index], .number(index), .list(list)])).entered
            guard try next(elements[index], index, result) else { return }
        }
    }

    private static let callbacks: [String: Method] = [
        "map": { list, arguments in
            let result = List()
            try visit(list, with: arguments, of: "map") { _, _, value in
                result.elements.append(value)
                return true
            }
            return .list(result)
        },
        "flatMap": { list, arguments in
            let result = List()
            try visit(list, with: arguments, of: "flatMap") { _, _, value in
                for part in value.ownElements {
                    try result.append(part)
                }
                return true
            }
            return .list(result)
        },
        "forEach": { list, arguments in
            try visit(list, with: arguments, of: "forEach") { _, _, _ in true }
            return .undefined
        },
        "filter": { list, arguments in
            let result = List()
            try visit(list, with: arguments, of: "filter") { element, _, isWanted in
                if isWanted.isTruthy { result.elements.append(element) }
                return true
            }
            return .list(result)
        },
        "find": { try found($0, with: $1, of: "find").element },
        "findLast": { try found($0, with: $1, of: "findLast", isReversed: true).element },
        "findIndex": { .number(try found($0, with: $1, of: "findIndex").index) },
        "some": { .literal(.bool(try found($0, with: $1, of: "some").index >= 0)) },
        "every": { list, arguments in
            var holds = true
            try visit(list, with: arguments, of: "every") { _, _, value in
                holds = value.isTruthy
                return holds
            }
            return .literal(.bool(holds))
        },
        "reduce": { try reduced($0.elements, with: $1, of: "reduce") },
        "reduceRight": { try reduced($0.elements.reversed(), with: $1, of: "reduceRight") },
        "sort": { list, arguments in
            list.elements = try sorted(list.elements, arguments)
            return .list(list)
        },
        "toSorted": { .list(List(try sorted($0.elements, $1))) },
    ]

    private static func found(
        _ list: List, with arguments: Arguments, of name: String, isReversed: Bool = false
    ) throws -> (element: Value, index: Int) {
        var result = (element: Value.undefined, index: -1)
        try visit(list, with: arguments, of: name, isReversed: isReversed) { element, index, isWanted in
            if isWanted.isTruthy { result = (element, index) }
            return !isWanted.isTruthy
        }
        return result
    }

    private static func reduced(_ elements: [Value], with arguments: Arguments, of name: String) throws -> Value {
        let function = try arguments.function(0, of: name)
        var rest = elements[...]
        guard var result = arguments[1] ?? rest.popFirst() else {
            throw ShellError.type("Reduce of empty array with no initial value")
        }
        for (index, element) in rest.enumerated() {
            result = try function.call(Arguments([result, element, .number(elements.count - rest.count + index)]))
                .entered
        }
        return result
    }

    /// Without a function by their texts, as JavaScript does it, numbers too.
    private static func sorted(_ elements: [Value], _ arguments: Arguments) throws -> [Value] {
        guard case .function(let function)? = arguments[0] else {
            let keyed = elements.map { (key: Array($0.joinedText.utf16), value: $0) }
            return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        }
        return try elements.sorted { try function.call(Arguments([$0, $1])).numericValue < 0 }
    }

    private static let changing: [String: Method] = [
        "push": { list, arguments in
            for value in arguments.values { try list.append(value) }
            return .number(list.elements.count)
        },
        "pop": { list, _ in list.elements.popLast() ?? .undefined },
        "shift": { list, _ in list.elements.isEmpty ? .undefined : list.elements.removeFirst() },
        "unshift": { list, arguments in
            try List.check(list.elements.count + arguments.values.count)
            list.elements = arguments.values + list.elements
            return .number(list.elements.count)
        },
        "reverse": { list, _ in
            list.elements.reverse()
            return .list(list)
        },
        "splice": { list, arguments in
            let count = list.elements.count
            let start = Slice.place(arguments[0], count: count, or: 0)
            let wanted =
                arguments[1].map { min(max($0.numericValue, 0), Double(count - start)) } ?? Double(count - start)
            let end = start + (wanted.isNaN ? 0 : Int(wanted))
            let removed = Array(list.elements[start..<end])
            try List.check(count - removed.count + arguments.values.count)
            list.elements.replaceSubrange(start..<end, with: arguments.values.dropFirst(2))
            return .list(List(removed))
        },
        "fill": { list, arguments in
            let range = Slice.range(arguments, from: 1, count: list.elements.count)
            for index in range { list.elements[index] = arguments[0] ?? .undefined }
            return .list(list)
        },
    ]

    private static let reading: [String: Method] = [
        "join": { list, arguments in
            let separator: String = if case .string(let text)? = arguments.literal(0) { text } else { "," }
            var text = ""
            for (index, element) in list.elements.enumerated() {
                if index > 0 { text += separator }
                if !element.isMissing { text += element.joinedText }
                try Text.check(text)
            }
            return .string(text)
        },
        "toString": { list, _ in .string(Value.list(list).joinedText) },
        "includes": { list, arguments in
            .literal(.bool(list.elements.contains { Operators.isSame($0, arguments[0] ?? .undefined) }))
        },
        "indexOf": { list, arguments in
            .number(list.elements.firstIndex { Operators.isSame($0, arguments[0] ?? .undefined) } ?? -1)
        },
        "slice": { list, arguments in
            .list(List(Array(list.elements[Slice.range(arguments, from: 0, count: list.elements.count)])))
        },
        "concat": { list, arguments in
            let result = List(list.elements)
            for value in arguments.values {
                for part in value.ownElements {
                    try result.append(part)
                }
            }
            return .list(result)
        },
        "at": { list, arguments in
            let index = Int(clamping: arguments[0]?.numericValue ?? 0)
            let place = index < 0 ? list.elements.count + index : index
            return list.elements.indices.contains(place) ? list.elements[place] : .undefined
        },
        "keys": { list, _ in .list(List(list.elements.indices.map { .number($0) })) },
        "values": { list, _ in .list(List(list.elements)) },
        "entries": { list, _ in
            .list(List(list.elements.enumerated().map { .list(List([.number($0), $1])) }))
        },
        "flat": { list, arguments in
            let result = List()
            try flatten(list.elements, into: result, levels: min(Int(clamping: arguments[0]?.numericValue ?? 1), 100))
            return .list(result)
        },
    ]

    private static func flatten(_ elements: [Value], into result: List, levels: Int) throws {
        for element in elements {
            if case .list(let inner) = element, levels > 0 {
                try flatten(inner.elements, into: result, levels: levels - 1)
            } else {
                try result.append(element)
            }
        }
    }
}

/// Where a slice starts and ends; numbers below zero count from the end.
enum Slice {
    static func place(_ value: Value?, count: Int, or other: Int) -> Int {
        guard let number = value?.numericValue, !number.isNaN else { return other }
        let place = number < 0 ? Double(count) + number.rounded(.towardZero) : number
        return Int(min(max(place, 0), Double(count)))
    }

    /// The range that two arguments, from this one on, describe.
    static func range(_ arguments: Arguments, from index: Int, count: Int) -> Range<Int> {
        let start = place(arguments[index], count: count, or: 0)
        return start..<max(start, place(arguments[index + 1], count: count, or: count))
    }
}

extension Value {
    /// The elements of a list; any other value by itself.
    fileprivate var ownElements: [Value] { if case .list(let list) = self { list.elements } else { [self] } }
}

extension Int {
    /// The number without its fraction, as near as an integer comes; 0 for what is not a number.
    init(clamping number: Double) {
        self = number.isNaN ? 0 : Int(Swift.min(Swift.max(number, -1e15), 1e15))
    }
}
