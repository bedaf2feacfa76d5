import Lessons

/// The order of the keys of an object, which says nothing in JSON.
struct KeyOrder: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard !pair.options.keysMayMove, pair.sample.contains(where: { $0.bytes.contains(UInt8(ascii: "{")) }) else {
            return nil
        }
        pair.options.keysMayMove = true
        return "keys of an object come in another order, which means nothing"
    }
}

/// The order of the elements of a set that Python prints: `{'a', 'b'}`.
struct SetOrder: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        func settled(_ lines: [TextLine]) -> [TextLine] {
            lines.map { line in
                guard line.bytes.contains(UInt8(ascii: "{")) else { return line }
                let text = Self.settled(line.text)
                return text == line.text ? line : line.replacing(text)
            }
        }
        let (sample, output) = (settled(pair.sample), settled(pair.output))
        guard
            !zip(sample, pair.sample).allSatisfy({ $0.bytes == $1.bytes })
                || !zip(output, pair.output).allSatisfy({ $0.bytes == $1.bytes })
        else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "the elements of a set come in no order"
    }

    /// The line with the elements of its sets sorted. Python alone prints a set without blanks inside its braces.
    private static func settled(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            // The innermost braces hold the elements.
            let start = rest[..<close].lastIndex(of: "{") ?? open
            let inner = rest[rest.index(after: start)..<close]
            let elements = inner.components(apartBy: ", ")
            let isSet = elements.count > 1 && elements.allSatisfy(isElement)
            result += rest[...start]
            result += isSet ? elements.sorted().joined(separator: ", ") : String(inner)
            result += "}"
            rest = rest[close...].dropFirst()
        }
        return result + rest
    }

    /// A quoted text that is not a key, or a number.
    private static func isElement(_ element: String) -> Bool {
        guard let first = element.first, let last = element.last else { return false }
        if first == "'" || first == "\"" {
            return element.count >= 2 && first == last && !element.contains("\(first):")
        }
        return element.allSatisfy(\.isNumber)
    }
}

extension Substring {
    /// The parts between the separators.
    fileprivate func components(apartBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self
        while let found = rest.firstRange(of: separator) {
            parts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return parts + [String(rest)]
    }
}

/// The order of lines, rows or documents, where none is promised.
struct RowOrder: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard !pair.options.isUnordered, !situation.announcement.isOrdered else { return nil }
        if situation.announcement.isUnordered {
            pair.options.isUnordered = true
            return "the lines come in another order, as the page says that they may"
        }
        guard ArbitraryOrder.isGiven(by: situation.program, sentence: situation.context.sentence, rows: pair.sample)
        else { return nil }
        pair.options.isUnordered = true
        return "the lines come in another order, and the command promises none"
    }
}

/// Commands that print in the order in which things happen to be found or done.
enum ArbitraryOrder {
    static func isGiven(by program: CommandLine, sentence: String, rows: [TextLine]) -> Bool {
        if OrderlessSource.givesNoOrder(program.text) { return true }
        let words = program.text.lowercased().split { !$0.isLetter }.map(String.init)
        guard Set(words).isDisjoint(with: ordering), !areNumbered(rows) else { return false }
        if program.isCompose || program.says("docker start") || program.says("docker stop") || program.says("docker rm")
            || program.says("docker pull") || program.says("docker push")
        {
            return true
        }
        if program.runs("redis-cli"),
            !Set(words).isDisjoint(with: ["keys", "smembers", "hgetall", "hkeys", "hvals", "scan", "sinter", "sunion"])
        {
            return true
        }
        if words.contains("select"), words.contains("from") {
            // What is grouped comes in the order of a hash table.
            return words.contains("group") || words.contains("distinct") || !areSorted(rows)
        }
        // In the order of a directory, of a table of the kernel, or in which threads finish.
        if program.runs("ss", "netstat", "lsof", "zip", "unzip", "rsync", "cp", "rm", "mv", "tar")
            || program.says("cargo test") || program.says("go test") || program.runs("jest", "vitest")
        {
            return true
        }
        if ["network", "volume", "container", "image"].contains(where: { program.says("docker \($0) ls") }) {
            return !areSorted(rows)
        }
        if program.says("docker ps") || program.says("docker images") || program.runs("xargs", "parallel", "du")
            || program.has(option: "-j")
            || program.words.contains(where: { $0.hasPrefix("-j") && $0.dropFirst(2).allSatisfy(\.isNumber) })
        {
            return !areSorted(rows)
        }
        return false
    }

    /// Words that ask for an order.
    private static let ordering: Set<String> = [
        "order", "sort", "head", "tail", "top", "limit", "uniq", "newest", "reverse",
    ]

    /// Lines that begin with numbers that count up or down.
    private static func areNumbered(_ rows: [TextLine]) -> Bool {
        let numbers = rows.compactMap { row -> Int? in
            row.text.split { !$0.isNumber }.first.flatMap { row.text.trimmed.hasPrefix(String($0)) ? Int($0) : nil }
        }
        guard numbers.count >= 2, numbers.count * 2 > rows.count else { return false }
        return zip(numbers, numbers.dropFirst()).allSatisfy(<) || zip(numbers, numbers.dropFirst()).allSatisfy(>)
    }

    /// Whether the first column of the rows goes up or down.
    private static func areSorted(_ rows: [TextLine]) -> Bool {
        let body = rows.filter { row in
            !row.isBlank && row.text.contains { $0.isLetter || $0.isNumber } && !row.text.contains("rows")
        }.dropFirst()
        let cells = body.map { row in
            row.text.split { $0 == "|" || $0 == "│" || $0 == "\t" }.map(\.trimmed).filter { !$0.isEmpty }
        }
        guard let width = cells.map(\.count).min(), cells.count >= 2 else { return true }
        // Later columns of a few rows go up or down by chance.
        guard width > 0 else { return true }
        let values = cells.map { $0[0] }
        let pairs = zip(values, values.dropFirst())
        return pairs.allSatisfy { isBefore($0, $1) } || pairs.allSatisfy { isBefore($1, $0) }
    }

    private static func isBefore(_ first: String, _ second: String) -> Bool {
        if let one = Double(first), let other = Double(second) { return one <= other }
        return first.lowercased() <= second.lowercased()
    }
}
