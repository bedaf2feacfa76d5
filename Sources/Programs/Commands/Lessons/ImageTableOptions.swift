import ArgumentParser
import FoundationEssentials
import Lessons

struct ImageTableOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A JSON file that says what stands for the machines that lessons name, beside \(Self.userFileName).",
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
