import ArgumentParser
import FoundationEssentials
import LabSupervision
import Labs
import LessonMarkdown
import LessonVerification
import Lessons

/// `lectern up`: a lab that stays.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Stand up a lab that stays until 'lectern down'.",
        discussion:
            "Takes a lesson, whose environment is stood up, filled with the lesson's assets and seeded, or a Compose file."
    )

    @Argument(help: "A scenario's directory, or a Compose file.") var path: String
    @Option(help: "The lab's name: lower-case letters, digits and hyphens.") var name: String?
    @OptionGroup var engine: EngineOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let lesson = try lesson()
        let machine = try lesson.map { try LessonMachine(of: $0, in: images.tables()) }
        let materials = try lesson.map { try LessonReader().materials(of: $0) }
        let lab = try await LabOpening(
            composeFiles: lesson?.composeFiles ?? [absolute(path)], name: name, engine: engine.engine,
            workspaceImage: machine?.machine.docker, lesson: lesson, console: console
        ).open(endsWithClient: false)
        do {
            try await machine?.check(lab)
            if let materials {
                try await MaterialsPlacing(lab: SupervisedLab(client: lab), materials: materials).run()
            }
            if let seeding = lesson?.settings.seeding { try await LabSeeding(lab: lab, console: console).run(seeding) }
        } catch {
            // A task of its own: an interrupted start still takes its lab down.
            _ = await Task { try await lab.stop() }.result
            throw error
        }
        console.result(lab.name)
        console.report("'lectern shell T1' looks into it, 'lectern down' ends it")
        lab.disconnect()
    }

    /// - Returns: `nil` for a Compose file.
    private func lesson() throws -> Scenario? {
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return nil }
        let scenarios = try LessonSelection(paths: [path]).read()
        guard scenarios.count == 1, let scenario = scenarios.first else {
            throw CommandError(
                problem: "'\(path)' holds \(scenarios.count) scenarios",
                remedy: "name one of them: a lab is for one lesson")
        }
        return scenario
    }
}

extension Scenario {
    /// The environment's files as absolute paths: the supervisor has a working directory of its own.
    var composeFiles: [String] {
        settings.environment.map { $0.hasPrefix("/") ? $0 : absolute(directory + "/" + $0) }
    }
}

/// A path that doesn't depend on the working directory, without `.` and `..`.
func absolute(_ path: String) -> String {
    let base = FileManager.default.currentDirectoryPath
    var parts: [Substring] = []
    for part in (path.hasPrefix("/") ? path : base + "/" + path).split(separator: "/") {
        switch part {
        case ".": continue
        case "..": _ = parts.popLast()
        default: parts.append(part)
        }
    }
    return "/" + parts.joined(separator: "/")
}
