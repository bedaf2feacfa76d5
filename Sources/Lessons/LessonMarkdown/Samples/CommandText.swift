import Lessons

/// What can be told from a command's text.
enum CommandText {
    /// Commands that print what is in a file or a store, so that source code after them is their output.
    private static let readers: Set<String> = [
        "cat", "less", "more", "head", "tail", "bat", "jq", "yq", "curl", "wget", "http", "grep", "egrep", "sed", "awk",
        "diff", "tree", "ls", "find", "echo", "printf", "base64", "xmllint", "etcdctl", "openssl", "envsubst",
        "kustomize", "kafkacat", "kcat", "man", "help", "env", "printenv", "strings", "xxd", "hexdump",
    ]

    /// Programs that do so only when told to, and the words that tell them.
    private static let readingWords: [String: Set<String>] = [
        "git": ["diff", "show", "log", "blame", "grep", "config", "cat-file"],
        "kubectl": kubernetes, "oc": kubernetes, "k": kubernetes,
        "docker": ["inspect", "logs", "history", "config"], "docker-compose": ["config", "logs"],
        "helm": ["template", "get", "show"], "dvc": ["diff", "metrics", "params", "plots", "status", "config", "dag"],
        "vault": ["read", "get"], "consul": ["read", "get"], "terraform": ["show", "plan", "output"],
        "aws": cloud, "az": cloud, "gcloud": cloud,
    ]

    private static let kubernetes: Set<String> = [
        "describe", "logs", "explain", "kustomize", "diff", "process", "export",
    ]

    private static let cloud: Set<String> = ["list", "show", "describe", "get", "cat", "read"]

