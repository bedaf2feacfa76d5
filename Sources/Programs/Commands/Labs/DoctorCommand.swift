import ArgumentParser
import Diagnostics
import FoundationEssentials
import LabControlProtocol
import LabEngines
import LabProvisioning
import Labs
import Lessons

/// `lectern doctor`: what labs can run on here, and what keeps them from it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what labs can run on here, what this machine lacks for them, and the command that fixes it.",
        discussion:
            """
            Exit status 0 when nothing is missing for the engine asked for, 2 otherwise. Name a lesson or a Compose file to \
            look at its needs too.
            """
    )

    @Argument(
        help: "Scenarios or Compose files; docker/compose.yaml when it is there and none is named.", completion: .file()
    )
    var paths: [String] = []
    @Option(help: "The engine that must work: process, docker, or auto for either.") var engine = EngineChoice.process
    @OptionGroup var variables: VariableOptions
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let report = try await LabDoctor.examine(
            executable: "/proc/self/exe", stateDirectory: StateDirectory.current.path, composeFiles: try composeFiles(),
            variables: try variables.values(), needsProcesses: engine == .process, needsContainers: engine == .docker)
        if json {
            console.document(try report.jsonText())
        } else {
            for engine in report.engines { console.result("\("✓", .good) \(engine.name): \(engine.summary)") }
            for finding in report.findings {
                console.result("\(mark(finding.severity)) \(finding.problem)\n    \(finding.remedy)")
            }
            if report.findings.isEmpty { console.result("\("✓", .good) nothing is missing") }
        }
        let isMissing = report.findings.contains { $0.severity == .missing }
        if isMissing || report.engines.isEmpty { throw ExitCode(2) }
    }

    private func mark(_ severity: DoctorFinding.Severity) -> StyledText {
        switch severity {
        case .missing: StyledText("✗", .bad)
        case .risky: StyledText("!", .warning)
        case .note: "–"
        }
    }

    private func composeFiles() throws -> [String] {
        let usual = "docker/compose.yaml"
        guard !paths.isEmpty else {
            return FileManager.default.fileExists(atPath: usual) ? [absolutePath(usual)] : []
        }
        return try paths.flatMap { path in
            if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return [absolutePath(path)] }
            return try LessonSelection(paths: [path]).read().flatMap { lesson in
                try lesson.checkEnvironment()
                return lesson.composeFiles
            }
        }
    }
}
