import ComposeFiles
import Diagnostics
import FoundationEssentials
import HostFiles
import Labs
import LessonMarkdown
public import Lessons

/// What a lesson needs of its lab, all of it read before the lab is made.
public struct LessonNeeds: Sendable {
    /// Its settings say what is seeded; its directory, where the assets come from.
    public var scenario: Scenario
    /// The assets are placed; scripts are left to whoever runs the lesson.
    public var materials: LessonMaterials
    /// What must be in the workspace.
    public var machine: LessonMachine

    /// Of parts that have been read already.
    public init(scenario: Scenario, materials: LessonMaterials, machine: LessonMachine) {
        self.scenario = scenario
        self.materials = materials
        self.machine = machine
    }

    /// Reads the lesson's assets and looks its machine up.
    ///
    /// - Parameter tables: See ``LessonMachine/init(of:in:)``.
    /// - Throws: `LessonError` for assets that can't be read, `LabError` for a machine that isn't available.
    public init(of scenario: Scenario, in tables: [MachineTable]) throws {
        self.init(
            scenario: scenario, materials: try LessonReader().materials(of: scenario),
            machine: try LessonMachine(of: scenario, in: tables))
    }

    /// Whether the lesson has anything that this part of its start would do.
    func has(_ part: LessonStart) -> Bool {
        switch part {
        case .assets: !materials.uploads.isEmpty
        case .scripts: scenario.pages.contains { $0.role == .intro && $0.scripts.runsSomething }
        }
    }
}

extension Scenario {
    /// The Compose files of the lesson's lab as absolute paths: a supervisor has a working directory of its own.
    public var composeFiles: [String] {
        settings.environment.map { $0.hasPrefix("/") ? $0 : absolutePath(directory + "/" + $0) }
    }

    /// Checks that the lab which the lesson asks for can be made of files of its own.
    ///
    /// - Parameter variables: What the user passes to the lesson.
    /// - Throws: `LabError` with code `.badDefinition` when a Compose file is missing, isn't the lesson's, or names no seed
    ///   command though the lesson asks for one. What else is wrong in a Compose file shows when the lab is made.
    public func checkEnvironment(variables: [String: String] = [:]) throws {
        if !composeFiles.isEmpty { try checkComposeFiles() }
        guard let seeding = settings.seeding else { return }
        let project =
            composeFiles.isEmpty
            ? nil : try? ComposeProject.read(files: composeFiles, of: absolutePath(directory), variables: variables)
        guard composeFiles.isEmpty || project != nil, project?.lab.seeder == nil else { return }
        let excerpt = seeding.place.flatMap(LessonReader().excerpt).map { "\n\($0)" } ?? ""
        throw LabError(
            code: .badDefinition,
            problem:
                "\(seeding.place.map { "\($0): " } ?? "")the lesson asks for data by 'seed', and the Compose files of "
                + "its lab name no seed command" + excerpt,
            remedy: LabError.seederRemedy(settings.environment))
    }

    private func checkComposeFiles() throws {
        guard let root = MountPolicy.root(around: directory) else {
            throw LabError(
                code: .badDefinition,
                problem:
                    "the lesson '\(directory)' lies in a directory that holds other things, so its environment is not read",
                remedy: "move the lesson into a directory of its own")
        }
        for (name, file) in zip(settings.environment, composeFiles) {
            // Nothing is said of what lies elsewhere, not even whether it's there.
            guard MountPolicy.place(of: file, under: root) != nil else {
                throw LabError(
                    code: .badDefinition,
                    problem: "the environment '\(name)' of '\(directory)' lies outside the lesson",
                    remedy: "put the Compose file into '\(root)'")
            }
            guard FileManager.default.fileExists(atPath: file) else {
                throw LabError(
                    code: .badDefinition,
                    problem: "the environment '\(name)' of '\(directory)' does not exist: there is no '\(file)'",
                    remedy: "put the Compose file there, or fix 'lectern.environment' in the lesson's index, "
                        + "a path from its directory")
            }
        }
    }
}

/// A path that doesn't depend on the working directory, without `.` and `..`; links are not followed.
package func absolutePath(_ path: String) -> String {
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
