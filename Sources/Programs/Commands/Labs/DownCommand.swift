import ArgumentParser
import Diagnostics
import LabControlClient
import LabControlProtocol
import Lessons

/// `lectern down`: the end of a lab, whatever state it is in.
struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Tear down a lab and remove everything that it made.")

    @Argument(help: "The lab's name; not needed while there is only one.", completion: .labs) var name: String?
    @Flag(help: "Tear down every lab, also those of other checkouts that a container engine knows of.") var all = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !all || name == nil else { throw ValidationError("--all cannot be used with a name") }
    }

    func run() async throws {
        let console = common.console
        for name in try names() {
            do {
                try await LabClient.remove(name)
            } catch  where Task.isCancelled {
                throw Interruption.Stop(
                    "while the lab '\(name)' was torn down, which goes on; 'lectern status' shows whether it is gone")
            }
            console.report("the lab '\(name)' is down")
        }
        guard all else { return }
        for name in try await LabClient.removeOthers() {
            console.report("the lab '\(name)', from another checkout, is down")
        }
    }

    private func names() throws -> [String] {
        // Labs that were left behind count too: they are what `down` is for.
        let labs = Set(LabClient.all().map(\.name) + LabClient.endings().map(\.name)).sorted()
        if let name { return [name] }
        if all { return labs }
        switch labs.count {
        case 0: throw CommandError(problem: "no lab is running", remedy: nil)
        case 1: return labs
        default:
            throw CommandError(
                problem: "there are \(labs.count) labs: \(labs.joined(separator: ", "))",
                remedy: "name one of them, or say --all")
        }
    }
}
