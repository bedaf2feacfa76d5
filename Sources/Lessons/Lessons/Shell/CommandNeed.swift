/// What a command needs that a lab may not have.
package enum CommandNeed: Hashable, Sendable {
    case containerEngine
    case cluster
    /// `name` is the program, with its subcommand where that is what fetches.
    case internet(name: String)

    /// - Parameter words: As ``ShellCommands/program(of:)`` leaves them.
    package init?(_ words: ArraySlice<Substring>) {
        guard let first = words.first else { return nil }
        let name = first.split(separator: "/").last ?? first
        let rest = words.dropFirst()
        if Self.engines.contains(name) {
            guard !rest.isEmpty else { return nil }
            self = .containerEngine
        } else if Self.clusterTools.contains(name) {
            guard !rest.isEmpty else { return nil }
            self = .cluster
        } else if let fetched = Self.fetching(name, rest) {
            self = .internet(name: fetched)
        } else {
            return nil
        }
    }

    /// What fetches from the internet though it is an engine's or a cluster's tool: `docker pull`, `kubectl apply -f https://…`.
    package static func fetching(_ words: ArraySlice<Substring>) -> String? {
        guard let first = words.first else { return nil }
        return fetching(first.split(separator: "/").last ?? first, words.dropFirst())
    }

    private static let engines: Set<Substring> = [
        "docker", "docker-compose", "podman", "podman-compose", "nerdctl", "ctr", "crictl", "buildah", "skopeo",
    ]

    private static let clusterTools: Set<Substring> = [
        "kubectl", "oc", "odo", "helm", "minikube", "kind", "kubeadm", "istioctl", "kn", "tkn", "k3s", "k9s", "eksctl",
        "kustomize", "argocd", "flux", "velero",
    ]

    /// Subcommands that fetch, whatever they are given.
    private static let subcommands: [Substring: Set<Substring>] = [
        "apt": ["install", "update", "upgrade", "download"],
        "apt-get": ["install", "update", "upgrade", "dist-upgrade", "download"],
        "aptitude": ["install", "update"], "yum": ["install", "update"], "dnf": ["install", "update"],
        "apk": ["add", "update"], "zypper": ["install", "update"], "pacman": ["-S", "-Syu"], "snap": ["install"],
        "brew": ["install"], "pip": ["install", "download"], "pip3": ["install", "download"], "pipx": ["install"],
        "poetry": ["install", "add"], "conda": ["install", "create", "update"],
        "npm": ["install", "i", "ci", "add", "create", "update"], "pnpm": ["install", "i", "add", "create"],
        "yarn": ["install", "add", "create", "global"], "gem": ["install", "update"], "bundle": ["install"],
        "composer": ["install", "require"], "cargo": ["install", "add", "update"], "go": ["get", "install"],
        "dotnet": ["restore"], "sdk": ["install"],
        "rustup": ["install", "update", "toolchain", "target", "component"],
        "docker": ["pull"], "podman": ["pull"], "nerdctl": ["pull"], "crictl": ["pull"],
    ]

    /// Programs that fetch when a URL of the world is among their arguments, with the subcommands that do; none for any.
    private static let clients: [Substring: Set<Substring>] = [
        "curl": [], "wget": [], "http": [], "https": [], "ansible-galaxy": [],
        "git": ["clone", "pull", "fetch", "ls-remote", "submodule"], "kubectl": ["apply", "create"],
        "oc": ["apply", "create"], "helm": ["repo"], "dvc": ["get", "import", "get-url", "import-url"],
    ]

    private static func fetching(_ name: Substring, _ arguments: ArraySlice<Substring>) -> String? {
        // Options may be before the subcommand.
        let verb = arguments.first { !$0.hasPrefix("-") || name == "pacman" } ?? ""
        if let verbs = subcommands[name], verbs.contains(verb) { return "\(name) \(verb)" }
        if let verbs = clients[name] {
            let called = verbs.isEmpty ? "" : arguments.first(where: verbs.contains)
            guard let called, arguments.contains(where: isRemote) else { return nil }
            return called.isEmpty ? String(name) : "\(name) \(called)"
        }
        switch name {
        case "npx": return verb.isEmpty ? nil : "npx \(verb)"
        case "add-apt-repository", "mvn", "mvnw", "gradle", "gradlew":
            // What only looks at the tool itself, or writes a first project.
            return verb.isEmpty || verb == "init" ? nil : String(name)
        case "dotnet": return verb == "add" && arguments.contains("package") ? "dotnet add" : nil
        case "python", "python3":
            return arguments.prefix(3).elementsEqual(["-m", "pip", "install"]) ? "pip install" : nil
        default: return nil
        }
    }

    /// Whether the word names a host beyond the lab.
    private static func isRemote(_ word: Substring) -> Bool {
        if word.hasPrefix("git@") { return true }
        guard let mark = word.firstRange(of: "://") else { return false }
        let scheme = String(word[..<mark.lowerBound].reversed().prefix { $0.isASCII && $0.isLetter }.reversed())
        guard ["http", "https", "ftp", "git", "ssh"].contains(scheme) else { return false }
        return !isLocal(word[mark.upperBound...].prefix { !"/:?'\"\\)]}#".contains($0) || $0 == "[" })
    }

    private static func isLocal(_ host: Substring) -> Bool {
        if host.contains(where: { "$[{<".contains($0) }) { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        // A name without a dot is another service of the lab.
        guard labels.count > 1, let last = labels.last else { return true }
        let numbers = labels.compactMap { UInt8($0) }
        guard numbers.count == 4, labels.count == 4 else {
            // Names that stand for an address within: `10.0.0.1.nip.io`.
            return ["local", "localhost", "internal", "svc", "test", "lan", "example"].contains(last.lowercased())
                || host.hasSuffix(".nip.io") || host.hasSuffix(".xip.io") || host.hasSuffix(".example.com")
        }
        return numbers[0] == 127 || numbers[0] == 10 || numbers[0] == 0 || (numbers[0] == 192 && numbers[1] == 168)
            || (numbers[0] == 172 && (16...31).contains(numbers[1]))
    }
}
