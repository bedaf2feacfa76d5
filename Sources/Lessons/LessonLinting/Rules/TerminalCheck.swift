import Diagnostics
import LessonMarkdown
import Lessons

/// Which terminal a command goes to.
struct TerminalCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        var numbered: Int?
        var isTold = false
        var held: [Int: (program: String, line: Int, end: Int)] = [:]
        var edited: [Int: (program: Substring, line: Int)] = [:]
        var current = 1
        for macro in page.outline.macros {
            guard case .action(let index, _) = macro.meaning, page.page.actions.indices.contains(index) else {
                continue
            }
            let action = page.page.actions[index]
            if action.kind == .copy || action.kind == .open { continue }
            // Hosts have terminals of their own, by another count.
            if action.host != nil { continue }
            if let terminal = action.terminal {
                // After T1 both readings of a bare macro lead to T1.
                numbered = terminal > 1 ? terminal : nil
                isTold = false
            } else if let numbered, !isTold {
                isTold = true
                findings.add(
                    .ambiguousTerminal, at: macro.range, of: page.source,
                    "it is unclear which terminal this goes to, after one for T\(numbered)",
                    remedy: "name the terminal, such as '{{execute T1}}'")
            }
            current = action.terminal ?? current
            if action.kind == .interrupt || action.kind == .keys {
                held[current] = nil
            } else if let (program, line, end) = held[current] {
                held[current] = nil
                findings.add(
                    .blockedTerminal, at: macro.range, of: page.source,
                    "'\(program)' of line \(line) is still running in this terminal, so the command is not run",
                    remedy: "write '{{execute interrupt}}', or give it another terminal",
                    severity: Self.tellsToInterrupt(page.source, end..<max(end, macro.range.lowerBound)) ? .note : nil)
            }
            if let (program, line) = edited.removeValue(forKey: current), action.kind == .execute, action.pressesReturn,
                ShellCommands.isLikely(action.text)
            {
                findings.add(
                    .blockedTerminal, at: macro.range, of: page.source,
                    "'\(program)' of line \(line) is still open in this terminal and receives the command",
                    remedy:
                        "leave it with a macro before this one, such as '{{execute ctrl-seq}}' after '^ESC' and ':q!'",
                    severity: .note)
            }
            if action.pressesReturn {
                edited[current] = Self.editor(in: action.text).map { ($0, action.place.line) }
            }
            if let program = Self.holder(in: action.text), action.pressesReturn {
                held[current] = (program, action.place.line, macro.range.upperBound)
            }
        }
    }

    /// Whether the page asks the reader to press Ctrl-C there; a run by machine still needs the macro.
    private static func tellsToInterrupt(_ source: SourceText, _ range: Range<Int>) -> Bool {
        source.first(of: "ctrl", in: range) != nil || source.first(of: "control", in: range) != nil
    }

    /// The editor that a text opens with its last command.
    private static func editor(in text: String) -> Substring? {
        guard let words = ShellCommands.simple(in: text).last.map(ShellCommands.program) else { return nil }
        return words.first.flatMap { ["vi", "vim", "nvim", "nano", "pico", "emacs"].contains($0) ? $0 : nil }
    }

    /// The program that keeps the terminal, when the text ends with one.
    static func holder(in text: String) -> String? {
        let line = text.split(separator: "\n").last.map { $0.trimmingWhite } ?? ""
        guard let last = line.split(separator: ";").last,
            let words = ShellCommands.simple(in: last).last.map(ShellCommands.program),
            let holder = holder(among: words)
        else { return nil }
        let bytes = line.utf8.span
        // What is piped into `head` ends.
        if line.hasSuffix("&") || bytes.contains("timeout ") || last.contains("| head") || last.contains(">/dev") {
            return nil
        }
        return ShellText.heredoc(in: text) == nil ? holder : nil
    }

    /// The program that keeps the terminal, from a command's words.
    private static func holder(among words: ArraySlice<Substring>) -> String? {
        guard let program = words.first else { return nil }
        let arguments = words.dropFirst()
        func has(_ options: Substring...) -> Bool { arguments.contains { options.contains($0) } }
        switch program {
        case "tail":
            return has("-f", "-F", "--follow") || arguments.contains { $0.hasPrefix("-") && $0.hasSuffix("f") }
                ? "tail -f" : nil
        case "watch": return "watch"
        case "kubectl", "oc", "k":
            if arguments.first == "port-forward" || arguments.first == "proxy" {
                return "\(program) \(arguments.first ?? "")"
            }
            if arguments.first == "get", has("-w", "--watch") { return "\(program) get -w" }
            // The log of a build or a job ends with it.
            let isFinite = program == "oc" || arguments.contains { $0.contains("job") || $0.contains("build") }
            return arguments.first == "logs" && has("-f", "--follow") && !isFinite ? "\(program) logs -f" : nil
        case "docker", "podman", "docker-compose":
            return arguments.contains("logs") && has("-f", "--follow") ? "\(program) logs -f" : nil
        case "journalctl": return has("-f", "--follow") ? "journalctl -f" : nil
        case "python", "python3": return has("http.server", "SimpleHTTPServer") ? "\(program) -m http.server" : nil
        default: return nil
        }
    }
}
