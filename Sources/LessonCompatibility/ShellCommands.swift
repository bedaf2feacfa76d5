/// The commands in a text that a shell is given, found by their look: enough to tell what a lesson needs, not to run it.
struct ShellCommands: Sequence, IteratorProtocol {
    private var pieces: ArraySlice<Substring>

    init(_ text: String) {
        var pieces: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) {
            guard line.drop(while: { $0 == " " || $0 == "\t" }).first != "#" else { continue }
            // Quotes are not looked at: `;` in one yields a piece that begins with no known command.
            pieces += line.split(whereSeparator: { $0 == ";" || $0 == "|" || $0 == "&" || $0 == "(" || $0 == "`" })
        }
        self.pieces = pieces[...]
    }

    /// The next command's words, without `sudo`, prompts and assignments before it.
    mutating func next() -> [Substring]? {
        while let piece = pieces.popFirst() {
            var words = piece.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
            while let first = words.first, Self.isPrefix(first) { words.removeFirst() }
            if !words.isEmpty { return Array(words) }
        }
        return nil
    }

    private static let prefixes: Set<Substring> = [
        "sudo", "-E", "-y", "$", "time", "exec", "nohup", "if", "then", "do", "else", "while", "until", "!", "{", "env",
        "yes", "command",
    ]

    private static func isPrefix(_ word: Substring) -> Bool {
        if prefixes.contains(word) { return true }
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return !word.utf8[..<equals].isEmpty
            && word.utf8[..<equals].allSatisfy { byte in
                byte == UInt8(ascii: "_") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & ~0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}

/// What one command needs of its surroundings.
struct CommandNeeds {
    static func reason(_ words: [Substring]) -> Reason? {
        guard let first = words.first else { return nil }
        let name = first.split(separator: "/").last ?? first
        let rest = words.dropFirst()
        switch name {
        case "docker", "docker-compose", "podman", "podman-compose", "nerdctl", "ctr", "crictl", "buildah", "skopeo":
            return rest.isEmpty ? nil : .docker
        case "kubectl", "oc", "odo", "helm", "minikube", "kind", "kubeadm", "istioctl", "kn", "tkn", "k3s", "k9s",
            "eksctl", "kustomize", "argocd", "flux", "velero":
            return rest.isEmpty ? nil : .cluster
        default:
            return fetches(name, rest) ? .internet : nil
        }
    }

    private static let installers: [Substring: Set<Substring>] = [
        "apt": ["install", "update", "upgrade"], "apt-get": ["install", "update", "upgrade", "dist-upgrade"],
        "aptitude": ["install", "update"], "yum": ["install", "update"], "dnf": ["install", "update"],
        "apk": ["add", "update"], "zypper": ["install"], "pacman": ["-S", "-Syu"], "snap": ["install"],
        "brew": ["install"], "pip": ["install", "download"], "pip3": ["install", "download"], "pipx": ["install"],
        "poetry": ["install", "add"], "conda": ["install", "create"],
        "npm": ["install", "i", "ci", "add", "update"], "pnpm": ["install", "i", "add"],
        "yarn": ["install", "add", "global"], "gem": ["install"], "bundle": ["install"],
        "composer": ["install", "require"],
        "cargo": ["install", "add"], "go": ["get", "install"], "dotnet": ["restore", "add"], "sdk": ["install"],
        "rustup": ["install", "update", "toolchain", "target", "component"], "dvc": ["pull", "get", "import", "push"],
    ]

    private static func fetches(_ name: Substring, _ rest: ArraySlice<Substring>) -> Bool {
        if let verbs = installers[name] { return rest.contains(where: verbs.contains) }
        switch name {
        case "curl", "wget", "http", "https", "ansible-galaxy": return rest.contains(where: isRemote)
        case "git":
            return rest.contains(where: isRemote)
                && rest.contains { ["clone", "pull", "fetch", "ls-remote", "submodule"].contains($0) }
        case "add-apt-repository", "npx", "mvn", "mvnw", "gradle", "gradlew": return !rest.isEmpty
        case "python", "python3": return rest.prefix(3).elementsEqual(["-m", "pip", "install"])
        default: return false
        }
    }

    /// Whether the word names a host beyond the lab.
    static func isRemote(_ word: Substring) -> Bool {
        let word = word.drop { $0 == "'" || $0 == "\"" || $0 == "<" }
        if word.hasPrefix("git@") { return true }
        guard let scheme = word.firstRange(of: "://"),
            ["http", "https", "ftp", "git", "ssh"].contains(word[..<scheme.lowerBound])
        else { return false }
        let host = word[scheme.upperBound...].prefix { !"/:?'\"\\)]}#".contains($0) || $0 == "[" }
        return !isLocal(host)
    }

    private static func isLocal(_ host: Substring) -> Bool {
        if host.contains("$") || host.contains("[") || host.contains("{") || host.contains("<") { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        // A name without a dot is another service of the lab.
        guard labels.count > 1 else { return true }
        let numbers = labels.compactMap { UInt8($0) }
        guard numbers.count == 4, labels.count == 4 else {
            return ["local", "localhost", "internal", "svc", "test"].contains(labels.last.map(String.init) ?? "")
        }
        return numbers[0] == 127 || numbers[0] == 10 || numbers[0] == 0 || (numbers[0] == 192 && numbers[1] == 168)
            || (numbers[0] == 172 && (16...31).contains(numbers[1]))
    }
}
