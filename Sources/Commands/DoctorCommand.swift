import ArgumentParser
import FoundationEssentials
import LabSupervision
import Lessons
import ProcessLabs

/// `lectern doctor`: what keeps labs from working here.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this machine lacks for labs, and the command that mends it.",
        discussion:
            "Exit status 0 when nothing is missing, 2 otherwise. Name a lesson or a Compose file to look at its needs too."
    )

    @Argument(help: "Scenarios or Compose files; docker/compose.yaml when it is there and none is named.") var paths:
        [String] = []
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let findings = try await LabDoctor.examine(executable: "/proc/self/exe", composeFiles: try composeFiles())
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            console.result(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings {
                console.result("\(finding.severity == .missing ? "✗" : "!") \(finding.problem)\n    \(finding.remedy)")
            }
            if findings.isEmpty { console.result("✓ nothing is missing") }
        }
        if findings.contains(where: { $0.severity == .missing }) { throw ExitCode(2) }
    }

    private func composeFiles() throws -> [String] {
        let usual = "docker/compose.yaml"
        guard !paths.isEmpty else {
            return FileManager.default.fileExists(atPath: usual) ? [absolute(usual)] : []
        }
        return try paths.flatMap { path in
            if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return [absolute(path)] }
            return try LessonSelection(paths: [path]).read().flatMap(\.composeFiles)
        }
    }
}
