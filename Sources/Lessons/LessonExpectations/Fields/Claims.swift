/// What counts say beside how many: that all are ready, that none failed, that something came at all.
///
/// Under "similar" a count may be another, but never the opposite: not `0/3` for `3/3`, nor `failed=1` for `failed=0`.
enum Claims {
    /// Whether a number contradicts the documented one, by the words that are beside it.
    ///
    /// - Parameter words: In lower case.
    static func contradict(_ wanted: Double, _ got: Double, beside words: [String]) -> Bool {
        let words = Set(words)
        if wanted == 0, got != 0 { return !words.isDisjoint(with: bad) }
        if wanted != 0, got == 0 { return words.isDisjoint(with: bad) && !words.isDisjoint(with: good) }
        if wanted == 100, got < 100 { return !words.isDisjoint(with: complete) }
        return false
    }

    /// Whether the number at the place contradicts the documented one.
    static func contradict(_ wanted: TokenPlace, _ got: TokenPlace) -> Bool {
        guard let number = wanted.number, let other = got.number else { return false }
        if number != other, wanted.isStatus, got.isStatus { return (number < 400) != (other < 400) }
        if let whole = wanted.whole, let otherWhole = got.whole, number == whole, number > 0, other < otherWhole {
            return true
        }
        guard number == 0 || other == 0 || number == 100 else { return false }
        return contradict(number, other, beside: wanted.neighbours)
    }

    /// The words of a key: `updatedReplicas`, `UP-TO-DATE`, `packets_received`.
    static func words(of key: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in key {
            if !character.isLetter || character.isUppercase && wasLower {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter { word.append(character) }
            wasLower = character.isLowercase
        }
        return word.isEmpty ? words : words + [word.lowercased()]
    }

    private static let bad: Set<String> = [
        "failed", "failure", "failures", "fail", "fails", "error", "errors", "err", "unreachable", "loss", "lost",
        "dropped",
        "rejected", "missing", "invalid", "conflict", "conflicts", "crashed", "unhealthy", "killed", "denied",
        "timeouts", "refused",
        "fatal", "problems", "violations", "leaks", "exit", "exited", "code", "unavailable", "broken", "corrupt",
        "corrupted", "lag",
        "undelivered", "overruns", "oom", "destroy", "destroyed",
    ]

    private static let good: Set<String> = [
        "passed", "pass", "passing", "received", "ready", "available", "running", "replicas", "succeeded", "success",
        "successful",
        "ok", "up", "created", "inserted", "rows", "row", "matched", "imported", "added", "installed", "processed",
        "completed",
        "copied", "transferred", "sent", "healthy", "active", "online", "connected", "found", "results", "hits",
        "current",
        "synced", "delivered", "written", "returned", "affected", "loaded", "saved", "stored", "uploaded", "registered",
        "free", "counted", "read", "parsed", "indexed", "migrated", "seeded", "fetched", "downloaded", "updated",
    ]

    private static let complete: Set<String> = [
        "complete", "completed", "done", "passed", "ok", "success", "available", "finished",
    ]
}

/// A token and what is around it.
struct TokenPlace {
    let source: SourceText
    let tokens: [Token]
    let index: Int

    /// The number that the token begins with.
    var number: Double? {
        guard index < tokens.count, case .field(let fieldClass) = tokens[index].kind,
            [.integer, .decimal, .percentage].contains(fieldClass)
        else { return nil }
        return Double(source.string(tokens[index].range).filter { $0.isNumber || $0 == "." })
    }

    /// A status of HTTP: behind a request (`"GET / HTTP/1.1" 200`, `GET / 200`) or behind the word.
    var isStatus: Bool {
        guard index > 0, tokens[index].range.count == 3, let number, (100..<600).contains(number) else { return false }
        let before = tokens[..<index].reversed()
        func word(_ token: Token) -> String { source.string(token.range) }
        let named = before.first { if case .field = $0.kind { true } else { false } }.map(word)?.lowercased()
        if let named, ["status", "statuscode", "status_code"].contains(named) { return true }
        let request = before.dropFirst().prefix(8).first { Self.methods.contains(word($0)) }
        guard request != nil, let last = before.first else { return false }
        switch last.kind {
        case .field(.path), .field(.url), .field(.decimal): return true
        case .mark: return ["\"", "/"].contains(word(last))
        default: return false
        }
    }

    private static let methods: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

    /// The `3` of `2/3`.
    var whole: Double? {
        guard index + 2 < tokens.count, case .mark = tokens[index + 1].kind, tokens[index + 1].range.count == 1,
            source.bytes[tokens[index + 1].range.lowerBound] == UInt8(ascii: "/"),
            tokens[index].range.upperBound == tokens[index + 1].range.lowerBound
        else { return nil }
        return TokenPlace(source: source, tokens: tokens, index: index + 2).number
    }

    /// The words right before and behind, with nothing but marks between; in lower case.
    var neighbours: [String] {
        var words: [String] = []
        // `failed=0 skipped=1`: the word behind belongs to the next number.
        let isAssigned = index > 0 && source.bytes[tokens[index - 1].range.lowerBound] == UInt8(ascii: "=")
        for step in isAssigned ? [-1] : [-1, 1] {
            var next = index + step
            var found = 0
            while tokens.indices.contains(next), abs(next - index) <= 3, found < 2 {
                switch tokens[next].kind {
                case .field(.word), .field(.name):
                    words += Claims.words(of: source.string(tokens[next].range))
                    found += 1
                case .mark where source.bytes[tokens[next].range.lowerBound] != UInt8(ascii: ","): break
                default: found = 2
                }
                next += step
            }
        }
        return words
    }
}
