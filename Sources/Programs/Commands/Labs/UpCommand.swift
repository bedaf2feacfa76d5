import ArgumentParser
import Diagnostics
import FoundationEssentials
import LabControlClient
import LabControlProtocol
import LabProvisioning
import Lessons

/// `lectern up`: a lab that stays.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Start a lab that stays until 'lectern down'.",
        discussion:
            "Takes a lesson, whose environment is started, filled with the lesson's assets and seeded, or a Compose file."
    )

    @Argument(help: "A scenario's directory, or a Compose file.", completion: .file()) var path: String
    @Option(help: "The lab's name: lower-case letters, digits and hyphens.") var name: String?
    @OptionGroup var engine: EngineOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var variables: VariableOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let scenario = try scenario()
        let lesson = try scenario.map { try LessonNeeds(of: $0, in: images.tables()) }
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        let display = ProvisioningDisplay(console: console, waiting: waiting)
        let request = LabRequest(
            name: name, composeFiles: scenario?.composeFiles ?? [absolutePath(path)], engine: engine.engine,
            workspaceImage: lesson?.machine.machine.docker, lesson: scenario.map { absolutePath($0.directory) },
            variables: try variables.values(), limits: limits.limits(of: scenario),
            internet: limits.internet(of: scenario))
        let lab: LabClient
        do {
            lab = try await LabProvisioner(opener: SupervisedLabOpener(), listener: display.show)
                .provision(ProvisioningRequest(lab: request, lesson: lesson, lifetime: .keptOnceReady))
        } catch  where Task.isCancelled {
            throw Interruption.Stop(display.interruption)
        }
        console.result(StyledText(lab.name))
        console.report("'lectern shell T1' opens a terminal in it, 'lectern down' tears it down")
        lab.disconnect()
    }

    /// - Returns: `nil` for a Compose file.
    private func scenario() throws -> Scenario? {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError(
                problem: "'\(path)' does not exist",
                remedy: "name a scenario's directory (with an index.json), a Markdown file, or a Compose file")
        }
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return nil }
        return try LessonSelection(paths: [path], console: common.console).readOne()
    }
}
