import Diagnostics
import LessonMarkdown
import Lessons

/// Verify scripts that can't fail.
struct VerifyCheck: ScriptCheck {
    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        guard script.role == .verify, findings.wants(.verifyPassesEveryone) else { return }
        let source = script.source
        guard let shell = script.shell else {
            if source.trimmed(0..<source.bytes.count).isEmpty {
                report("the script is empty", at: 0..<0, in: source, &findings)
            }
            return
        }
        guard let last = shell.commands.last else {
            return report("the script has no command", at: 0..<0, in: source, &findings)
        }
        // What a line may bring about is only told of lines: a script of one long pipeline is left alone.
        let text = shell.commands.map(\.text)
        if text.contains(where: Self.canFail) { return }
        if let tails = Self.tails(of: text) {
            guard tails.allSatisfy(Self.succeeds) else { return }
        } else if !Self.succeeds(last.text) {
            return
        }
        if CompletionWord.isEchoed(by: source.string(0..<source.bytes.count)), text.contains(where: Self.isConditional)
        {
            report(
                "by its status the script passes everyone; only older players look for 'done'", at: last.range,
                in: source, &findings, severity: .warning)
        } else {
            report("the script ends with status 0 whatever it finds", at: last.range, in: source, &findings)
        }
    }

    private func report(
        _ message: String, at range: Range<Int>, in source: SourceText, _ findings: inout Findings,
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
        for words in ShellCommands.simple(in: line) {
            let command = ShellCommands.program(of: words)
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
        let commands = ShellCommands.simple(in: line).filter { words in
            !["fi", "done", "esac", "}"].contains(words.first.map(String.init) ?? "")
        }
        guard !line.contains("&&"), !line.contains("||"), let last = commands.last else { return false }
        let command = ShellCommands.program(of: last)
        guard let program = command.first else { return last.allSatisfy { $0.contains("=") } && !line.contains("$(") }
        switch program {
        case "echo", "printf", "true", ":": return true
        case "exit", "return": return command.dropFirst().first == "0"
        default: return false
        }
    }
}
