import LessonMarkdown
import Lessons

/// Programs that fetch from the internet.
struct InternetCheck: PageCheck, ScriptCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard findings.wants(.needsInternet) else { return }
        var seen: Set<String> = []
        for macro in page.outline.macros {
            guard case .action(let number, _) = macro.meaning, page.page.actions.indices.contains(number) else {
                continue
            }
            let action = page.page.actions[number]
            guard action.kind == .execute || action.kind == .interrupt else { continue }
            for program in Self.programs(in: action.text) where seen.insert(program).inserted {
                let start = page.source.offset(of: action.place) ?? macro.range.lowerBound
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
        let found = source.firstRange(of: first, in: range)
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
        let bytes = word.utf8.span
        guard let scheme = bytes.firstOffset(of: "://"), bytes.contains("http") else { return false }
        let start = word.utf8.index(word.startIndex, offsetBy: scheme + 3)
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
