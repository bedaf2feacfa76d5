import ArgumentParser
import Diagnostics
import LabControlClient
import LabProvisioning
import Lessons

/// `lectern seed`: more data for a lab that is running.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Fill a running lab with data, by the seed command of its Compose file.",
        discussion: """
            The names and their meaning are those of the lab's own seed command, which is given each as '--NAME VALUE': \
            'lectern seed rows=25 seed=7'. What it prints is printed. A reset seeds the lab again in the same way.
            """)

    @Argument(help: "What the seed command is asked for, as NAME=VALUE.", transform: SeedCommand.parameter)
    var parameters: [Seeding.Parameter] = []
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard parameters.count <= Seeding.maxParameters else {
            throw ValidationError("at most \(Seeding.maxParameters) values can be given")
        }
        var seen: Set<String> = []
        if let again = parameters.first(where: { !seen.insert($0.name).inserted }) {
            throw ValidationError("'\(again.name)' is given twice")
        }
    }

    func run() async throws {
        let console = common.console
        let client = try await lab.connect()
        defer { client.disconnect() }
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        do {
            waiting.wait(for: .init("seeding the lab '\(client.name)'"))
            let report = try await LabSeeder(client).run(Seeding(parameters))
            waiting.wait(for: nil)
            for line in report.output.split(separator: "\n") { console.result(StyledText(String(line).oneLine)) }
            console.report(ProvisioningDisplay.line(for: report))
        } catch  where Task.isCancelled {
            throw Interruption.Stop("while the lab '\(client.name)' was seeded; what was written so far stays")
        }
    }

    /// - Throws: `ValidationError` for what is not NAME=VALUE.
    static func parameter(_ text: String) throws -> Seeding.Parameter {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("'\(text.oneLine)' must be NAME=VALUE, such as rows=25")
        }
        guard Seeding.isName(parts[0]) else {
            throw ValidationError(
                "'\(parts[0].oneLine)' cannot be given as an option: use letters, digits, '-' and '_', beginning with a letter"
            )
        }
        guard Seeding.isValue(parts[1]) else {
            throw ValidationError(
                "the value of '\(parts[0])' must be one line of at most \(Seeding.maxValueLength) characters")
        }
        return .init(name: parts[0], value: parts[1])
    }
}
