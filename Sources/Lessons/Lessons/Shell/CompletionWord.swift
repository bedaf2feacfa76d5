/// The word by which a check script of Katacoda's first version says that a learner may go on: it prints a line `done`.
///
/// Later versions go by the script's status alone. A script that echoes the word is read by the older rule as well.
package enum CompletionWord {
    package static let text = "done"

    /// Whether a line of the script echoes the word, in quotes or not; a comment doesn't.
    package static func isEchoed(by script: some StringProtocol) -> Bool {
        script.split(whereSeparator: \.isNewline).contains { line in
            ShellCommands.simple(in: line).contains { words in
                // Words of the shell may come first: `then echo done`, `&& { echo done; }`.
                guard let echo = words.lastIndex(of: "echo") else { return false }
                let argument = words[(echo + 1)...].first { !$0.hasPrefix("-") }
                return ["done", "\"done\"", "'done'"].contains(argument)
            }
        }
    }

    /// Whether a line of what a script printed is the word.
    package static func isPrinted(in output: some StringProtocol) -> Bool {
        output.split(whereSeparator: \.isNewline).contains { line in
            line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed().elementsEqual(text)
        }
    }
}
