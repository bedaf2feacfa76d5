import AgentProtocol
import ComposeFiles
import Diagnostics
import LabControlProtocol
import Labs
public import Lessons

/// Fills a lab with data, by the command that its Compose files name.
public struct LabSeeder: Sendable {
    private let lab: any SeedableLab

    /// How long the command may take.
    private static let patience = Duration.seconds(300)
    /// How many bytes of what it prints are kept.
    private static let outputLimit = 512 * 1024
    /// How many bytes of it explain a failure.
    private static let tailLength = 8 * 1024

    /// For a lab whose services are ready.
    public init(_ lab: any SeedableLab) {
        self.lab = lab
    }

    /// Runs the lab's seed command once.
    ///
    /// - Throws: `LabError`: with code `.badDefinition` for a lab that has no seed command, `.seedingFailed` when it failed.
    public func run(_ seeding: Seeding) async throws -> SeedingReport {
        let began = ContinuousClock.now
        let status = try await lab.status()
        guard let seeder = status.seeder else { throw LabError.noSeeder(lab.name, status.composeFiles) }
        let result: LabCommandResult
        do {
            result = try await lab.seed(
                seeder.command + seeding.arguments, outputLimit: Self.outputLimit, timeout: Self.patience)
        } catch let error as LabError where error.code == .cannotStart {
            throw LabError(
                code: .seedingFailed, problem: "\(seeder.place): the seed command cannot be run: \(error.problem)",
                remedy: "name a program of the workspace, one that the Compose file mounts, or one of 'programs'")
        }
        let seconds = (ContinuousClock.now - began).seconds
        guard result.status.isSuccess else { throw failure(result, of: seeder, after: seconds) }
        return SeedingReport(seeding: seeding, output: result.output, seconds: seconds)
    }

    private func failure(_ result: LabCommandResult, of seeder: Seeder, after seconds: Double) -> LabError {
        let isLate = result.status == .signal(9) && seconds >= Self.patience.seconds
        let how = isLate ? "was not done after \(Self.patience.components.seconds) s" : "ended with \(result.status)"
        return LabError(
            code: .seedingFailed, problem: "seeding the lab '\(lab.name)' \(how)",
            remedy: seeder.service.map { "see 'lectern logs \($0) --lab \(lab.name)'" }
                ?? "check the seed command at \(seeder.place)",
            logTail: String(decoding: result.output.utf8.suffix(Self.tailLength), as: UTF8.self))
    }
}

extension LabError {
    fileprivate static func noSeeder(_ lab: String, _ composeFiles: [String]) -> LabError {
        LabError(
            code: .badDefinition, problem: "the lab '\(lab)' cannot be seeded: its Compose files name no seed command",
            remedy: seederRemedy(composeFiles))
    }

    /// How a lab gets a seed command.
    static func seederRemedy(_ composeFiles: [String]) -> String {
        let place =
            composeFiles.first.map { "add it to '\($0)'" } ?? "name a Compose file in 'lectern.environment' with it"
        return "\(place): x-lectern: {seed: {command: [PROGRAM]}}"
    }
}
