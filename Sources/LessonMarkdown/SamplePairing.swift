import Lessons

/// A code block or code span without a macro, which may be a sample.
struct Candidate {
    enum Form {
        case block(language: String)
        /// A code span alone in its paragraph.
        case inline
        /// A code span after a colon, last in its paragraph.
        case afterColon
    }

    var place: SourcePlace
    var text: String
    var form: Form
    var directives: SampleDirectives?
    /// What the author's comment decides: a sample, or none.
    var decision: Bool?

    var isInline: Bool { if case .block = form { false } else { true } }
}

/// What matters of a page for pairing, in reading order.
enum PageItem {
    /// Offsets into the page's prose.
    case prose(Range<Int>)
    case action(Int)
    case candidate(Candidate)
    case heading
}

/// Decides which blocks are samples, and of which action.
///
/// The rules, in order:
/// 1. An author's comment decides.
/// 2. The words between the action and the block decide when they say what the block is.
/// 3. Without such words a block belongs to the action right before it when it can be output by its language and its
///    text, and to the action of the sample right before it.
/// 4. The action is the last one that can print; words that name a terminal choose the last one in that terminal.
struct SamplePairing {
    private let items: [PageItem]
    private let actions: [Action]
    private let prose: [UInt8]
    private(set) var expectations: [Expectation] = []
    /// Where samples stand that no action before them could print.
    private(set) var orphans: [(place: SourcePlace, isMarked: Bool)] = []

    /// The terminal in which each action runs: as written, else the one before it used.
    private let terminals: [Int]
    /// The first two words of every command of the page, and the first alone.
    private lazy var openings = CommandText.openings(of: actions)

    init(items: [PageItem], actions: [Action], prose: [UInt8]) {
        self.items = items
        self.actions = actions
        self.prose = prose
        var current = 1
        terminals = actions.map { action in
            if action.kind != .copy, action.kind != .open { current = action.terminal ?? current }
            return action.terminal ?? current
        }
        pair()
    }

    private mutating func pair() {
        var last: Int?
        /// The prose since the last action or block.
        var lead: Range<Int>?
        /// The sample right before, when only prose came since.
        var previousSample: Expectation?
        /// Whether a block that is no sample stands between the last action and here.
        var sawOtherBlock = false
        var sawHeading = false
        var lastByTerminal: [Int: Int] = [:]
        for item in items {
            switch item {
            case .prose(let range):
                lead = (lead?.lowerBound ?? range.lowerBound)..<range.upperBound
            case .action(let index):
                last = index
                if actions[index].kind != .open, actions[index].kind != .copy {
                    lastByTerminal[terminals[index]] = index
                }
                lead = nil
                previousSample = nil
                sawOtherBlock = false
                sawHeading = false
            case .heading:
                sawHeading = true
            case .candidate(let candidate):
                var words = Lead(lead.map { prose[$0] } ?? [], paragraphs: candidate.isInline ? 1 : 2)
                // A section later "you'll see" is said of something else.
                if sawHeading, sawOtherBlock, !words.namesOutput, words.meaning == .output { words.meaning = .silent }
                if let last,
                    let wording = wording(
                        of: candidate, lead: words, isDirect: lead == nil, action: last, after: previousSample,
                        sawOtherBlock: sawOtherBlock)
                {
                    let action =
                        words.terminal.flatMap { lastByTerminal[$0] } ?? previousSample?.action ?? last
                    let expectation = Expectation(
                        place: candidate.place, text: candidate.text, action: action, wording: wording,
                        isElided: Elision.occurs(in: candidate.text),
                        directives: candidate.directives ?? SampleDirectives())
                    expectations.append(expectation)
                    previousSample = expectation
                } else {
                    if last == nil, isSample(candidate, withoutAction: words) {
                        orphans.append((candidate.place, candidate.decision != nil || candidate.directives != nil))
                    }
                    previousSample = nil
                    if case .block = candidate.form { sawOtherBlock = true }
                }
                lead = nil
            }
        }
    }

