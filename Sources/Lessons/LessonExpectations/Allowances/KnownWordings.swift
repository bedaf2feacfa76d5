/// What known tools say in other words from version to version.
struct KnownWordings: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let wordings = WordingTable.all.filter { wording in
            situation.context.command.isEmpty || wording.tools.isEmpty
                || wording.tools.contains { situation.program.runs($0) }
        }
        var used: Set<String> = []
        func settled(_ lines: [TextLine]) -> [TextLine] {
            lines.map { line in
                var text = line.text
                for wording in wordings {
                    guard let plain = wording.settled(text), plain != text else { continue }
                    text = plain
                    used.insert(wording.tools.first ?? "a shell")
                }
                return text == line.text ? line : line.replacing(text)
            }
        }
        let (sample, output) = (settled(pair.sample), settled(pair.output))
        guard !used.isEmpty else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "\(used.sorted().joined(separator: ", ")) words this differently from version to version"
    }
}

/// One wording that is settled for comparing.
///
/// Written with `{1}`, `{2}` for parts that may be anything; the plain wording has some of them, in any order.
struct KnownWording: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case part(Int)
    }

    let tools: [String]
    private let other: [Piece]
    private let plain: [Piece]

    init(_ tools: [String], _ other: String, _ plain: String) {
        self.tools = tools
        self.other = Self.pieces(other)
        self.plain = Self.pieces(plain)
    }

    private static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}"),
            let number = Int(rest[rest.index(after: open)..<close])
        {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.part(number))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    /// The line in its plain wording; `nil` when it isn't worded so.
    func settled(_ line: String) -> String? {
        var rest = line[...]
        var parts: [Int: Substring] = [:]
        var open: Int?
        for (index, piece) in other.enumerated() {
            switch piece {
            case .part(let number): open = number
            case .text(let text):
                guard let number = open else {
                    guard rest.hasPrefix(text) else { return nil }
                    rest = rest.dropFirst(text.count)
                    continue
                }
                let isLast = index == other.count - 1
                guard let found = isLast ? Self.end(of: rest, text) : rest.firstRange(of: text) else { return nil }
                parts[number] = rest[..<found.lowerBound]
                rest = rest[found.upperBound...]
                open = nil
            }
        }
        if let open { parts[open] = rest } else if !rest.isEmpty { return nil }
        return plain.map { piece in
            switch piece {
            case .text(let text): text
            case .part(let number): String(parts[number] ?? "")
            }
        }.joined()
    }

    private static func end(of rest: Substring, _ text: String) -> Range<Substring.Index>? {
        guard rest.hasSuffix(text) else { return nil }
        return rest.index(rest.endIndex, offsetBy: -text.count)..<rest.endIndex
    }
}

/// The wordings of known tools, each with the release in which it changed.
enum WordingTable {
    static let all: [KnownWording] = git + containers + kubernetes + packages + network + shells + services

    /// Git's release notes (Documentation/RelNotes).
    private static let git: [KnownWording] = [
        // log.decorate is on where a terminal listens, since 2.13.
        decorated("HEAD -> "), decorated("origin/"), decorated("tag: "), decorated("HEAD, "),
        // 2.15
        .init(["git"], "Initial commit{1}", "No commits yet{1}"),
        // 2.10
        .init(["git"], "nothing to commit, working directory clean", "nothing to commit, working tree clean"),
        // 2.23 has restore and switch.
        .init(
            ["git"], "  (use \"git checkout -- <file>...\" to discard{1}",
            "  (use \"git restore <file>...\" to discard{1}"),
        .init(
            ["git"], "  (use \"git reset HEAD <file>...\" to unstage{1}",
            "  (use \"git restore --staged <file>...\" to unstage{1}"),
        .init(
            ["git"], "  (use \"git rm --cached <file>...\" to unstage{1}",
            "  (use \"git restore --staged <file>...\" to unstage{1}"),
        // 2.19
        .init(["git"], "Counting objects: {1}", "Enumerating objects: {1}"),
        .init(["git"], "remote: Counting objects: {1}", "remote: Enumerating objects: {1}"),
        // init.defaultBranch, 2.28
        .init(["git"], "[master (root-commit) {1}", "[main (root-commit) {1}"),
        .init(["git"], "Your branch is up-to-date with {1}", "Your branch is up to date with {1}"),
    ]

    private static func decorated(_ start: String) -> KnownWording {
        .init(["git"], "{1} (\(start){2}) {3}", "{1} {3}")
    }

