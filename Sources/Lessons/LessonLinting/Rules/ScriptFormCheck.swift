import Diagnostics
import LessonMarkdown
import Lessons

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
                "'\(word)' needs bash, but the script has no '#!' line: it fails where the platform runs it with 'sh'",
                remedy: "begin the file with '#!/bin/bash'", severity: .warning)
        } else {
            findings.add(
                .noShebang, at: first.range, of: source,
                "the \(script.role.rawValue) script has no '#!' line",
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
            "the lines end with a carriage return, which the shell reads as part of the last word",
            remedy: "save the file with Unix line endings", fix: ("remove the carriage returns", edits))
    }

    /// What dash doesn't know.
    private static func bashWord(in line: String) -> String? {
        for words in ShellCommands.simple(in: line) {
            switch ShellCommands.program(of: words).first {
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
