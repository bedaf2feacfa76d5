/// Tells program text from program output, for blocks that nothing else tells of.
enum SourceCode {
    /// Words that begin a line of a program and hardly ever one of its output, with what must follow on the line.
    private static let openings: [(word: String, mark: Character)] = [
        ("public", "("), ("private", "("), ("protected", "("), ("static", "("), ("def", "("), ("fn", "("),
        ("func", "("), ("function", "("), ("class", "{"), ("class", ":"), ("interface", "{"), ("struct", "{"),
        ("const", "="), ("let", "="), ("var", "="), ("import", ";"), ("using", ";"), ("package", ";"),
        ("namespace", ";"), ("require", "("), ("return", ";"), ("async", "("),
    ]

    /// Whether at least one line in eight begins as lines of programs do, or assigns what a call returns.
    static func isLikely(_ text: String) -> Bool {
        var lines = 0
        var ofCode = 0
        for line in text.split(whereSeparator: \.isNewline) {
            let content = line.drop(while: \.isWhitespace)
            guard !content.isEmpty else { continue }
            lines += 1
            if opens(content) || assigns(content) || attributes(content) { ofCode += 1 }
        }
        return ofCode > 0 && ofCode * 8 >= lines
    }

    private static func opens(_ line: Substring) -> Bool {
        if line.hasPrefix("import ") || line.hasPrefix("from "), line.split(separator: " ").count <= 4 { return true }
        let word = line.prefix(while: \.isLetter)
        let rest = line.dropFirst(word.count)
        guard rest.first == " " || rest.first == "(" else { return false }
        return openings.contains { $0.word == word && rest.contains($0.mark) }
    }

    /// `name = Some.call(…)`; output has numbers and words there.
    private static func assigns(_ line: Substring) -> Bool {
        let parts = line.split(separator: " = ", maxSplits: 1)
        guard parts.count == 2, parts[0].allSatisfy({ $0.isLetter || $0.isNumber || "_.$@".contains($0) }) else {
            return false
        }
        let callee = parts[1].prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
        let call = parts[1].dropFirst(callee.count)
        return callee.first?.isLetter == true && call.first == "(" && (call.last == ")" || call.last == ";")
    }

    /// `[Theory]`, `@Test`, `#[derive(…)]` alone on a line: log lines go on after a bracket.
    private static func attributes(_ line: Substring) -> Bool {
        if line.hasPrefix("#["), line.hasSuffix("]") { return true }
        guard line.hasPrefix("["), line.hasSuffix(")]") else { return false }
        return line.dropFirst().prefix { $0.isLetter }.count > 2
    }
}