    /// Release notes of Docker Engine, BuildKit and Compose.
    private static let containers: [KnownWording] = [
        .init(["docker", "docker-compose"], " ⠿ {1}", " ✔ {1}"),
        .init(["docker", "docker-compose"], " ✓ {1}", " ✔ {1}"),
        .init(["docker", "docker-compose"], " - {1}", " ✔ {1}"), .init(["docker"], "[+] up {1}", "[+] Running {1}"),
        .init(["docker"], "{1}: Layer already exists", "{1}: Pushed"),
        .init(["docker"], "{1}: Mounted from {2}", "{1}: Pushed"),
        .init(["docker"], "{1}: Already exists", "{1}: Pull complete"),
        .init(["docker"], "{1}: Download complete", "{1}: Pull complete"),
        .init(["docker"], "Status: Image is up to date for {1}", "Status: Downloaded newer image for {1}"),
        .init(["docker"], " => CACHED {1}", " => {1}"), .init(["docker"], "{1} FINISHED{2}", "{1} FINISHED"),
    ]

    /// Kubernetes' changelogs.
    private static let kubernetes: [KnownWording] = [
        // 1.33
        .init(["kubectl"], "{1} deleted from {2} namespace", "{1} deleted"),
        // Groups moved from extensions to apps in 1.16.
        .init(["kubectl"], "deployment.extensions/{1}", "deployment.apps/{1}"),
        .init(["kubectl"], "deployment.extensions \"{1}", "deployment.apps \"{1}"),
        // Before 1.10
        .init(["kubectl"], "deployment \"{1}\" {2}", "deployment.apps/{1} {2}"),
        .init(["kubectl"], "deployment/{1}", "deployment.apps/{1}"),
        .init(["kubectl"], "service \"{1}\" created", "service/{1} created"),
        .init(["kubectl"], "service \"{1}\" exposed", "service/{1} exposed"),
        .init(["kubectl"], "pod \"{1}\" created", "pod/{1} created"),
        .init(["kubectl"], "namespace \"{1}\" created", "namespace/{1} created"),
        .init(["kubectl"], "configmap \"{1}\" created", "configmap/{1} created"),
        .init(["kubectl"], "secret \"{1}\" created", "secret/{1} created"),
    ]

    /// Release notes of npm, pip and pytest.
    private static let packages: [KnownWording] = [
        // npm 7
        .init(
            ["npm"], "added {1} packages from {2} contributors and audited {3} packages in {4}",
            "added {1} packages, and audited {3} packages in {4}"),
        .init(["npm"], "audited {1} packages in {2}", "up to date, audited {1} packages in {2}"),
        .init(["npm"], "npm WARN {1}", "npm warn {1}"), .init(["npm"], "npm ERR! {1}", "npm error {1}"),
        // Advisories are published later than pages.
        .init(["npm"], "{1} vulnerabilities ({2})", "found {1} vulnerabilities"),
        .init(["npm"], "{1} {2} severity vulnerability", "found {1} vulnerabilities"),
        .init(["npm"], "{1} {2} severity vulnerabilities", "found {1} vulnerabilities"),
        .init(["pip", "pip3"], "  Using cached {1}", "  Downloading {1}"),
        .init(["pytest", "python3", "python"], "collecting ... {1}", "{1}"),
    ]

    /// The changelogs of curl, iputils and tree.
    private static let network: [KnownWording] = [
        // curl 7.76 names the time, 7.87 the reason.
        .init(["curl"], "curl: (7) Failed to connect to {1} after {2}: {3}", "curl: (7) Failed to connect to {1}"),
        .init(["curl"], "curl: (7) Failed to connect to {1}: {2}", "curl: (7) Failed to connect to {1}"),
        .init(["curl"], "curl: (7) couldn't connect to host{1}", "curl: (7) Failed to connect to host{1}"),
        .init(["ping"], "{1} bytes from {2} ({3}): {4}", "{1} bytes from {3}: {4}"),
        .init(["tree"], "1 directory, {1}", "1 directories, {1}"),
    ]

    /// bash, dash and zsh say who speaks in ways of their own.
    private static let shells: [KnownWording] = [
        .init([], "-bash: {1}", "bash: {1}"), .init([], "bash: line {1}: {2}", "bash: {2}"),
        .init([], "sh: {1}: {2}: not found", "bash: {2}: command not found"),
        .init([], "zsh: command not found: {1}", "bash: {1}: command not found"),
        .init([], "zsh: permission denied: {1}", "bash: {1}: Permission denied"),
    ]

    private static let services: [KnownWording] = [
        // systemd 243 and 252
        .init(["systemctl", "service"], "* {1}", "● {1}"), .init(["systemctl", "service"], "○ {1}", "● {1}"),
        .init(["systemctl", "service"], "{1}; vendor preset: {2}", "{1}; preset: {2}"),
        .init(["kafka-topics.sh", "kafka-topics"], "{1}\tElr: {2}", "{1}"),
        .init(["ansible-playbook", "ansible"], "{1}    skipped=0    rescued=0    ignored=0", "{1}"),
    ]
}
