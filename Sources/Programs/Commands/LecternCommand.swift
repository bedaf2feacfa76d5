public import ArgumentParser
import Diagnostics
import Glibc
import Labs
import Lessons

/// The command line of `lectern`.
///
/// Exit status: 0 verified, 1 a step failed, 2 inconclusive, 64 the command line was wrong, 130 interrupted (143 by SIGTERM,
/// 129 by SIGHUP). Of several lessons' verdicts, inconclusive counts before failed.
public struct LecternCommand: AsyncParsableCommand {
    /// The name, the version and the commands, in the order in which help lists them.
    public static let configuration = CommandConfiguration(
        commandName: "lectern",
        abstract:
            "Stands up the environment of a hands-on lesson and verifies that its steps print what the page shows.",
        discussion: "Start with: lectern verify scenarios/cqrs-event-driven",
        version: "0.1.0",
        subcommands: [
            VerifyCommand.self, UpdateCommand.self, UpCommand.self, StatusCommand.self, ShellCommand.self,
            SeedCommand.self, ResetCommand.self, RestartCommand.self, LogsCommand.self, DownCommand.self,
            NewCommand.self, LintCommand.self,
            InspectCommand.self, MatchCommand.self, RenderCommand.self, ImportCommand.self, ImagesCommand.self,
            DoctorCommand.self, SuperviseCommand.self,
        ])

    /// For the argument parser.
    public init() {}

    /// Runs the command line and ends the process with an honest exit status.
    public static func run() async -> Never {
        // A reader that closed its end (`lectern … | head`) must not keep a lab from being taken down.
        signal(SIGPIPE, SIG_IGN)
        // A supervisor takes its lab down by itself when a signal tells it to: a second handler of the same signal would take
        // the place of its own.
        let isSupervisor = CommandLine.arguments.dropFirst().first == SuperviseCommand.configuration.commandName
        var status =
            isSupervisor
            ? (try? await execute()) ?? 2 : await Interruption.statusOf { try await execute() }
        if Console.hasLostResult {
            Console(progress: .auto).problem(
                "the result cannot be written to standard output\n  try: check free disk space")
            if status == 0 { status = 2 }
        }
        Glibc.exit(status)
    }

    private static func execute() async throws -> Int32 {
        do {
            try refuseUnknownCommand()
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let exit as ExitCode {
            return exit.rawValue
        } catch let stop as Interruption.Stop {
            if let position = stop.position { Console(progress: .auto).problem("interrupted \(position)") }
            FailureDocument.print(problem: "interrupted \(stop.position ?? "by the user")", remedy: nil)
            throw CancellationError()
        } catch let error as any UserFacingError {
            // What was cut off failed for no other reason.
            if Task.isCancelled { throw cutOff() }
            let console = Console(progress: .auto)
            console.report(log: (error as? LabError)?.logTail ?? "")
            console.problem(error.description)
            FailureDocument.print(problem: error.problem, remedy: error.remedy)
            return 2
        } catch is CancellationError {
            throw cutOff()
        } catch {
            // Help, version and usage errors have their own texts and statuses.
            let status = exitCode(for: error).rawValue
            let text = fullMessage(for: error)
            let console = Console(progress: .auto)
            guard status != 0 else {
                console.document(text)
                return 0
            }
            console.report(StyledText(text))
            FailureDocument.print(problem: message(for: error), remedy: "lectern --help")
            return status == 1 ? 2 : status
        }
    }

    /// The parser takes a mistyped command for an argument too many.
    private static func refuseUnknownCommand() throws {
        let commands = configuration.subcommands.map { $0.configuration }
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), word != "help",
            !commands.contains(where: { $0.commandName == word })
        else { return }
        let known = commands.filter(\.shouldDisplay).compactMap(\.commandName)
        let hint = nearestName(to: word, among: known).map { "did you mean '\($0)'?" } ?? "'lectern --help' lists them"
        throw ValidationError("there is no command '\(word)'; \(hint)")
    }

    private static func cutOff() -> CancellationError {
        Console(progress: .auto).problem("interrupted")
        FailureDocument.print(problem: "interrupted", remedy: nil)
        return CancellationError()
    }
}
