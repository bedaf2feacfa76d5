import LessonMarkdown
import Lessons

/// Verify scripts that can't fail.
struct VerifyCheck: ScriptCheck {
    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        guard script.role == .verify, findings.wants(.verifyPassesEveryone) else { return }
        let source = script.source
        guard let shell = script.shell else {
            if source.trimmed(0..<source.bytes.count).isEmpty {
                report("the script is empty", at: 0..<0, source, &findings)
            }
            return
        }
        guard let last = shell.commands.last else {
            return report("the script has no command", at: 0..<0, source, &findings)
        }
        // What a line may bring about is only told of lines: a script of one long pipeline is left alone.
        let text = shell.commands.map(\.text)
        if text.contains(where: Self.canFail) { return }
        if let tails = Self.tails(of: text) {
            guard tails.allSatisfy(Self.succeeds) else { return }
        } else if !Self.succeeds(last.text) {
            return
        }
        let printsDone = Self.printsDone(source)
        if printsDone, text.contains(where: Self.isConditional) {
            report(
                "by its status the script lets everyone pass; only older players look for 'done'", at: last.range,
                source,
                &findings, severity: .warning)
        } else {
            report("the script ends with status 0 whatever it finds", at: last.range, source, &findings)
        }
    }

    private func report(
        _ message: String, at range: Range<Int>, _ source: SourceText, _ findings: inout Findings,
        severity: Severity? = nil
    ) {
        findings.add(
            .verifyPassesEveryone, at: range, of: source, message, remedy: "end the branch that fails with 'exit 1'",
            severity: severity)
    }

    private static func isConditional(_ line: String) -> Bool {
        line.hasPrefix("if ") || line.hasPrefix("if[") || line.contains("&&") || line.contains("||")
            || line.hasPrefix("while ") || line.hasPrefix("case ")
    }

    /// Whether the line may end the script with another status than 0.
    private static func canFail(_ line: String) -> Bool {
        for words in ShellText.simpleCommands(of: line) {
            let command = ShellText.program(of: words)
            switch command.first {
            case "exit", "return": if let status = command.dropFirst().first, status != "0" { return true }
            case "false", "trap", "source", ".", "exec": return true
            case "set":
                if command.dropFirst().contains(where: { $0.hasPrefix("-") && $0.contains("e") }) { return true }
            default: break
            }
        }
        return line.contains("errexit") || line.hasPrefix("exec ")
    }

    /// The last commands of the branches when the script ends with a conditional; `nil` when it doesn't.
    private static func tails(of lines: [String]) -> [String]? {
        guard let last = lines.last, last == "fi" || last.hasSuffix("; fi") || last.hasSuffix(";fi") else { return nil }
        if last != "fi" { return [last] }
        var depth = 0
        var tails: [String] = []
        for (index, line) in lines.enumerated().reversed() {
            if line == "fi" || line.hasPrefix("fi ") || line.hasPrefix("fi;") {
                depth += 1
                // A conditional inside is too much to follow.
                if depth > 1 { return [line] }
                tails.append(index > 0 ? lines[index - 1] : "")
            } else if depth == 1, line == "else" || line.hasPrefix("else ") || line.hasPrefix("elif ") {
                tails.append(index > 0 ? lines[index - 1] : "")
            } else if depth == 1, line.hasPrefix("if ") || line.hasPrefix("if[") {
                break
            }
        }
        return tails
    }

    /// Whether the line ends with status 0 for certain.
    private static func succeeds(_ line: String) -> Bool {
        let commands = ShellText.simpleCommands(of: line).filter { words in
            !["fi", "done", "esac", "}"].contains(words.first.map(String.init) ?? "")
        }
        guard !line.contains("&&"), !line.contains("||"), let last = commands.last else { return false }
        let command = ShellText.program(of: last)
        guard let program = command.first else { return last.allSatisfy { $0.contains("=") } && !line.contains("$(") }
        switch program {
        case "echo", "printf", "true", ":": return true
        case "exit", "return": return command.dropFirst().first == "0"
        default: return false
        }
    }

    /// `echo done`, with or without quotes, as a word.
    private static func printsDone(_ source: SourceText) -> Bool {
        var rest = 0..<source.bytes.count
        while let found = source.first(of: "echo", in: rest) {
            rest = found + 4..<source.bytes.count
            let word = source.bytes[rest].prefix(24).drop {
                $0.isBlank || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
            }
            let after = word.dropFirst(4).first ?? .lineFeed
            if word.starts(with: "done".utf8), !after.isLetter, !after.isDigit { return true }
        }
        return false
    }
}

