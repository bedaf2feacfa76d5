/// Lines by which shells and interactive programs say that what was typed into them went wrong.
///
/// A program that reads the terminal has no exit status for each line, so these lines are what there is to go by. Every
/// program is read by its own forms: `Error:` at the beginning of a line is an error of SQLite, and may be anything of
/// a program that isn't known.
enum ReportedErrors {
    /// The line that says best what went wrong; `nil` when none says so.
    ///
    /// - Parameter program: What read the terminal (at most 15 bytes of its name); `nil` for a shell.
    static func first(in text: String, by program: String?) -> String? {
        guard !text.isEmpty else { return nil }
        let lines = text.split(whereSeparator: \.isNewline)
        for family in families(of: program) {
            if let line = family.error(in: lines) { return String(line) }
        }
        return nil
    }

    /// The line by which a shell says that it found no such command, its own or that of a script.
    static func missingCommand(in text: String) -> String? {
        guard text.contains("not found") else { return nil }
        return text.split(whereSeparator: \.isNewline).first { line in
            line.hasSuffix(": command not found") && isOfShell(line)
                || line.hasSuffix(": not found") && isOfShell(line)
        }.map(String.init)
    }

    private static func families(of program: String?) -> [Family] {
        guard let program, !shells.contains(program) else { return [.shell] }
        // A client that hands everything on: what answers is another program, of whatever kind.
        if relays.contains(program) { return [.shell, .python, .javaScript, .mariaDB, .postgreSQL, .redis] }
        if let family = names.first(where: { program.hasPrefix($0.prefix) })?.family { return [family] }
        return [.python, .plain]
    }

    private static let shells: Set<String> = ["bash", "sh", "dash", "zsh", "fish", "ksh", "ash", "busybox", "rbash"]

    private static let relays: Set<String> = [
        "su", "sudo", "doas", "ssh", "script", "docker", "podman", "kubectl", "oc", "lxc", "nsenter", "chroot",
        "unshare",
        "screen", "tmux", "vagrant", "telnet", "runuser", "machinectl", "expect", "rlwrap",
    ]

    /// By the beginning of a program's name.
    private static let names: [(prefix: String, family: Family)] = [
        ("python", .python), ("ipython", .python), ("bpython", .python), ("pypy", .python),
        ("mariadb", .mariaDB), ("mysql", .mariaDB), ("psql", .postgreSQL), ("pgcli", .postgreSQL),
        ("sqlite", .sqlite), ("mongo", .javaScript), ("node", .javaScript), ("deno", .javaScript), ("bun", .javaScript),
        ("redis-cli", .redis), ("irb", .ruby), ("ruby", .ruby), ("pry", .ruby), ("php", .php), ("jshell", .jshell),
        ("java", .jshell), ("ghc", .haskell), ("julia", .julia), ("R", .r), ("cqlsh", .cassandra), ("lua", .lua),
        ("kfk", .plain), ("etcdctl", .plain),
    ]

    /// Programs that report errors in the same form.
    private enum Family {
        case shell, python, javaScript, mariaDB, postgreSQL, sqlite, redis, ruby, php, jshell, haskell, julia, r
        case cassandra, lua, plain

        func error(in lines: [Substring]) -> Substring? {
            if self == .python { return pythonError(in: lines) }
            return lines.first(where: reports)
        }