    /// Whether the page calls the block an output although nothing on it has been run.
    private mutating func isSample(_ candidate: Candidate, withoutAction lead: Lead) -> Bool {
        if let decision = candidate.decision { return decision }
        if candidate.directives != nil { return true }
        guard case .block(let language) = candidate.form, lead.meaning == .output, lead.namesOutput else {
            return false
        }
        return Language.isOutput(language) && !lead.namesFile && !CommandText.isCommand(candidate.text, among: openings)
    }

    /// The sample's wording; `nil` when the candidate is no sample.
    private mutating func wording(
        of candidate: Candidate, lead: Lead, isDirect: Bool, action: Int, after sample: Expectation?,
        sawOtherBlock: Bool
    ) -> Wording? {
        if let decision = candidate.decision { return decision ? lead.wording : nil }
        if candidate.directives != nil { return lead.wording }
        if candidate.text.allSatisfy(\.isWhitespace) { return nil }
        let command = actions[action]
        var showsFile: Bool { command.kind != .open && CommandText.showsText(command.text) }
        switch lead.meaning {
        case .instruction: return nil
        case .output:
            if command.kind == .open { return nil }
            if lead.namesFile, !showsFile { return nil }
            if candidate.isInline, CommandText.isCommand(candidate.text, among: openings) { return nil }
            if case .afterColon = candidate.form, !lead.namesOutput { return nil }
            return lead.wording
        case .appearance:
            guard case .block(let language) = candidate.form, command.kind != .open else { return nil }
            if lead.namesFile || !Language.isOutput(language) { return showsFile ? lead.wording : nil }
            return lead.wording
        case .silent:
            guard case .block(let language) = candidate.form, command.kind != .open, command.kind != .copy else {
                return nil
            }
            guard Language.isOutput(language) || showsFile && !Language.isShell(language) else { return nil }
            if CommandText.isCommand(candidate.text, among: openings) || CommandText.printsNothing(command.text) {
                return nil
            }
            if CommandText.isTranscript(candidate.text, ofOtherThan: command.text) { return nil }
            if isDirect, let sample { return sample.wording }
            return isDirect && !sawOtherBlock ? .unmarked : nil
        }
    }
}

/// What a fence's info string says of the block.
enum Language {
    private static let outputs: Set<String> = [
        "", "text", "txt", "plain", "plaintext", "console", "output", "out", "log", "logs", "none", "nohighlight",
        "json",
        "terminal", "tree", "screen", "result", "results", "ansi", "table", "raw", "response", "stdout", "no-highlight",
        "nocode", "markup",
    ]
    private static let shells: Set<String> = [
        "bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session", "shellsession",
    ]

    /// Whether a block of this language is as likely output as not; the words before it may still say that any is.
    static func isOutput(_ language: String) -> Bool { outputs.contains(language) }

    private static let programming: Set<String> = [
        "yaml", "yml", "python", "py", "javascript", "js", "typescript", "ts", "java", "go", "golang", "rust", "c",
        "cpp", "c++",
        "csharp", "cs", "swift", "dockerfile", "docker", "toml", "ini", "properties", "html", "xml", "css", "sql",
        "cypher",
        "cql", "hcl", "terraform", "groovy", "kotlin", "scala", "ruby", "php", "nginx", "makefile", "proto", "graphql",
        "diff",
        "csv", "r", "perl", "lua", "vim", "markdown", "md", "jsx", "tsx", "promql", "logql",
    ]

    static func isKnown(_ language: String) -> Bool {
        outputs.contains(language) || shells.contains(language) || programming.contains(language)
    }

    static func isShell(_ language: String) -> Bool { shells.contains(language) }
}

/// What can be told from a command's text.
enum CommandText {
    /// Commands that print what is in a file or a store, so that source code after them is their output.
    private static let readers: Set<String> = [
        "cat", "less", "more", "head", "tail", "bat", "jq", "yq", "curl", "wget", "http", "grep", "egrep", "sed", "awk",
        "git", "diff", "kubectl", "oc", "k", "docker", "helm", "tree", "ls", "echo", "printf", "base64", "xmllint",
        "etcdctl",
        "openssl", "envsubst", "kustomize", "dvc", "vault", "consul", "kafkacat", "kcat", "terraform", "aws", "az",
        "gcloud",
    ]

