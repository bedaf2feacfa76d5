import AgentProtocol
import Diagnostics
import LabControlProtocol
import Labs
public import Lessons

/// The machine that a lesson asks for, and what it brings along.
public struct LessonMachine: Sendable {
    /// Nothing but a shell when the lesson names no machine, or says itself what its lab is.
    public let machine: Machine
    private let name: String
    private let place: SourcePlace?

    /// - Parameter tables: What stands for the machines that lessons name; the first table that has the name counts.
    /// - Throws: `LabError` with code `.badDefinition` for a machine that no table has, or that no engine makes.
    public init(of scenario: Scenario, in tables: [MachineTable]) throws {
        name = scenario.settings.image ?? scenario.platform.image ?? ""
        place = scenario.platform.imagePlace
        let beginning = place.map { "\($0): " } ?? ""
        guard scenario.settings.environment.isEmpty, !name.isEmpty else {
            machine = Machine()
            return
        }
        guard let machine = tables.lazy.compactMap({ [name] in $0[name] }).first else {
            throw LabError(
                code: .badDefinition, problem: "\(beginning)no table of images has the machine '\(name)'",
                remedy:
                    "add it to '$XDG_CONFIG_HOME/lectern/images.json' or to the file that '--image-table' names: "
                    + #"{"images": {"\#(name)": {"needs": {}}}}"#)
        }
        if let reason = machine.unsupported {
            throw LabError(
                code: .badDefinition, problem: "\(beginning)the machine '\(name)' is not available: \(reason)",
                remedy:
                    "name a Compose file as the lesson's 'lectern.environment', or give '\(name)' another meaning with "
                    + "'--image-table'")
        }
        self.machine = machine
    }

    /// Checks that the workspace has the programs that come with the machine.
    ///
    /// - Throws: `LabError` with code `.missingPart` that names the first one that is missing.
    public func check(_ lab: any WorkspaceLab) async throws {
        let programs = machine.needs.keys.sorted()
        guard !programs.isEmpty else { return }
        let script = #"for name; do command -v "$name" >/dev/null || { echo "$name"; exit 1; }; done"#
        let result = try await lab.run(
            ["sh", "-c", script, "sh"] + programs, environment: [:], outputLimit: 1024, timeout: .seconds(10))
        guard !result.status.isSuccess else { return }
        let missing = result.output.split(separator: "\n").first.map(String.init) ?? programs[0]
        throw LabError(
            code: .missingPart,
            problem:
                "\(place.map { "\($0): " } ?? "")the machine '\(name)' has the program '\(missing)', which the workspace lacks",
            remedy: "install \(machine.needs[missing] ?? missing)")
    }
}
