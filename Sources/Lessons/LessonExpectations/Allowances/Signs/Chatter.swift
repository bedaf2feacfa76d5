/// Lines that tools add and authors leave out: warnings, hints, progress, headers and counts.
///
/// None of them says what came of the command. A line that reports an error is never one of them.
struct Chatter: Sendable {
    let program: CommandLine
    /// The sample or the output begins as an answer of HTTP does.
    var isHTTP = false

    func isChatter(_ line: TextLine) -> Bool {
        isRemark(line) || Self.isCount(line.text.dropFirst(line.indent)) || Self.isAdvice(line)
    }

    /// Chatter that holds no count.
    func isRemark(_ line: TextLine) -> Bool {
        guard let first = line.tokens.first else { return true }
        let bytes = line.bytes.dropFirst(line.indent).map(\.lowered)
        if Self.prefixes.isFound(in: bytes, at: 0) || Self.warnings.isFound(in: bytes) { return true }
        if case .rule = first.kind, line.tokens.count == 1 { return true }
        if isTrace(line) || Self.isMarks(line) || Self.isProgress(bytes) || Self.isQuestion(bytes) { return true }
        let text = line.text.dropFirst(line.indent)
        return isEcho(text) || isOfTool(String(text))
    }

    /// What a line of advice, warning or progress begins with, in lower case; a comma or the end of a line between.
    private static let prefixes = Needles(
        list: """
            warning:, [warning], warn:, [warn], npm warn, npm notice, note:, notice:, [notice], hint:, tip:, [info], info:
            deprecat, (node:, (use `node, looking in, downloading, using cached, unable to find image, pulling, defaulted container
            mysql: [warning], defaulting to, remote:, picked up, % reading, % reached end, % auto-selecting, % total, dload, bye
            collecting ..., debconf:, get:, hit:, ign:, fetched, reading package lists, building dependency, reading state information
            selecting previously, preparing to unpack, unpacking, processing triggers, (reading database, scanning, no vm guests
            no containers need, no services need, running kernel, to upgrade run, to update run, run `npm, npm audit, to address
            created directory, cached, resolving, connecting to, saving to, length:, last login:, updating crates, locking, blocking
            progress, wrote profile, using default tag, docker.io/library/, tar: removing leading, processed a total of, node.js v
            * tcp_nodelay, * mark bundle, make[, make: entering, make: leaving, the authenticity of host, this key is not known
            http request sent, view build details, what's next, psql (, sqlite version, enter ".help", type ", type ', welcome to
            reading table information, you can turn off, copyright (c), server version:, your mysql connection, your mariadb connection
            * serving flask app, * debug mode, * environment:, starting a gradle daemon, go: downloading, go: finding, yarn run v, done in, found 1 pods
            (use "git, active internet connections, active unix domain sockets, gpg: checking, gpg: marginals, gpg: next trustdb
            current mongosh log id, using mongodb, using mongosh, for mongosh info, timing is on, you are now connected
            """)
    private static let warnings = Needles(["warning: "])

    /// The command itself, printed before what it prints: `+ make`, `> site@1.0.0 build`, `$ ls`.
    private func isEcho(_ text: Substring) -> Bool {
        let plain = Self.letters(text)
        guard !plain.isEmpty else { return false }
        if text.hasPrefix("> ") || text.hasPrefix("+ ") || text.hasPrefix("$ ") { return true }
        return plain.count >= 4 && plain == Self.letters(program.text[...])
    }

    private static func letters(_ text: Substring) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// `^^^^^` below a place in a program, `----` between things.
    private static func isMarks(_ line: TextLine) -> Bool {
        line.bytes.allSatisfy { $0.isBlank || Array("^~-=_*#|+.'`".utf8).contains($0) }
            && !line.bytes.contains(UInt8(ascii: "|"))
            && line.bytes.count { !$0.isBlank } >= 2
    }

    /// A bar, or an amount of an amount with a rate.
    private static func isProgress(_ lowered: Bytes) -> Bool {
        bars.isFound(in: lowered) && lowered.contains(where: \.isDigit)
    }

    private static let bars = Needles(["━━━", "███", "###", "===>", "=====", "[=", "[#", "eta ", " eta", "--:--:--"])

