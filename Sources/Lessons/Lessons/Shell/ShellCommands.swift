/// The commands in a text that a shell is given, found by their look: enough to tell what a lesson needs, not to run it.
package enum ShellCommands {
    /// The simple commands of a text, each as its words: what is between line ends, `;`, `&`, `|`, parentheses and
    /// backticks, outside of quotes. Comments are left out.
    package static func simple(in text: some StringProtocol) -> [[Substring]] {
        let text = Substring(text)
        var commands: [[Substring]] = []
        var words: [Substring] = []
        var start: Substring.Index?
        var quote: UInt8?
        let utf8 = text.utf8
        var index = utf8.startIndex
        func endWord(_ end: Substring.Index) {
            if let begin = start { words.append(text[begin..<end]) }
            start = nil
        }
        func endCommand() {
            if !words.isEmpty { commands.append(words) }
            words = []
        }
        while index < utf8.endIndex {
            let byte = utf8[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else {
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""):
                    quote = byte
                    start = start ?? index
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): endWord(index)
                case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("),
                    UInt8(ascii: ")"), UInt8(ascii: "`"):
                    endWord(index)
                    endCommand()
                case UInt8(ascii: "#") where start == nil:
                    index = utf8[index...].firstIndex(of: UInt8(ascii: "\n")) ?? utf8.endIndex
                    continue
                default: start = start ?? index
                }
            }
            index = utf8.index(after: index)
        }
        endWord(utf8.endIndex)
        endCommand()
        return commands
    }

    /// The program and its arguments, without `sudo`, a prompt, assignments and words of the shell before them.
    package static func program(of words: [Substring]) -> ArraySlice<Substring> {
        words.drop { prefixes.contains($0) || isAssignment($0) }
    }

    /// Whether a text is most likely meant for a shell, rather than for a database's console or an editor.
    package static func isLikely(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let first = words.first(where: { $0 != "sudo" }) else { return false }
        return first.hasPrefix("./") || first.hasPrefix("~/") || wellKnown.contains(first)
    }

    /// Programs that lessons call and that are no words of the languages that consoles take.
    private static let wellKnown: Set<Substring> = [
        "ansible", "apt", "apt-get", "awk", "bash", "cat", "cd", "chmod", "chown", "cp", "curl", "cut", "diff",
        "docker",
        "docker-compose", "echo", "egrep", "env", "export", "find", "gcc", "git", "go", "grep", "head", "helm", "htop",
        "java",
        "jq", "kubectl", "less", "ln", "ls", "make", "man", "mkdir", "mvn", "mv", "mysql", "nano", "node", "npm", "oc",
        "pip",
        "pip3", "ps", "pwd", "python", "python3", "rm", "rmdir", "sed", "service", "ssh", "systemctl", "tail", "tar",
        "tee",
        "terraform", "touch", "tree", "unzip", "vi", "vim", "wc", "wget", "which", "whoami", "xargs", "yum",
    ]

    private static let prefixes: Set<Substring> = [
        "sudo", "-E", "-y", "$", "time", "exec", "nohup", "if", "then", "do", "else", "elif", "while", "until", "!",
        "{", "env", "eval", "yes", "command",
    ]

    private static func isAssignment(_ word: Substring) -> Bool {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")), equals > word.startIndex else { return false }
        return word.utf8[..<equals].allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
