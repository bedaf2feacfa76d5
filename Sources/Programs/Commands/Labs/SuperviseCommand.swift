import ArgumentParser
import LabControlServer

/// The process behind a lab; started by `up` and `verify`, never by a person.
struct SuperviseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supervise", abstract: "Own a lab.", shouldDisplay: false)

    @Argument var name: String

    func run() async throws {
        throw ExitCode(await LabSupervisor.run(name: name))
    }
}
