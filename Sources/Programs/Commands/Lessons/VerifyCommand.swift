import ArgumentParser
import LessonReports
import LessonVerification
import Lessons

/// `lectern verify`: does the lesson tell the truth?
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run lessons step by step and compare what they print with the samples on the page.",
        discussion: """
            Stands up the lab that the lesson names, seeds it, types every command into a real terminal, and takes the lab \
            down again. Exit status: 0 verified, 1 a step failed, 2 it could not be told.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.") var paths: [String]
    @OptionGroup var options: LessonRunOptions
    @Option(
        help: ArgumentHelp(
            "Record every terminal (asciicast 2), a file each; several lessons get a directory each.",
            valueName: "directory"))
    var record: String?
    @Flag(help: "Print the outcome as JSON instead of text.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let runs = try options.runs(of: paths, console: console, isQuiet: json)
        let recordings = try record.map { try RecordingDirectory(path: $0) }
        var outcomes: [ScenarioOutcome] = []
        for (var run, name) in zip(runs, Self.names(of: runs.map(\.scenario)))
        where !outcomes.contains(where: \.interrupted) {
            run.recordings = runs.count == 1 ? recordings : try recordings?.directory(named: name)
            outcomes.append(await run.outcome())
        }
        let report = JSONReport(outcomes)
        if json { console.document(try report.jsonText()) }
        if !json, outcomes.count > 1 {
            console.result(TerminalReport().summary(of: outcomes))
        }
        if Task.isCancelled {
            guard let interrupted = outcomes.first(where: \.interrupted) else {
                throw Interruption.Stop("when the lesson was through; what it showed stands")
            }
            // The text has said where it stood.
            throw Interruption.Stop(json ? interrupted.standing : nil)
        }
        switch report.verdict {
        case .passed: return
        case .failed: throw ExitCode(1)
        case .undecided, .notRun: throw ExitCode(2)
        }
    }
}

extension VerifyCommand {
    /// The last part of each scenario's path, with a number where one comes again.
    private static func names(of scenarios: [Scenario]) -> [String] {
        var taken: Set<String> = []
        return scenarios.map { scenario in
            let last = scenario.directory.split(separator: "/").last.map(String.init) ?? ""
            let base = last.isEmpty || last == "." || last == ".." ? "lesson" : last
            var name = base
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(base)-\(number)"
            }
            return name
        }
    }
}