    static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy(\.isWhite) }

    /// Whether the command puts the text of a file, of a resource or of a response on the terminal.
    ///
    /// - Parameter isCode: The text is source code by its language, which no list of files is.
    static func showsText(_ command: String, isCode: Bool = false) -> Bool {
        Pipeline.all(in: command).contains { pipeline in
            guard let last = pipeline.stages.last, !isSink(last) else { return false }
            return pipeline.stages.contains { reads($0) && !(isCode && listers.contains($0.first ?? "")) }
        }
    }

    private static let listers: Set<String> = ["ls", "find", "tree"]

    private static func reads(_ words: [String]) -> Bool {
        guard let program = words.first else { return false }
        if readers.contains(program) { return program != "sed" || !words.contains { $0.hasPrefix("-i") } }
        guard let verbs = readingWords[program] else { return false }
        for (index, word) in words.enumerated().dropFirst() {
            if verbs.contains(word) { return true }
            if word == "exec" || word == "run" || word == "rsh" || word == "--" {
                return words[index...].contains(where: readers.contains)
            }
            // Resources are shown whole in the formats of files only.
            if verbs == kubernetes, word.hasPrefix("-o") || word.hasPrefix("--output") { return true }
            if verbs == cloud, verbs.contains(where: { word.hasPrefix($0 + "-") }) { return true }
        }
        return false
    }

    /// Whether a pipeline that ends so prints nothing of what came in.
    private static func isSink(_ words: [String]) -> Bool {
        if Pipeline.redirects(words) || words.contains(where: { $0.hasPrefix("<<") }) { return true }
        guard let program = words.first else { return true }
        if program == "curl" || program == "wget" {
            let fetches = program == "wget" && !words.contains { $0.hasPrefix("-") && $0.hasSuffix("O-") || $0 == "-" }
            return fetches
                || words.contains { ["-o", "-O", "-LO", "-OL", "--output"].contains($0) && program == "curl" }
        }
        return ["bash", "/bin/bash", "sh", "xargs", "tee", "wc", "tar"].contains(program)
    }

    private static let editors: Set<String> = [
        "vi", "vim", "nvim", "nano", "pico", "emacs", "code", "edit", "mcedit",
    ]

    private static let pagers: Set<String> = ["less", "more", "most", "man", "view", "top", "htop"]

    /// Whether the command leaves a program on the screen that draws all of it; `nil` when it changes nothing of that.
    static func opensScreen(_ action: Action) -> Bool? {
        let text = String(action.text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if action.kind == .interrupt { return false }
        if leavings.contains(text) { return false }
        guard action.kind == .execute, let program = Pipeline.all(in: text).last?.stages.last?.first else { return nil }
        return editors.contains(program) || pagers.contains(program) ? true : nil
    }

    /// What is typed to leave an editor or a pager.
    private static let leavings: Set<String> = [
        ":q", ":q!", ":wq", ":wq!", ":x", ":qa", ":qa!", "ZZ", "ZQ", "q", "Q", "^X", "^Z", "^C", ":quit", ":exit",
    ]

    /// Commands that print nothing when they succeed.
    private static let quiet: Set<String> = [
        "touch", "cd", "mkdir", "cp", "mv", "rm", "rmdir", "export", "chmod", "chown", "source", "clear", "alias",
        "unset", "ln", "sleep", "pushd", "popd",
    ]

    /// Whether what comes after the command is most likely what to write into a file, not what it printed.
    static func printsNothing(_ command: String) -> Bool {
        guard let last = Pipeline.all(in: command).last?.stages.last, let program = last.first else { return true }
        return editors.contains(program) || quiet.contains(program) || Pipeline.redirects(last)
    }

    /// Whether every part of the command only changes something, and none opens an editor.
    static func changesQuietly(_ command: String) -> Bool {
        Pipeline.all(in: command).allSatisfy { $0.stages.last?.first.map(quiet.contains) ?? true }
    }

    /// Whether the text is one line that begins as well-known commands do.
    static func isOneCommand(_ text: String) -> Bool {
        guard !text.utf8.contains(.lineFeed), let program = Pipeline.all(in: text).first?.stages.first?.first
        else { return false }
        return verbs.contains(program) || readers.contains(program) || readingWords[program] != nil
            || others.contains(program)
    }

    /// Well-known commands whose names may begin a line of output as well.
    private static let others: Set<String> = [
        "df", "du", "ps", "free", "ip", "id", "date", "whoami", "hostname", "uname", "mount", "lsblk", "netstat", "ss",
        "dig", "nslookup", "ping", "python", "python3", "node", "java", "go", "make", "mvn", "gradle", "dotnet", "psql",
        "mysql", "redis-cli", "mongo", "mongosh",
    ]

    // MARK: Blocks that are commands

    /// Whether the text shows how to write a lesson's macros.
    static func showsMarkup(_ text: String) -> Bool {
        let bytes = text.utf8.span
        return bytes.contains("`{{") || bytes.contains("}{{") || bytes.contains("{{exec")
    }

    /// Whether the block begins with a prompt, and none of the commands behind its prompts is this one.
    static func isTranscript(_ text: String, ofOtherThan command: String) -> Bool {
        let bytes = text.utf8.span
        let words = Set(command.utf8.split(whereSeparator: \.isWhite).map { String($0) ?? "" })
        var hasPrompt: Bool?
        var isSame = false
        bytes.forEachLine { line in
            let content = line.extracting(line.leadingWhite...)
            if content.isEmpty { return true }
            guard let prompt = promptEnd(content) else {
                hasPrompt = hasPrompt ?? false
                return hasPrompt == true
            }
            hasPrompt = hasPrompt ?? true
            isSame = isSame || repeats(content.extracting(prompt...), words)
            return hasPrompt == true && !isSame
        }
        return hasPrompt == true && !isSame
    }

    /// The last command of a block that begins with a prompt, when something that it printed is below it.
    static func lastCommand(ofTranscript text: String) -> String? {
        var command: String?
        var isPrinting = false
        var isTranscript: Bool?
        text.utf8.span.forEachLine { line in
            let content = line.extracting(line.leadingWhite...)
            if content.isEmpty { return true }
            if let prompt = promptEnd(content) {
                isTranscript = isTranscript ?? true
                command = content.string(prompt..<content.count)
                isPrinting = false
            } else {
                isTranscript = isTranscript ?? false
                isPrinting = true
            }
            return isTranscript == true
        }
        return isTranscript == true && isPrinting ? command : nil
    }

    /// Whether the two command lines differ in nothing but blanks.
    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.split(whereSeparator: \.isWhite).elementsEqual(right.utf8.split(whereSeparator: \.isWhite)) {
            $0.elementsEqual($1)
        }
    }

    /// Whether the typed line is of the command with these words; `git log` isn't `git add`.
    private static func repeats(_ typed: Span<UInt8>, _ command: Set<String>) -> Bool {
        var parts = SpanWords()
        guard let program = parts.next(in: typed), command.contains(typed.string(program)) else { return false }
        guard let next = parts.next(in: typed), typed[next.lowerBound].isLetter else { return true }
        return command.contains(typed.string(next)) || typed.extracting(program).contains("/")
    }

    /// Where the typed command begins behind a prompt: `$ ls`, `[root@host ~]# ls`, `user@host:~$ ls`.
    private static func promptEnd(_ line: Span<UInt8>) -> Int? {
        if line.starts(with: "$ ") { return 2 }
        guard let end = line.firstIndex(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "#") }),
            let host = line.firstIndex(where: { $0 == UInt8(ascii: "@") }), host < min(end, 24),
            line.starts(with: " ", at: end + 1)
        else { return nil }
        return line.firstIndex(from: end + 1) { !$0.isWhite }
    }

    private static let verbs: Set<String> = [
        "sudo", "apt", "apt-get", "cd", "export", "cat", "echo", "mkdir", "curl", "wget", "git", "docker", "kubectl",
        "npm", "pip", "pip3", "cp", "mv", "rm", "chmod", "chown", "touch", "nano", "vi", "vim", "source", "ssh", "scp",
        "helm", "tar", "sed", "grep", "ls", "yum", "dnf", "brew", "systemctl", "alias", "oc", "docker-compose", "for",
        "while", "if", "SELECT", "INSERT", "UPDATE", "DELETE",
    ]

    /// Whether the block is something to type: it begins with a prompt or as one of the page's commands does.
    static func isCommand(_ text: String, among openings: Set<String>) -> Bool {
        let bytes = text.utf8.span
        let start = bytes.extracting(bytes.leadingWhite...)
        if start.isEmpty { return true }
        if start.starts(with: "$ ") {
            // A transcript shows what the command printed too.
            return start.forEachLine { line in
                let content = line.extracting(line.leadingWhite...)
                return content.isEmpty || content.starts(with: "$ ")
            }
        }
        let first = start.extracting(0..<(start.firstIndex { $0 == .lineFeed } ?? start.count))
        if first.contains("<<") { return true }
        let line = start.extracting(firstCommand(in: start))
        var words = SpanWords()
        guard let verb = words.next(in: line), let next = words.next(in: line) else { return false }
        if line[line.count - 1] == .backslash { return true }
        let word = line.string(verb)
        if verbs.contains(word), !line.isWord("version", at: next) { return true }
        return line[next.lowerBound] == UInt8(ascii: "-") && openings.contains(word)
            || openings.contains(opening(of: line, from: verb, to: next))
    }

    /// Whether the block begins with a sentence or a table's header, as a message or a listing does and no command: names of
    /// commands are written small.
    static func beginsAsOutput(_ text: String) -> Bool {
        let bytes = text.utf8.span
        let start = bytes.extracting(bytes.leadingWhite...)
        let line = start.extracting(0..<(start.firstIndex { $0 == .lineFeed } ?? start.count))
        var words = SpanWords()
        guard let first = words.next(in: line), let second = words.next(in: line), line[first.lowerBound].isUppercase
        else { return false }
        let isHeader =
            second.lowerBound > first.upperBound + 1 && line.firstIndex { $0.isLetter && !$0.isUppercase } == nil
        if isHeader { return true }
        // `Get-Item` is a command, `Host=…` a setting, `SELECT …` a query.
        guard first.count > 1, line[first.lowerBound + 1].isLetter, !line[first.lowerBound + 1].isUppercase else {
            return false
        }
        return line.extracting(first).firstIndex { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") } == nil
    }

    /// The first line that is not a comment, or the first: a comment says what the command after it does.
    private static func firstCommand(in text: Span<UInt8>) -> Range<Int> {
        var start = 0
        while text.starts(with: "# ", at: start), let end = text.firstIndex(from: start, where: { $0 == .lineFeed }) {
            start = text.firstIndex(from: end) { !$0.isWhite } ?? text.count
        }
        if start >= text.count { start = 0 }
        return start..<(text.firstIndex(from: start) { $0 == .lineFeed } ?? text.count)
    }

    /// How the page's commands begin, for ``isCommand(_:among:)``: their first words, alone and with the second.
    static func openings(of actions: [Action]) -> Set<String> {
        var openings = Set<String>(minimumCapacity: actions.count * 2)
        for action in actions where action.kind != .open && action.kind != .keys {
            let bytes = action.text.utf8.span
            var words = SpanWords()
            guard let verb = words.next(in: bytes) else { continue }
            openings.insert(bytes.string(verb))
            if let next = words.next(in: bytes) { openings.insert(opening(of: bytes, from: verb, to: next)) }
        }
        return openings
    }

    /// Two words as one text, with a space between them.
    private static func opening(of bytes: Span<UInt8>, from verb: Range<Int>, to next: Range<Int>) -> String {
        next.lowerBound == verb.upperBound + 1 && bytes[verb.upperBound] == .space
            ? bytes.string(verb.lowerBound..<next.upperBound) : bytes.string(verb) + " " + bytes.string(next)
    }
}