    /// `3 directories, 2 files`, `(2 rows)`, `2 rows in set`, `real 0m0.01s`: a count or a time at the end.
    private static func isCount(_ text: Substring) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard let first = words.first, words.count <= 8 else { return false }
        if ["real", "user", "sys", "elapsed", "total"].contains(first), words.count <= 4,
            text.contains(where: \.isNumber)
        {
            return true
        }
        guard first.allSatisfy(\.isNumber), words.count >= 2 else { return false }
        let units: Set<Substring> = [
            "directories", "directory", "files", "file", "rows", "row", "packages", "items", "entries", "objects",
            "records",
            "lines", "results", "documents", "matches",
        ]
        return words.filter { units.contains($0) }.count * 2 >= words.filter { !$0.allSatisfy(\.isNumber) }.count
            || words.count > 2 && words[2] == "in" && units.contains(words[1])
    }

    /// What `curl -v` tells of the connection, in other words in each version: `* Mark bundle as not supporting multiuse`.
    func isTrace(_ line: TextLine) -> Bool {
        line.bytes.has("* ", at: 0) && program.runs("curl") && !ErrorSigns.isError(line.bytes[...])
    }

    /// `3 rows in set (0.00 sec)`, `(1 row)`, as clients of databases count below a table.
    static func isRowCount(_ text: String) -> Bool {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.count >= 2 && words[0].allSatisfy(\.isNumber) && ["row", "rows"].contains(words[1])
            && (words.count == 2 || words[2] == "in")
    }

    /// A question that is answered at once: `Enter passphrase (empty for none): `, `Continue? [Y/n]`.
    private static func isQuestion(_ lowered: Bytes) -> Bool {
        if lowered.has("overwrite", at: 0) { return false }
        return lowered.has("enter ", at: 0) && lowered.contains(UInt8(ascii: ":")) || lowered.has("password:", at: 0)
            || lowered.has("are you sure", at: 0) || answers.isFound(in: lowered)
    }

    private static let answers = Needles(["[y/n]", "(y/n)", "(yes/no"])

    private func isOfTool(_ text: String) -> Bool {
        isHTTP && Self.isHeader(text) || isOfTests(text) || isOfContainers(text) || isOfCompiler(text)
            || isOfService(text) || isOfList(text)
            || Self.isRequest(text)
    }

    /// `press h + enter to show help`, `  run "npm fund" for details`
    private static func isAdvice(_ line: TextLine) -> Bool {
        let lowered = line.bytes.map(\.lowered)
        if presses.isFound(in: lowered) { return invitations.isFound(in: lowered) }
        let text = line.text
        return text.hasSuffix("for details") || text.hasSuffix("looking for funding")
    }

    private static let presses = Needles(["press "])
    private static let invitations = Needles([" to quit", " to show", " to exit", " to stop"])

    /// What programs say around a list, and the search itself in a list of processes.
    private func isOfList(_ text: String) -> Bool {
        if program.runs("ps"), program.runs("grep") { return text.contains(" grep ") }
        if program.runs("rabbitmqctl") { return text.hasPrefix("Timeout: ") || text.hasPrefix("Listing ") }
        if program.runs("dpkg") { return text.hasPrefix("|") || text.hasPrefix("Desired=") }
        return program.runs("go") && text.hasPrefix("? ") && text.hasSuffix("[no test files]")
    }

    /// What pytest says of itself before it begins, and the suites of Cargo that hold no test.
    private func isOfTests(_ text: String) -> Bool {
        if program.runs("cargo") {
            return text.hasPrefix("Doc-tests ") || text == "running 0 tests"
                || text.hasPrefix("test result: ok. 0 passed; 0 failed")
        }
        if text.hasPrefix("Test Suites: ") || text.hasPrefix("Snapshots: ") || text.hasPrefix("Ran all test suites") {
            return program.runs("npm", "npx", "yarn", "jest") && !text.contains("failed")
        }
        guard program.runs("pytest", "python3", "python") else { return false }
        return [
            "rootdir:", "plugins:", "cachedir:", "configfile:", "hypothesis profile", "benchmark:", "testpaths:",
            "asyncio:",
        ].contains(where: text.hasPrefix)
    }

    /// Layers on their way, and steps that are not the last of a service.
    private func isOfContainers(_ text: String) -> Bool {
        guard program.isCompose || program.runs("docker", "podman") else { return false }
        if text.hasPrefix("[+]") { return Self.isAllOfAll(text) }
        let steps = [
            "Pulled", "Pull complete", "Pulling", "Already exists", "Download complete", "Verifying Checksum",
            "Pulling fs layer",
            "Waiting", "Built", "Building", "Creating", "Starting", "Stopping", "Removing", "Recreate", "Preparing",
        ]
        let words = text.split(separator: " ").filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
        return steps.contains { words.hasSuffix($0) } || text.hasPrefix("Digest: ") || text.hasPrefix("Status: ")
            || text.contains("Pull complete") || text.contains("Pulled") || text.contains("Pulling")
            || text.hasPrefix("#")
    }

    /// The lines of a program that a compiler shows below a message: `    3 |   foo()`, `      |   ^~~`.
    private func isOfCompiler(_ text: String) -> Bool {
        guard program.runs("gcc", "g++", "cc", "clang", "clang++", "make", "rustc", "cargo"),
            let bar = text.firstIndex(of: "|")
        else { return false }
        return text[..<bar].allSatisfy { $0.isNumber || $0 == " " }
    }

    /// Figures of a service that some versions of systemd show.
    private func isOfService(_ text: String) -> Bool {
        program.runs("systemctl", "service")
            && [
                "CPU:", "Memory:", "Tasks:", "Docs:", "TriggeredBy:", "CGroup:", "Drop-In:", "Invocation:", "FD Store:",
                "IP:",
            ]
            .contains(where: text.hasPrefix)
    }

    /// `Connection: keep-alive`
    static func isHeader(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return false }
        return text[..<colon].allSatisfy { $0.isLetter || $0 == "-" }
    }

    /// `[+] Running 3/3`
    private static func isAllOfAll(_ text: String) -> Bool {
        text.split(separator: " ").contains { word in
            let parts = word.split(separator: "/")
            return parts.count == 2 && parts[0] == parts[1] && parts[0].allSatisfy(\.isNumber)
        }
    }

    /// A request that a server notes: `127.0.0.1 - - [30/Nov/2026 …`.
    static func isRequest(_ text: String) -> Bool { text.contains(" - - [") }
}
