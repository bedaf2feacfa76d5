import Lessons

/// Sentences that say that a command fails: "this won't work yet", "you'll get an error", "permission denied".
///
/// A sentence that only speaks of errors ("if you get an error, …", "without errors", "the error log") says nothing of the
/// kind.
enum FailureWording {
    /// How the sentence says that a command fails, and at which of its words; `nil` when it doesn't.
    static func announced(by sentence: PlainSentence) -> (failure: AnnouncedFailure, word: Int)? {
        guard !sentence.isHeading else { return nil }
        let words = sentence.words
        let said = words.indices.first { index in
            speaks(of: index, in: words) && !isHedged(index, in: words) && !isDenied(index, in: words)
        }
        guard let said else { return nil }
        return (namesMissingCommand(sentence) ? .missingCommand : .failure, said)
    }

    /// The mark for a code span that quotes an error; `nil` for any other.
    static func mark(ofQuoted code: String) -> UInt8? {
        guard code.utf8.count < 200 else { return nil }
        let text = code.lowercased()
        if text.hasSuffix("command not found") { return ProseMark.missingCommand }
        let isError = quotedErrors.contains { text.utf8.span.contains($0) }
        return isError ? ProseMark.error : nil
    }

    private static let quotedErrors: [StaticString] = [
        "permission denied", "no such file", "connection refused", "access denied", "not permitted", "is a directory",
        "cannot access", "syntax error", "traceback",
    ]

    /// Whether any word of the prose may begin such a phrase; most prose has none, and is read no further.
    static func mayOccur(in prose: ArraySlice<UInt8>) -> Bool {
        var isStart = true
        for index in prose.indices {
            let byte = prose[index]
            if byte == ProseMark.error || byte == ProseMark.missingCommand { return true }
            if isStart, byte.isLetter, prose.endIndex - index >= 4 {
                var key: UInt32 = 0
                for offset in 0..<4 { key = key << 8 | UInt32(prose[index + offset].lowercased) }
                if stems.contains(key) { return true }
            }
            isStart = !byte.isLetter
        }
        return false
    }

