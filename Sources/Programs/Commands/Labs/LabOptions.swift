public import ArgumentParser
import Diagnostics
import LabControlClient
import LabControlProtocol
import Labs
import Lessons

extension EngineChoice: ExpressibleByArgument {}

struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the lab runs on: process (a sandbox of this host), docker (containers), or auto, which says what it chose.",
            discussion: """
                'auto' takes processes where this host has all that the services need, since they start fastest, and \
                containers otherwise. A lab remembers its engine: other commands need no option.
                """, valueName: "engine"))
    var engine: EngineChoice = .process
}

/// What the lab of a command may take of this host.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How much memory a lab may use, files in memory included: 512m, 3g.", valueName: "size"),
        transform: LimitOptions.size)
    var memory: Int = LabLimits().memory
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many processes and threads a lab may have at a time.", valueName: "number"))
    var processes = LabLimits().processes
    @Option(
        help: ArgumentHelp("How much a lab may write to files: 512m, 8g.", valueName: "size"),
        transform: LimitOptions.size)
    var disk: Int = LabLimits().disk

    @Flag(
        help: "Let a lab of containers reach the internet, and what this host offers to others, when its lesson asks.")
    var internet = false

    func validate() throws {
        let least = LabLimits.least
        for (name, value, bound) in [("memory", memory, least.memory), ("disk", disk, least.disk)] where value < bound {
            throw ValidationError("--\(name) must be at least \(bound >> 20)m")
        }
        guard (least.processes...1_000_000).contains(processes) else {
            throw ValidationError("--processes must be a number from \(least.processes) to 1000000")
        }
    }

    /// A lesson may ask for less, never for more.
    func limits(of lesson: Scenario?) -> LabLimits {
        let own = lesson?.settings.limits
        return LabLimits(memory: memory, processes: processes, disk: disk)
            .lowered(memory: own?.memory, processes: own?.processes, disk: own?.disk)
    }

    /// Only a lesson that asks is let.
    func internet(of lesson: Scenario?) -> InternetAccess {
        InternetAccess(isAskedFor: lesson?.settings.asksForInternet == true, isAllowed: internet)
    }

    private static func size(_ text: String) throws -> Int {
        guard let bytes = ByteSize.read(text) else {
            throw ValidationError("a size must be a whole number with a unit: 512m, 2g")
        }
        return bytes
    }
}

/// Which lab a command is about.
struct LabOptions: ParsableArguments {
    @Option(
        name: .customLong("lab"),
        help: ArgumentHelp("The lab's name; not needed while only one is running.", valueName: "name"),
        completion: .runningLabs)
    var name: String?

    /// Connects to the lab that was named, or to the only one.
    func connect() async throws -> LabClient {
        try await LabClient.connect(to: try Self.resolve(name))
    }

    static func resolve(_ name: String?) throws -> String {
        if let name { return name }
        let running = LabClient.all().filter(\.isRunning).map(\.name)
        switch running.count {
        case 1: return running[0]
        case 0:
            let ended = LabClient.endings().last.map {
                "; '\($0.name)' ended at \($0.endedAt): \($0.reason.problem)"
            }
            throw CommandError(
                problem: "no lab is running\(ended ?? "")", remedy: "start one with 'lectern up'")
        default:
            throw CommandError(
                problem: "\(running.count) labs are running: \(running.joined(separator: ", "))",
                remedy: "name one of them")
        }
    }
}
