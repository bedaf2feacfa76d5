import AgentProtocol
import ArgumentParser
import Diagnostics
import FoundationEssentials
import LabControlClient
import LabControlProtocol
import Labs
import LessonMarkdown
import Lessons

struct ImageTableOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A JSON table of the images that run the machines which lessons name, in addition to \(Self.userFileName).",
            valueName: "file"),
        completion: .file(extensions: ["json"]))
    var imageTable: String?

    private static let userFileName = "$XDG_CONFIG_HOME/lectern/images.json"

    /// The tables in the order in which they are asked: the one that was named, the user's own, the one that comes along.
    func tables() throws -> [MachineTable] {
        var tables: [MachineTable] = []
        if let imageTable { tables.append(try Self.read(imageTable)) }
        let environment = ProcessInfo.processInfo.environment
        let configuration =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? (environment["HOME"] ?? "/root")
            + "/.config"
        let file = "\(configuration)/lectern/images.json"
        if FileManager.default.fileExists(atPath: file) { tables.append(try Self.read(file)) }
        return tables + [.known]
    }

    private static func read(_ file: String) throws -> MachineTable {
        guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
            throw CommandError(problem: "the table of images '\(file)' cannot be read", remedy: "check the path")
        }
        do {
            return try JSONDecoder().decode(MachineTable.self, from: bytes)
        } catch {
            throw CommandError(
                problem: "'\(file)' is not a table of images: \(description(of: error))",
                remedy: #"write it as {"images": {"NAME": {"docker": "IMAGE", "needs": {"PROGRAM": "PACKAGE"}}}}"#)
        }
    }

    private static func description(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
            .keyNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(context.debugDescription) (at '\(path)')"
        @unknown default: return "\(error)"
        }
    }
}

/// The machine that a lesson wants, looked up and looked at.
struct LessonMachine {
    /// Nothing but a shell when the lesson names no machine, or says itself what its lab is.
    let machine: Machine
    private let name: String
    private let place: SourcePlace?

    /// - Throws: ``CommandError`` for a machine that no table has, or that no engine makes.
    init(of scenario: Scenario, in tables: [MachineTable]) throws {
        name = scenario.settings.image ?? scenario.platform.image ?? ""
        place = scenario.platform.imagePlace
        let beginning = place.map { "\($0): " } ?? ""
        guard scenario.settings.environment.isEmpty, !name.isEmpty else {
            machine = Machine()
            return
        }
        guard let machine = tables.lazy.compactMap({ [name] in $0[name] }).first else {
            throw CommandError(
                problem: "\(beginning)no table of images has the machine '\(name)'",
                remedy:
                    "add it to '$XDG_CONFIG_HOME/lectern/images.json' or to the file that '--image-table' names: "
                    + #"{"images": {"\#(name)": {"needs": {}}}}"#)
        }
        if let reason = machine.unsupported {
            throw CommandError(
                problem: "\(beginning)the machine '\(name)' is not available: \(reason)",
                remedy:
                    "name a Compose file as the lesson's 'lectern.environment', or give '\(name)' another meaning with "
                    + "'--image-table'")
        }
        self.machine = machine
    }

    /// Looks whether the workspace has the programs that come with the machine.
    func check(_ lab: LabClient) async throws {
        let programs = machine.needs.keys.sorted()
        guard !programs.isEmpty else { return }
        let script = #"for name; do command -v "$name" >/dev/null || { echo "$name"; exit 1; }; done"#
        let result = try await lab.run(["sh", "-c", script, "sh"] + programs, timeout: .seconds(10))
        guard !result.status.isSuccess else { return }
        let missing = result.output.split(separator: "\n").first.map(String.init) ?? programs[0]
        throw CommandError(
            problem:
                "\(place.map { "\($0): " } ?? "")the machine '\(name)' has the program '\(missing)', which the workspace lacks",
            remedy: "install \(machine.needs[missing] ?? missing)")
    }
}
