/// Tells program text from program output, for blocks that nothing else tells of.
enum SourceCode {
    /// Words that begin a line of a program and hardly ever one of its output, with what must follow on the line.
    private static let openings: [(word: StaticString, mark: UInt8)] = [
        ("public", UInt8(ascii: "(")), ("private", UInt8(ascii: "(")), ("protected", UInt8(ascii: "(")),
        ("static", UInt8(ascii: "(")), ("def", UInt8(ascii: "(")), ("fn", UInt8(ascii: "(")),
        ("func", UInt8(ascii: "(")), ("function", UInt8(ascii: "(")), ("class", UInt8(ascii: "{")),
        ("class", UInt8(ascii: ":")), ("interface", UInt8(ascii: "{")), ("struct", UInt8(ascii: "{")),
        ("const", UInt8(ascii: "=")), ("let", UInt8(ascii: "=")), ("var", UInt8(ascii: "=")),
        ("import", UInt8(ascii: ";")), ("using", UInt8(ascii: ";")), ("package", UInt8(ascii: ";")),
        ("namespace", UInt8(ascii: ";")), ("require", UInt8(ascii: "(")), ("return", UInt8(ascii: ";")),
        ("async", UInt8(ascii: "(")), ("val", UInt8(ascii: "=")),
    ]

    /// Whether at least one line in eight begins as lines of programs do, or assigns what a call returns.
    static func isLikely(_ text: String) -> Bool {
        var lines = 0
        var ofCode = 0
        text.utf8.span.forEachLine { line in
            let content = line.extracting(line.leadingWhite...)
            if content.isEmpty { return true }
            lines += 1
            if opens(content) || assigns(content) || attributes(content) || calls(content) { ofCode += 1 }
            return true
        }
        return ofCode > 0 && ofCode * 8 >= lines
    }

    /// Whether the text is a resource to apply to a cluster.
    static func isManifest(_ text: String) -> Bool {
        let bytes = text.utf8.span
        let start = bytes.leadingWhite
        return bytes.starts(with: "apiVersion:", at: start) || bytes.starts(with: "kind:", at: start)
    }

    private static func opens(_ line: Span<UInt8>) -> Bool {
        let wordEnd = line.firstIndex { !$0.isLetter } ?? line.count
        guard wordEnd > 0, wordEnd < line.count, line[wordEnd] == .space || line[wordEnd] == UInt8(ascii: "(") else {
            return false
        }
        if line.starts(with: "import ") || line.starts(with: "from "), line.wordCount <= 4 { return true }
        return openings.contains { opening in
            opening.word.utf8CodeUnitCount == wordEnd && line.starts(with: opening.word)
                && line.firstIndex(from: wordEnd) { $0 == opening.mark } != nil
        }
    }

    /// `name = Some.call(…)`; output has numbers and words there.
    private static func assigns(_ line: Span<UInt8>) -> Bool {
        func isName(_ byte: UInt8) -> Bool {
            byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        let nameEnd =
            line.firstIndex { !isName($0) && $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: "@") } ?? line.count
        guard nameEnd > 0, line.starts(with: " = ", at: nameEnd), line.count > nameEnd + 3 else { return false }
        let callee = nameEnd + 3
        guard line[callee].isLetter || line[callee] >= 0x80,
            let call = line.firstIndex(from: callee, where: { !isName($0) }), line[call] == UInt8(ascii: "(")
        else { return false }
        return line[line.count - 1] == UInt8(ascii: ")") || line[line.count - 1] == UInt8(ascii: ";")
    }

    /// `object.call(…);`, or a call that goes on: `object.call(`.
    private static func calls(_ line: Span<UInt8>) -> Bool {
        guard line[line.count - 1] == UInt8(ascii: "(") || line.count > 1 && line.starts(with: ");", at: line.count - 2)
        else { return false }
        var hasDot = false
        for index in 0..<line.count {
            let byte = line[index]
            if byte == UInt8(ascii: "(") { return hasDot }
            if byte == UInt8(ascii: ".") { hasDot = true }
            guard byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") else {
                return false
            }
        }
        return false
    }

    /// `[Theory]`, `@Test`, `#[derive(…)]` alone on a line: log lines go on after a bracket.
    private static func attributes(_ line: Span<UInt8>) -> Bool {
        if line[0] == UInt8(ascii: "@"), line.count > 1, line[1].isLetter {
            return line.firstIndex { $0 == UInt8(ascii: ":") } == nil
        }
        guard line[line.count - 1] == UInt8(ascii: "]") else { return false }
        if line.starts(with: "#[") { return true }
        guard line[0] == UInt8(ascii: "["), line.count > 2, line[line.count - 2] == UInt8(ascii: ")") else {
            return false
        }
        return (line.firstIndex(from: 1) { !$0.isLetter } ?? line.count) > 3
    }
}
