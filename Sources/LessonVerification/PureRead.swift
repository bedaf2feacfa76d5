import Lessons

/// Whether a command only looks, so that typing it again changes nothing.
///
/// Data that travels through a broker arrives a little later. A read may then be typed again until its sample holds;
/// a write may not. The answer errs on the side of `false`: an author marks any other read with `retry`.
enum PureRead {
    static func isPureRead(_ text: String) -> Bool {
        let text = text.trimmed
        guard !text.isEmpty, !text.contains("\n") else { return false }
        return isShellRead(text) || isMongoRead(text) || isSQLRead(text)
    }

    // MARK: Shell

    private static let readers: Set<String> = [
        "cat", "curl", "date", "df", "diff", "du", "find", "grep", "head", "jq", "kubectl", "ls", "docker", "ps", "ss",
        "stat",
        "tail", "tree", "wc", "sort", "uniq", "cut",
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
        case "find": !arguments.contains { ["-delete", "-exec", "-execdir", "-ok", "-okdir", "-fprint"].contains($0) }
        case "tail": !arguments.contains { $0.hasPrefix("-f") || $0 == "-F" || $0 == "--follow" }
        case "sort": !arguments.contains { $0.hasPrefix("-o") || $0.hasPrefix("--output") }
        case "date": !arguments.contains { $0 == "-s" || $0.hasPrefix("--set") }
        default: true
        }
    }

    /// A request without a body, an output file or another method than GET or HEAD.
    private static func isGet(_ arguments: [String]) -> Bool {
        for (index, argument) in arguments.enumerated() {
            switch argument {
            case "-X", "--request":
                let method = arguments.dropFirst(index + 1).first ?? ""
                guard ["GET", "HEAD"].contains(method) else { return false }
            case "--json", "--form", "--upload-file", "--output", "--remote-name":
                return false
            default:
                if argument.hasPrefix("--data") { return false }
                // Short options may be joined: `-sXPOST`, `-sd`.
                if argument.hasPrefix("-"), !argument.hasPrefix("--"),
                    argument.dropFirst().contains(where: { "dFToOX".contains($0) })
                {
                    return false
                }
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
        return words.count > 1 && !words.contains("into") && !words.contains("update")
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