        private func reports(_ line: Substring) -> Bool {
            switch self {
            case .python: false
            case .shell: isOfShell(line) || isSystemError(line)
            case .javaScript:
                line.hasPrefix("Uncaught") || line.hasPrefix("uncaught exception") || beginsWithNamedError(line)
            case .mariaDB: line.hasPrefix("ERROR ") || line.hasPrefix("ERROR:")
            case .postgreSQL:
                ["ERROR:  ", "FATAL:  ", "PANIC:  ", "invalid command \\"].contains(where: line.hasPrefix)
                    || line.hasPrefix("psql:") && line.contains(" error: ")
                    || line.hasPrefix("\\") && line.contains(": error")
            case .sqlite:
                ["Error: ", "Parse error", "Runtime error", "Error near"].contains(where: line.hasPrefix)
            case .redis: line.hasPrefix("(error) ") || line.hasPrefix("Could not connect to Redis")
            case .ruby: line.contains("Error)") && line.contains(":in ") || line.hasPrefix("SyntaxError")
            case .php:
                line.hasPrefix("PHP Fatal error") || line.hasPrefix("PHP Parse error") || line.hasPrefix("Fatal error")
            case .jshell: line.hasPrefix("|  Error:") || line.hasPrefix("|  Exception ")
            case .haskell: line.hasPrefix("<interactive>:") && line.contains("error")
            case .julia: line.hasPrefix("ERROR: ")
            case .r: line.hasPrefix("Error in ") || line.hasPrefix("Error: ")
            case .cassandra:
                ["SyntaxException:", "InvalidRequest:", "Invalid syntax"].contains(where: line.hasPrefix)
            case .lua: line.hasPrefix("stdin:") || line.hasPrefix("lua: ")
            // A question may be before the error that answers what was typed at it.
            case .plain:
                line.hasPrefix("error: ") || line.hasPrefix("Error: ") || line.contains("] error: ")
                    || line.contains(": error: ")
            }
        }
    }

    /// The last line of a traceback: what comes before says where it happened.
    private static func pythonError(in lines: [Substring]) -> Substring? {
        guard
            let start = lines.firstIndex(where: {
                $0.contains("Traceback (most recent call last)") || $0.hasPrefix("  File \"<")
                    || $0.hasPrefix("  Cell In[")
            })
        else { return nil }
        return lines[start...].dropFirst().first { line in
            let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
            let rest = line.dropFirst(name.count)
            return name.last?.isLetter == true && name.first?.isWhitespace == false
                && (rest.isEmpty || rest.hasPrefix(": ")) && !line.hasPrefix(" ")
        } ?? lines[start]
    }

    /// `TypeError: x is not a function`, `MongoServerError[DuplicateKey]: …`
    private static func beginsWithNamedError(_ line: Substring) -> Bool {
        let name = line.prefix { $0.isLetter }
        guard name.first?.isUppercase == true, name.hasSuffix("Error") else { return false }
        var rest = line.dropFirst(name.count)
        if rest.first == "[", let end = rest.firstIndex(of: "]") { rest = rest[rest.index(after: end)...] }
        return rest.hasPrefix(":")
    }

    /// `bash: frob: command not found`, `sh: 3: frob: not found`, `./setup.sh: line 4: …`
    private static func isOfShell(_ line: Substring) -> Bool {
        let harmless = ["warning:", "no job control", "cannot set terminal process group"]
        if harmless.contains(where: line.contains) { return false }
        guard let colon = line.firstIndex(of: ":") else { return false }
        var name = line[..<colon]
        if name.hasPrefix("-") { name.removeFirst() }
        name = name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...]
        let rest = line[colon...].dropFirst()
        if shells.contains(String(name)) { return rest.hasPrefix(" ") && rest.count > 1 }
        guard !name.isEmpty, !name.contains(where: \.isWhitespace), rest.hasPrefix(" line ") else { return false }
        let number = rest.dropFirst(6).prefix { $0.isNumber }
        return !number.isEmpty && rest.dropFirst(6 + number.count).hasPrefix(": ")
    }

    /// `cat: /none: No such file or directory`: the name of a program, and what the system said.
    private static func isSystemError(_ line: Substring) -> Bool {
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, line[colon...].hasPrefix(": "),
            line[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || "_./+-".contains($0) })
        else { return false }
        return systemErrors.contains { line.hasSuffix(": " + $0) }
    }

    /// What the C library calls the errors that typed commands meet (strerror).
    private static let systemErrors = [
        "No such file or directory", "Permission denied", "Operation not permitted", "Is a directory",
        "Not a directory",
        "File exists", "Connection refused", "No such process", "Read-only file system", "Directory not empty",
        "Device or resource busy", "No space left on device", "Exec format error", "Too many levels of symbolic links",
        "Text file busy", "Invalid argument", "Name or service not known", "No route to host",
    ]
}