    static func showsText(_ command: String) -> Bool {
        command.split(whereSeparator: { $0 == "\n" || $0 == "|" || $0 == ";" || $0 == "&" || $0 == "(" }).contains {
            part in
            let words = part.split(separator: " ")
            guard let first = words.first(where: { $0 != "sudo" && !$0.contains("=") }) else { return false }
            return readers.contains(String(first)) && !part.contains("<<") && !part.contains(" > ")
        }
    }

    /// Commands that open an editor, and those that print nothing when they succeed.
    private static let silent: Set<String> = [
        "vi", "vim", "nvim", "nano", "pico", "emacs", "code", "touch", "edit", "mcedit", "cd", "mkdir", "cp", "mv",
        "rm", "rmdir",
        "export", "chmod", "chown", "source", "clear", "alias", "unset", "ln", "sleep", "pushd", "popd",
    ]

    /// Whether what comes after the command is most likely what to write into a file, not what it printed.
    static func printsNothing(_ command: String) -> Bool {
        guard let line = command.split(whereSeparator: { $0 == "\n" || $0 == ";" || $0 == "&" || $0 == "|" }).last
        else { return true }
        return line.split(separator: " ").first { $0 != "sudo" }.map { silent.contains(String($0)) } ?? false
    }

    /// Whether the block repeats a command behind a prompt, and it is another one.
    static func isTranscript(_ text: String, ofOtherThan command: String) -> Bool {
        let first = text.drop(while: \.isWhitespace)
        guard first.hasPrefix("$ ") else { return text.contains("}{{") || text.contains("`{{") }
        let typed = first.dropFirst(2).prefix { !$0.isWhitespace }
        return !command.split(whereSeparator: \.isWhitespace).contains { $0 == typed }
    }

    private static let verbs: Set<String> = [
        "sudo", "apt", "apt-get", "cd", "export", "cat", "echo", "mkdir", "curl", "wget", "git", "docker", "kubectl",
        "npm", "pip",
        "pip3", "cp", "mv", "rm", "chmod", "chown", "touch", "nano", "vi", "vim", "source", "ssh", "scp", "helm", "tar",
        "sed",
        "grep", "ls", "yum", "dnf", "brew", "systemctl", "alias", "oc", "docker-compose", "for", "while", "if",
    ]

    /// Whether the block is something to type: it begins with a prompt or as one of the page's commands does.
    static func isCommand(_ text: String, among openings: Set<String>) -> Bool {
        let start = text.utf8.drop { $0.isWhite }
        guard let first = start.split(separator: .lineFeed, maxSplits: 1).first else { return true }
        if start.starts(with: "$ ".utf8) {
            // A transcript shows what the command printed too.
            return text.split(separator: "\n").allSatisfy { line in
                let content = line.drop(while: \.isWhitespace)
                return content.isEmpty || content.hasPrefix("$ ")
            }
        }
        if first.firstRange(of: Array("<<".utf8)) != nil { return true }
        let words = first.split(separator: .space, maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 2 else { return false }
        if verbs.contains(words[0]), words[1] != "version" { return true }
        return openings.contains("\(words[0]) \(words[1])") || words[1].hasPrefix("-") && openings.contains(words[0])
    }

    /// How the page's commands begin, for ``isCommand(_:among:)``.
    static func openings(of actions: [Action]) -> Set<String> {
        var openings: Set<String> = []
        for action in actions where action.kind != .open && action.kind != .keys {
            let words = action.text.utf8.split(separator: .space, maxSplits: 2).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard words.count >= 2 else { continue }
            openings.insert(words[0])
            openings.insert("\(words[0]) \(words[1])")
        }
        return openings
    }
}
