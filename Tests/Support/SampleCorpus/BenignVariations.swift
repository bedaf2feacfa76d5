import Foundation

/// Changes that leave an output as honest as it was.
package enum BenignVariations {
    package static let all: [Operator] = [
        Operator("as it is") { $1 },
        Operator("trailing blanks") { lines($1) { $0 + "   " } },
        Operator("line ends of Windows") { $1.replacingOccurrences(of: "\n", with: "\r\n") },
        Operator("blank lines around") { "\n\n" + $1 + "\n\n\n" },
        Operator("no newline at the end") { String($1.drop { _ in false }.reversed().drop { $0 == "\n" }.reversed()) },
        Operator("colours") { lines($1) { $0.isEmpty ? $0 : "\u{1B}[1;32m" + $0 + "\u{1B}[0m" } },
        Operator("marks of the prompt") { "\u{1B}]133;C\u{07}" + $1 + "\u{1B}]133;D;0\u{07}" },
        Operator("bracketed paste") { "\u{1B}[?2004l\r" + $1 + "\u{1B}[?2004h" },
        Operator("a prompt after it") { $1 + "\nroot@lab:~/src# " },
        Operator("the command before it") { "root@lab:~/src$ some command --with options\n" + $1 },
        Operator("progress overwritten") { _, text in "loading 10%\rloading 90%\r" + String(text.drop { $0 == "\n" }) },
    ]

    private static func lines(_ text: String, _ change: (String) -> String) -> String {
        text.components(separatedBy: "\n").map(change).joined(separator: "\n")
    }
}
