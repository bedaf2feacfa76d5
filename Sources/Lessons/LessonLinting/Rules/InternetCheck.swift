import Diagnostics
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
    private static func programs(in text: String) -> [String] {
        ShellCommands.simple(in: text).map(ShellCommands.program).compactMap(CommandNeed.fetching)
    }
}
