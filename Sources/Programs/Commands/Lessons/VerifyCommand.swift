import ArgumentParser
import Diagnostics
import HostFiles
import LessonReports
import LessonVerification
import Lessons

/// `lectern verify`: does the lesson tell the truth?
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run lessons step by step and compare what they print with the samples on the page.",
        discussion: """
            Starts the lab that the lesson names, seeds it, types every command into a real terminal, and takes the lab \
            down again. Exit status: 0 all verified, 1 a step failed, 2 something is inconclusive: a lesson could not be read, \
            its lab broke, or there was nothing to verify. Of several lessons 2 counts before 1. --json prints a document \
            whatever happens.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.", completion: .file())
    var paths: [String]
    @OptionGroup var options: LessonRunOptions
    @Option(
        help: ArgumentHelp(
            "Record every terminal (asciicast 2), a file each; several lessons get a directory each.",
            valueName: "directory"),
        completion: .directory)
    var record: String?
    @Flag(
        help: ArgumentHelp(
            "Go on after a step that failed.",
            discussion: """
                A later failure that names a file, a directory or anything else that an earlier one names too is reported as \
                its consequence. A script that fails still ends the run.
                """))
    var keepGoing = false
    @Flag(help: "Print the outcome as JSON instead of text.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let runs = try options.runs(of: paths, console: console, isQuiet: json)
        let recordings = try record.map { try RecordingDirectory(path: $0) }
        var outcomes: [ScenarioOutcome] = []
        for (planned, name) in zip(runs, Self.names(of: runs.map(\.path))) {
            guard !outcomes.contains(where: \.interrupted) else {
                outcomes.append(planned.notBegun)
                continue
            }
            switch planned {
            case .impossible(let outcome):
                console.problem(of: outcome)
                outcomes.append(outcome)
            case .lesson(var run):
                run.keepsGoing = keepGoing
                run.recordings = runs.count == 1 ? recordings : try recordings?.directory(named: name)
                outcomes.append(await run.outcome())
            }
        }
        let report = JSONReport(outcomes)
        if json { console.document(try report.jsonText()) }
        if !json, outcomes.count > 1 { console.result(TerminalReport().summary(of: outcomes)) }
        if Task.isCancelled {
            guard let interrupted = outcomes.first(where: \.interrupted) else {
                throw Interruption.Stop("after the lesson had finished; its result is complete")
            }
            // The text has said where it stood.
            throw Interruption.Stop(json ? interrupted.position : nil)
        }
        switch report.verdict {
        case .passed: return
        case .failed: throw ExitCode(1)
        case .inconclusive, .notRun: throw ExitCode(2)
        }
    }
}

extension VerifyCommand {
    /// The last part of each lesson's path, with a number where one comes again.
    private static func names(of paths: [String]) -> [String] {
        var taken: Set<String> = []
        return paths.map { path in
            let last = path.split(separator: "/").last.map(String.init) ?? ""
            let base = FileName.isUsable(last) ? last : "lesson"
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