    private static let stems: Set<UInt32> = Set(
        [
            "fail", "erro", "won'", "won\u{E2}", "will", "cann", "can'", "does", "didn", "did ", "isn'", "not ", "perm",
            "acce", "conn", "oper", "comm", "no s", "deni", "refu", "reje", "forb", "bloc", "decl", "proh", "disa",
            "comp",
            "cras", "exis", "none", "non-", "nonz", "exit", "time", "unab", "stat",
        ].map { stem in stem.utf8.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } })

    // MARK: Phrases

    private static func speaks(of index: Int, in words: [Substring]) -> Bool {
        let word = words[index]
        let rest = words[index...].dropFirst()
        let before = words[max(0, index - 4)..<index]
        switch word {
        case PlainSentence.quotedError, PlainSentence.quotedMissingCommand: return true
        case "fails": return true
        case "fail": return before.contains(where: foretelling.contains)
        case "failed", "failing":
            let isPredicate = rest.first.map { afterPredicate.contains($0) } ?? true
            return isPredicate && before.contains(where: subjects.contains)
        case "failure": return before.contains(where: reporting.contains)
        case "error", "errors":
            if let next = rest.first, otherErrors.contains(next) { return false }
            return words[max(0, index - 8)..<index].contains(where: reporting.contains)
                || rest.first.map { ["occurs", "appears", "because"].contains($0) } ?? false
        case "permission", "access": return rest.first == "denied"
        case "connection": return rest.first == "refused"
        case "operation": return rest.starts(with: ["not", "permitted"])
        case "command": return rest.starts(with: ["not", "found"])
        case "no": return rest.starts(with: ["such", "file"])
        case "denied", "refused", "rejected", "forbidden", "blocked", "declined", "prohibited", "disallowed":
            return before.suffix(2).contains(where: passive.contains)
        case "complains", "refuses", "crashes": return true
        case "complain", "refuse", "crash": return before.contains(where: foretelling.contains)
        case "exist", "exists": return isTried(index, in: words)
        case "nonexistent", "non-existent", "non-existing", "nonexisting":
            return words.contains(where: showing.contains)
        case "times": return rest.first == "out" && before.contains(where: subjects.contains)
        case "time": return rest.first == "out" && before.contains(where: foretelling.contains)
        case "non-zero", "nonzero": return rest.prefix(2).contains { ["status", "code", "exit"].contains($0) }
        case "exit", "exits", "status":
            // "We return an exit code of 1" tells what is in a script.
            return namesStatus(rest) && !words[..<index].contains { $0 == "we" || $0 == "you" }
        default: return isNegated(index, in: words)
        }
    }

    /// "It won't work", "this does not compile yet", "you can't read it yet".
    private static func isNegated(_ index: Int, in words: [Substring]) -> Bool {
        let rest = words[index...].dropFirst()
        let isNegation =
            negations.contains(words[index])
            || ["will", "does", "did", "can", "is", "would", "should"].contains(words[index]) && rest.first == "not"
        let isUnable = words[index] == "unable" && rest.first == "to"
        guard isNegation || isUnable else { return false }
        let verbs = rest.prefix(5)
        guard isUnable || verbs.contains(where: succeeding.contains) else { return false }
        // "It does not work well with a pipe" says nothing of this one.
        if let verb = verbs.firstIndex(where: succeeding.contains),
            words[verb...].dropFirst().first.map(manner.contains) == true
        {
            return false
        }
        let subject = words[max(0, index - 3)..<index]
        if subject.contains(where: { $0 == "you" || $0 == "we" || $0 == "i" }) {
            // What a reader can't do in general is told beside commands that work.
            return words.count < 15 && words.contains { ["yet", "anymore", "still", "now", "longer"].contains($0) }
        }
        return subject.contains(where: subjects.contains)
    }

    /// "Let's try it with a directory that does not exist"; where it is made then, nothing fails.
    private static func isTried(_ index: Int, in words: [Substring]) -> Bool {
        let isAbsent = words[max(0, index - 2)..<index].contains { ["doesn't", "not", "don't", "didn't"].contains($0) }
        return isAbsent && words.contains(where: showing.contains) && !words.contains(where: making.contains)
    }

    /// "Exit status 1", "exits with code 2".
    private static func namesStatus(_ rest: ArraySlice<Substring>) -> Bool {
        for word in rest.prefix(4) {
            if let number = Int(word) { return number > 0 && number < 256 }
            guard ["with", "code", "status", "of", "a", "an", "the", "exit", "is"].contains(word) else { return false }
        }
        return false
    }

    /// "If it fails", "may fail", "it fails when the disk is full", "we would get an error".
    private static func isHedged(_ index: Int, in words: [Substring]) -> Bool {
        let before = words[..<index]
        let after = words[index...].dropFirst()
        if before.suffix(4).contains(where: doubts.contains) || before.suffix(2).contains("can")
            || before.contains("would")
        {
            return true
        }
        // "If you run it now, you'll get an error": the page does.
        if let condition = before.lastIndex(where: conditions.contains),
            !words[condition..<index].contains(where: trying.contains)
        {
            return true
        }
        // "It won't work until it is executable" says that it doesn't now.
        let laterConditions: Set<Substring> = ["if", "when", "whenever", "while"]
        guard let condition = after.firstIndex(where: laterConditions.contains) else { return false }
        return !words[condition...].prefix(7).contains(where: trying.contains)
    }

    /// "No error", "without errors", "never fails", "should not fail".
    private static func isDenied(_ index: Int, in words: [Substring]) -> Bool {
        words[max(0, index - 4)..<index].contains(where: denials.contains)
            && !["no", "cannot", "unable", "exist", "exists", "command", "operation"].contains(words[index])
            && !negations.contains(words[index])
    }

    private static func namesMissingCommand(_ sentence: PlainSentence) -> Bool {
        if sentence.words.contains(PlainSentence.quotedMissingCommand) { return true }
        if sentence.contains(anyOf: ["installed", "uninstalled", "path", "alias", "aliases", "binary", "127", "typo"]) {
            return true
        }
        return sentence.contains(anyOf: ["command", "program", "tool", "executable"])
            && sentence.contains(anyOf: ["found", "exist", "exists", "unknown", "missing", "recognized", "available"])
    }

    // MARK: Words

    private static let manner: Set<Substring> = ["well", "as", "like", "with", "properly", "correctly", "without"]
    private static let showing: Set<Substring> = [
        "try", "let's", "lets", "what", "happens", "see", "trying", "example",
    ]
    private static let making: Set<Substring> = ["create", "creates", "make", "makes", "add", "creating", "if"]
    private static let foretelling: Set<Substring> = [
        "will", "should", "would", "must", "to", "it'll", "this'll", "that'll", "you'll", "going", "does", "did",
        "still",
    ]
    private static let subjects: Set<Substring> = [
        "it", "this", "that", "which", "command", "commands", "`", "script", "program", "attempt", "request", "they",
        "these",
        "has", "have", "is", "login", "query", "statement", "test", "build", "call", "one", "below", "above",
        "following",
        "again",
    ]
    private static let afterPredicate: Set<Substring> = [
        ",", "because", "with", "since", "as", "due", "and", "to", "here", "again", "but", "on", "when", "at", "so",
        "for",
    ]
    private static let reporting: Set<Substring> = [
        "get", "gets", "getting", "see", "sees", "receive", "receives", "throw", "throws", "return", "returns",
        "produce",
        "produces", "give", "gives", "show", "shows", "raise", "raises", "cause", "causes", "result", "results",
        "print",
        "prints", "display", "displays", "report", "reports", "expect", "expected", "encounter", "with", "is", "be",
        "generate", "generates", "yields", "trigger", "triggers", "got", "saw", "an", "following", "notice", "have",
        "has",
        "respond", "responds", "say", "says", "lead", "leads",
    ]
    private static let otherErrors: Set<Substring> = [
        "log", "logs", "file", "files", "handling", "stream", "output", "budget", "budgets", "rate", "page", "pages",
        "handler", "level", "stderr", "checking", "correction", "reporting", "type", "types", "channel", "tracking",
    ]
    private static let passive: Set<Substring> = ["is", "are", "be", "been", "was", "were", "get", "gets", "being"]
    private static let negations: Set<Substring> = [
        "won't", "cannot", "can't", "doesn't", "didn't", "isn't", "wouldn't", "wont",
    ]
    private static let succeeding: Set<Substring> = [
        "work", "works", "working", "succeed", "run", "start", "execute", "compile", "build", "connect", "resolve",
        "reach",
        "allowed", "possible", "permitted", "accessible", "reachable", "able", "read", "open", "access", "delete",
        "write",
        "remove", "find", "found", "load", "allow", "let", "respond", "reply", "answer",
    ]
    private static let conditions: Set<Substring> = [
        "if", "unless", "until", "case", "when", "whenever", "otherwise", "while", "whether", "once",
    ]
    private static let doubts: Set<Substring> = [
        "may", "might", "could", "sometimes", "possibly", "perhaps", "or", "often", "frequently", "usually",
        "probably", "typically", "occasionally", "common", "popular", "typical",
    ]
    private static let trying: Set<Substring> = [
        "run", "try", "execute", "attempt", "type", "do", "use", "start", "call", "running", "trying", "enter",
    ]
    private static let denials: Set<Substring> = [
        "no", "not", "without", "never", "zero", "0", "won't", "don't", "doesn't", "shouldn't", "any", "standard",
        "fix",
        "avoid", "handle", "handling", "prevent", "ignore", "correct", "resolve", "catch", "isn't", "aren't", "solve",
        "debug", "instead", "wouldn't", "didn't", "log", "logs",
    ]
}
