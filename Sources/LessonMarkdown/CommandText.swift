import Lessons

/// What can be told from a command's text.
enum CommandText {
    /// Commands that print what is in a file or a store, so that source code after them is their output.
    private static let readers: Set<String> = [
        "cat", "less", "more", "head", "tail", "bat", "jq", "yq", "curl", "wget", "http", "grep", "egrep", "sed", "awk",
        "git", "diff", "kubectl", "oc", "k", "docker", "helm", "tree", "ls", "echo", "printf", "base64", "xmllint",
        "etcdctl", "openssl", "envsubst", "kustomize", "dvc", "vault", "consul", "kafkacat", "kcat", "terraform", "aws",
        "az", "gcloud",
    ]

    static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy(\.isWhite) }

    static func showsText(_ command: String) -> Bool {
        let bytes = command.utf8.span
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(from: start, where: endsPart) ?? bytes.count
            let part = bytes.extracting(start..<end)
            start = end + 1
            var words = SpanWords()
            var first = words.next(in: part)
            while let word = first, part.isWord("sudo", at: word) || part.extracting(word).contains("=") {
                first = words.next(in: part)
            }
            if let first, readers.contains(part.string(first)), !part.contains("<<"), !part.contains(" > ") {
                return true
            }
        }
        return false
    }

    private static func endsPart(_ byte: UInt8) -> Bool {
        byte == .lineFeed || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "&")
            || byte == UInt8(ascii: "(")
    }

    /// Commands that open an editor, and those that print nothing when they succeed.
    private static let silent: Set<String> = [
        "vi", "vim", "nvim", "nano", "pico", "emacs", "code", "touch", "edit", "mcedit", "cd", "mkdir", "cp", "mv",
        "rm", "rmdir", "export", "chmod", "chown", "source", "clear", "alias", "unset", "ln", "sleep", "pushd", "popd",
    ]

    /// Whether what comes after the command is most likely what to write into a file, not what it printed.
    static func printsNothing(_ command: String) -> Bool {
        let bytes = command.utf8.span
        func separates(_ byte: UInt8) -> Bool { endsPart(byte) && byte != UInt8(ascii: "(") }
        var end = bytes.count
        while end > 0, separates(bytes[end - 1]) { end -= 1 }
        if end == 0 { return true }
        var start = end
        while start > 0, !separates(bytes[start - 1]) { start -= 1 }
        let line = bytes.extracting(start..<end)
        var words = SpanWords()
        while let word = words.next(in: line) {
            if !line.isWord("sudo", at: word) { return silent.contains(line.string(word)) }
        }
        return false
    }

    /// Whether the block repeats a command behind a prompt, and it is another one.
    static func isTranscript(_ text: String, ofOtherThan command: String) -> Bool {
        let all = text.utf8.span
        let first = all.extracting(all.leadingWhite...)
        guard first.starts(with: "$ ") else { return all.contains("}{{") || all.contains("`{{") }
        let typed = first.string(2..<(first.firstIndex(from: 2, where: \.isWhite) ?? first.count))
        return !command.utf8.split(whereSeparator: \.isWhite).contains { $0.elementsEqual(typed.utf8) }
    }

    private static let verbs: Set<String> = [
        "sudo", "apt", "apt-get", "cd", "export", "cat", "echo", "mkdir", "curl", "wget", "git", "docker", "kubectl",
        "npm", "pip", "pip3", "cp", "mv", "rm", "chmod", "chown", "touch", "nano", "vi", "vim", "source", "ssh", "scp",
        "helm", "tar", "sed", "grep", "ls", "yum", "dnf", "brew", "systemctl", "alias", "oc", "docker-compose", "for",
        "while", "if",
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
        var words = SpanWords()
        guard let verb = words.next(in: first), let next = words.next(in: first) else { return false }
        if first[first.count - 1] == .backslash { return true }
        let word = first.string(verb)
        if verbs.contains(word), !first.isWord("version", at: next) { return true }
        return first[next.lowerBound] == UInt8(ascii: "-") && openings.contains(word)
            || openings.contains(opening(first, verb, next))
    }

    /// How the page's commands begin, for ``isCommand(_:among:)``: their first words, alone and with the second.
    static func openings(of actions: [Action]) -> Set<String> {
        var openings = Set<String>(minimumCapacity: actions.count * 2)
        for action in actions where action.kind != .open && action.kind != .keys {
            let bytes = action.text.utf8.span
            var words = SpanWords()
            guard let verb = words.next(in: bytes), let next = words.next(in: bytes) else { continue }
            openings.insert(bytes.string(verb))
            openings.insert(opening(bytes, verb, next))
        }
        return openings
    }

    /// Two words as one text, with a space between them.
    private static func opening(_ bytes: Span<UInt8>, _ verb: Range<Int>, _ next: Range<Int>) -> String {
        next.lowerBound == verb.upperBound + 1 && bytes[verb.upperBound] == .space
            ? bytes.string(verb.lowerBound..<next.upperBound) : bytes.string(verb) + " " + bytes.string(next)
    }
}
