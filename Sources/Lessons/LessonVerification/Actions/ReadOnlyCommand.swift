import Lessons

/// Whether a command only looks, so that typing it again changes nothing.
///
/// Data that travels through a broker arrives a little later. A read may then be typed again until its sample holds;
/// a write may not. The answer errs on the side of `false`: an author marks any other read with `retry`.
enum ReadOnlyCommand {
    static func isPureRead(_ text: String) -> Bool {
        let text = text.trimmed
        guard !text.isEmpty, !text.contains("\n") else { return false }
        return isShellRead(text) || isMongoRead(text) || isSQLRead(text)
    }

    // MARK: Shell

    private static let readers: Set<String> = [
        "cat", "curl", "date", "df", "diff", "du", "find", "grep", "head", "jq", "kubectl", "ls", "docker", "ps", "ss",
        "stat", "tail", "tree", "wc", "sort", "cut",
    ]

    private static func isShellRead(_ text: String) -> Bool {
        // Anything that redirects, substitutes or chains may do more than it seems to.
        guard !text.contains(where: { ">;&`$".contains($0) }) else { return false }
        return text.split(separator: "|", omittingEmptySubsequences: false).allSatisfy { stage in
            let words = stage.split(separator: " ").map(String.init)
            guard let program = words.first, readers.contains(program) else { return false }
            return isHarmless(program, Array(words.dropFirst()))
        }
    }

    private static func isHarmless(_ program: String, _ arguments: [String]) -> Bool {
        switch program {
        case "curl": isGet(arguments)
        case "docker": ["ps", "images", "inspect", "logs", "port", "version"].contains(arguments.first ?? "")
        case "kubectl": ["get", "describe", "logs", "version"].contains(arguments.first ?? "")
        case "find": !arguments.contains { $0 == "-delete" || ["-exec", "-ok", "-f"].contains(where: $0.hasPrefix) }
        case "tree": !arguments.contains { $0.hasPrefix("-o") }
        case "ss": !arguments.contains { $0.hasPrefix("-") && $0.contains("K") || $0 == "--kill" }
        case "tail": !arguments.contains { $0.hasPrefix("-f") || $0 == "-F" || $0 == "--follow" }
        case "sort": !arguments.contains { $0.hasPrefix("-") && $0.contains("o") }
        case "date": arguments.allSatisfy { $0.hasPrefix("+") || $0 == "-u" }
        default: true
        }
    }

    private static let curlFlags = Set("sSfLkIiGv46")
    private static let curlOptions: Set<String> = [
        "--silent", "--show-error", "--fail", "--location", "--head", "--include", "--get", "--compressed",
        "--insecure",
    ]
    /// Options that take a value and change nothing.
    private static let curlValues: Set<String> = [
        "-H", "-w", "-m", "-u", "--header", "--write-out", "--max-time", "--user",
    ]

    /// A request of which every option is known to be harmless: no body, no other method than GET or HEAD, no file.
    private static func isGet(_ arguments: [String]) -> Bool {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "-X", "--request": guard ["GET", "HEAD"].contains(rest.popFirst() ?? "") else { return false }
            case "-o", "--output": guard ["/dev/null", "-"].contains(rest.popFirst() ?? "") else { return false }
            case _ where curlValues.contains(argument):
                guard let value = rest.popFirst() else { return false }
                // A quoted value may hold blanks: it ends where its quote does.
                guard let quote = value.first, quote == "'" || quote == "\"" else { continue }
                var last = value
                while last.count < 2 || last.last != quote {
                    guard let next = rest.popFirst() else { return false }
                    last = "x" + next
                }
            case _ where argument.hasPrefix("--"): guard curlOptions.contains(argument) else { return false }
            case _ where argument.hasPrefix("-"):
                guard argument.dropFirst().allSatisfy(curlFlags.contains) else { return false }
            default: continue
            }
        }
        return true
    }

    // MARK: Database shells

    private static let mongoReads = [
        "find(", "findOne(", "countDocuments(", "estimatedDocumentCount(", "distinct(", "aggregate(", "stats(",
    ]

    private static func isMongoRead(_ text: String) -> Bool {
        if ["db", "show dbs", "show databases", "show collections", "show tables"].contains(text) { return true }
        guard text.hasPrefix("db."), !text.contains("$out"), !text.contains("$merge"), !text.contains(";") else {
            return false
        }
        guard
            let call = mongoReads.compactMap({ text.range(ofText: "." + $0) }).min(by: { $0.lowerBound < $1.lowerBound }
            )
        else { return false }
        // A read may hand its documents to a function, and that to anything.
        let writes = ["=>", "function", "forEach", "insert", "update", "delete", "replace", "remove", "drop", "create"]
        guard !writes.contains(where: { text[call.lowerBound...].contains($0) }) else { return false }
        // `db.orders` or `db.getCollection('orders')`, and nothing called before the read.
        return !text[..<call.lowerBound].dropFirst(3).contains("(") || text.hasPrefix("db.getCollection(")
    }

    private static func isSQLRead(_ text: String) -> Bool {
        let text = text.hasSuffix(";") ? String(text.dropLast()) : text
        guard !text.contains(";") else { return false }
        let words = text.lowercased().split(separator: " ")
        guard let first = words.first, ["select", "show", "describe", "desc", "explain"].contains(first) else {
            return false
        }
        // `explain analyze delete …` runs, and so do some functions.
        let writes: Set<Substring> = ["into", "update", "delete", "insert", "analyze"]
        return words.count > 1 && !words.contains(where: writes.contains)
            && calls(in: text).allSatisfy(functions.contains)
    }

    private static let functions: Set<String> = [
        "count", "sum", "avg", "min", "max", "concat", "upper", "lower", "length", "round", "coalesce", "now", "in",
        "values",
    ]

    /// The names that are before an opening parenthesis.
    private static func calls(in text: String) -> [String] {
        let parts = text.lowercased().split(separator: "(", omittingEmptySubsequences: false).dropLast()
        return parts.map { part in
            String(part.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
        }.filter { !$0.isEmpty }
    }
}

extension String {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The first occurrence of a text; the standard library's own search needs Foundation or a regular expression.
    func range(ofText needle: String) -> Range<Index>? {
        guard !needle.isEmpty else { return nil }
        var start = startIndex
        while let first = self[start...].firstIndex(of: needle[needle.startIndex]) {
            let rest = self[first...]
            if rest.hasPrefix(needle) { return first..<index(first, offsetBy: needle.count) }
            start = index(after: first)
        }
        return nil
    }
}
