import ArgumentParser
import Diagnostics
import FoundationEssentials
import HostFiles
import LabControlClient
import LabControlProtocol
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

    @Argument(help: "A scenario's directory, or a Compose file.", completion: .file()) var path: String
    @Option(help: "The lab's name: lower-case letters, digits and hyphens.") var name: String?
    @OptionGroup var engine: EngineOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var variables: VariableOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let lesson = try lesson()
        let machine = try lesson.map { try LessonMachine(of: $0, in: images.tables()) }
        let materials = try lesson.map { try LessonReader().materials(of: $0) }
        let opening = LabLauncher(
            composeFiles: lesson?.composeFiles ?? [absolute(path)], name: name, engine: engine.engine,
            workspaceImage: machine?.machine.docker, lesson: lesson, variables: try variables.values(),
            limits: limits.limits(of: lesson), internet: limits.internet(of: lesson),
            console: console)
        let lab: LabClient
        do {
            // Until all is in it the lab ends with this process, however that ends.
            lab = try await opening.open(endsWithClient: true)
        } catch  where Task.isCancelled {
            throw Interruption.Stop("while the lab was made; nothing of it is left")
        }
        var position = "when the lab was ready"
        do {
            try await machine?.check(lab)
            if let lesson, let materials {
                position = "while the lesson's assets were placed"
                try await AssetInstaller(
                    lab: SupervisedLab(client: lab), materials: materials, lesson: lesson.directory
                ).run()
            }
            if let seeding = lesson?.settings.seeding {
                position = "while the lab was seeded"
                try await LabSeeder(lab: lab, console: console).run(seeding)
            }
            try await lab.keep()
        } catch {
            // A task of its own: an interrupted start still takes its lab down.
            let end = await Task { try await lab.stop() }.result
            guard Task.isCancelled else { throw error }
            let rest =
                (try? end.get()) == nil
                ? "'lectern down \(lab.name)' removes what is left" : "nothing of the lab is left"
            throw Interruption.Stop("\(position); \(rest)")
        }
        console.result(StyledText(lab.name))
        console.report("'lectern shell T1' looks into it, 'lectern down' ends it")
        lab.disconnect()
    }

    /// - Returns: `nil` for a Compose file.
    private func lesson() throws -> Scenario? {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandError(
                problem: "'\(path)' does not exist",
                remedy: "name a scenario's directory (with an index.json), a Markdown file, or a Compose file")
        }
        if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return nil }
        return try LessonSelection(paths: [path], console: common.console).readOne()
    }
}

extension Scenario {
    /// The environment's files as absolute paths: the supervisor has a working directory of its own.
    var composeFiles: [String] {
        settings.environment.map { $0.hasPrefix("/") ? $0 : absolute(directory + "/" + $0) }
    }

    /// - Throws: ``CommandError`` when a file of the environment is missing, or isn't the lesson's.
    func checkEnvironment() throws {
        guard !composeFiles.isEmpty else { return }
        guard let root = MountPolicy.root(around: directory) else {
            throw CommandError(
                problem:
                    "the lesson '\(directory)' lies in a directory that holds other things, so its environment is not read",
                remedy: "move the lesson into a directory of its own")
        }
        for (name, file) in zip(settings.environment, composeFiles) {
            // Nothing is said of what lies elsewhere, not even whether it's there.
            guard MountPolicy.place(of: file, under: root) != nil else {
                throw CommandError(
                    problem: "the environment '\(name)' of '\(directory)' lies outside the lesson",
                    remedy: "put the Compose file into '\(root)'")
            }
            guard FileManager.default.fileExists(atPath: file) else {
                throw CommandError(
                    problem: "the environment '\(name)' of '\(directory)' does not exist: there is no '\(file)'",
                    remedy: "put the Compose file there, or fix 'lectern.environment' in the lesson's index, "
                        + "a path from its directory")
            }
        }
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
