/// The word by which older platforms know that a `verify` script is satisfied: a line `done`, beside exit status 0.
///
/// Running a lesson and linting it go by the same rule, which is this one.
public enum CheckCompletion {
    /// Whether a script's text has `echo done`, so that its output must have the word as well.
    public static func isExpected(by script: String) -> Bool {
        script.split(whereSeparator: \.isNewline).contains { echoesDone($0) }
    }

    /// Whether an output has the word, on a line of its own.
    public static func isPrinted(in output: String) -> Bool {
        output.split(whereSeparator: \.isNewline).contains { line in
            line.split(whereSeparator: \.isWhitespace) == ["done"]
        }
    }

    /// Whether a line prints `done`, in quotes or not; a comment doesn't.
    private static func echoesDone(_ line: Substring) -> Bool {
        let code = line.drop(while: \.isWhitespace)
        guard !code.hasPrefix("#") else { return false }
        var words: [String] = []
        var word = ""
        for character in code {
            if character.isWhitespace || ";&|(){}<>`".contains(character) {
                if !word.isEmpty { words.append(word) }
                if !character.isWhitespace { words.append(String(character)) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.indices.contains { index in
            guard words[index] == "echo" else { return false }
            let rest = words[(index + 1)...].drop { $0.hasPrefix("-") }
            guard let first = rest.first else { return false }
            return ["done", "\"done\"", "'done'"].contains(first)
        }
    }
}