/// The first line and the line ends of scripts.
struct ScriptFormCheck: ScriptCheck {
    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        let source = script.source
        lineEnds(source, &findings)
        guard script.role == .verify || script.role == .background, let shell = script.shell, !shell.hasShebang,
            let first = shell.commands.first
        else { return }
        let bash = shell.commands.lazy.compactMap { command in
            Self.bashWord(in: command.text).map { ($0, command.range) }
        }.first
        if let (word, range) = bash {
            findings.add(
                .noShebang, at: range, of: source,
                "'\(word)' needs bash, and no first line asks for it: where the platform starts the script with 'sh' it fails",
                remedy: "begin the file with '#!/bin/bash'", severity: .warning)
        } else {
            findings.add(
                .noShebang, at: first.range, of: source,
                "the \(script.role.rawValue) script has no first line that says by what it is run",
                remedy: "begin the file with '#!/bin/bash'")
        }
    }

    private func lineEnds(_ source: SourceText, _ findings: inout Findings) {
        guard findings.wants(.crlfScript), let first = source.bytes.firstRange(of: [.carriageReturn, .lineFeed]) else {
            return
        }
        var edits: [(Range<Int>, String)] = []
        for number in 0..<source.lineCount - 1 where source.lineStarts[number + 1] - source.lineEnds[number] == 2 {
            edits.append((source.lineEnds[number]..<source.lineEnds[number] + 1, ""))
        }
        findings.add(
            .crlfScript, at: first.lowerBound..<first.lowerBound, of: source,
            "the lines end with a carriage return, which the shell takes for part of the last word",
            remedy: "save the file with line ends of Unix", fix: ("remove the carriage returns", edits))
    }

    /// What dash doesn't know.
    private static func bashWord(in line: String) -> String? {
        for words in ShellText.simpleCommands(of: line) {
            switch ShellText.program(of: words).first {
            case "[[": return "[["
            case "source": return "source"
            case "function": return "function"
            case "declare": return "declare"
            case "mapfile": return "mapfile"
            case "pushd": return "pushd"
            case "shopt": return "shopt"
            default: break
            }
            if words.first == "set", words.contains("pipefail") { return "set -o pipefail" }
        }
        if line.contains("<<<") { return "<<<" }
        if line.contains("=("), !line.contains("'") { return "=(" }
        return nil
    }
}

/// Programs that fetch from the internet.
struct InternetCheck: PageCheck, ScriptCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard findings.wants(.needsInternet) else { return }
        var seen: Set<String> = []
        for (index, macro) in page.outline.macros.enumerated() {
            guard case .action(let number, _) = macro.meaning, page.page.actions.indices.contains(number) else {
                continue
            }
            let action = page.page.actions[number]
            guard action.kind == .execute || action.kind == .interrupt else { continue }
            for program in Self.programs(in: action.text) where seen.insert(program).inserted {
                // From the macro before to this one, which holds the code and little else.
                let start = Findings.offset(of: action.place, in: page.source) ?? macro.range.lowerBound
                _ = index
                report(program, in: start..<max(start, macro.range.lowerBound), of: page.source, &findings)
            }
        }
    }

    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.needsInternet), let shell = script.shell else { return }
        var seen: Set<String> = []
        for command in shell.commands {
            for program in Self.programs(in: command.text) where seen.insert(program).inserted {
                report(program, in: command.range, of: script.source, &findings)
            }
        }
    }

    private func report(_ program: String, in range: Range<Int>, of source: SourceText, _ findings: inout Findings) {
        let first = program.prefix { $0 != " " }
        let found = source.bytes[range].firstRange(of: Array(first.utf8))
        findings.add(.needsInternet, at: found ?? range, of: source, "'\(program)' fetches from the internet")
    }

    /// What fetches, as `program subcommand`.
    static func programs(in text: String) -> [String] {
        var programs: [String] = []
        for words in ShellText.simpleCommands(of: text) {
            let command = ShellText.program(of: words)
            guard let program = command.first else { continue }
            let arguments = command.dropFirst()
            // Options may stand before the subcommand.
            let verb = arguments.first { !$0.hasPrefix("-") } ?? ""
            let verbs: Set<Substring>
            switch program {
            case "curl", "wget":
                if arguments.contains(where: isWorldURL) { programs.append(String(program)) }
                continue
            case "apt", "apt-get", "yum", "dnf", "snap", "brew", "pip", "pip3", "gem", "cargo", "apk", "zypper",
                "conda":
                verbs = ["install", "update", "add", "upgrade", "download"]
            case "npm", "yarn", "pnpm": verbs = ["install", "i", "ci", "add", "create"]
            case "npx": verbs = [verb]
            case "git": verbs = ["clone"]
            case "docker", "podman", "nerdctl", "crictl": verbs = ["pull"]
            case "go": verbs = ["get", "install"]
            case "helm":
                guard verb == "repo", arguments.contains("add") else { continue }
                verbs = ["repo"]
            case "kubectl", "oc":
                guard verb == "apply" || verb == "create", arguments.contains(where: isWorldURL) else { continue }
                verbs = [verb]
            default: continue
            }
            if verbs.contains(verb), verb != "clone" || arguments.contains(where: isRemote) {
                programs.append("\(program) \(verb)")
            }
        }
        return programs
    }

    private static func isRemote(_ word: Substring) -> Bool { isWorldURL(word) || word.hasPrefix("git@") }

    /// Whether the word is a URL of a host beyond the machine.
    private static func isWorldURL(_ word: Substring) -> Bool {
        guard let start = word.firstRange(of: "://")?.upperBound, word.contains("http") else { return false }
        let host = word[start...].prefix { $0 != "/" && $0 != ":" && $0 != "\"" && $0 != "'" && $0 != "?" }
        guard host.contains("."), !host.contains("$"), !host.contains("["), !host.contains("{"), !host.contains("<")
        else {
            return false
        }
        if host.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) { return false }
        let last = host.split(separator: ".").last?.lowercased() ?? ""
        return !["local", "internal", "svc", "example", "test", "localhost", "lan"].contains(last)
            && !host.hasSuffix("example.com") && !host.hasSuffix("nip.io") && !host.hasSuffix("xip.io")
    }
}
