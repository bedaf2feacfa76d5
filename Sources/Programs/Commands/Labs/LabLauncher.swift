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

/// Stands up a lab and shows its progress.
struct LabLauncher {
    /// Compose files, merged in this order; none for a workspace without services.
    let composeFiles: [String]
    /// `nil` for a free name.
    let name: String?
    let engine: EngineChoice
    /// What engines that run containers take for a workspace that no Compose file describes; `nil` for their own.
    var workspaceImage: String? = nil
    /// Whose assets a reset brings back; `nil` for a lab without a lesson.
    var lesson: Scenario? = nil
    /// What the user passes to the lesson.
    var variables: [String: String] = [:]
    /// What the lab may take of this host.
    let limits: LabLimits
    let internet: InternetAccess
    let console: Console
    /// Shared with what else the command waits for; `nil` for one of its own.
    var waiting: WaitDisplay? = nil

    /// - Parameter endsWithClient: `true` for a lab that ends with this process, however that ends.
    func open(endsWithClient: Bool) async throws -> LabClient {
        try lesson?.checkEnvironment()
        let waiting = waiting ?? WaitDisplay(console: console)
        defer { waiting.wait(for: nil) }
        let progress = LabProgress(console: console, waiting: waiting)
        do {
            return try await LabClient.start(
                LabRequest(
                    name: name, composeFiles: composeFiles, engine: engine, workspaceImage: workspaceImage,
                    lesson: lesson.map { absolute($0.directory) }, variables: variables, limits: limits,
                    internet: internet),
                supervisor: "/proc/self/exe",
                lifeline: endsWithClient, onEvent: progress.show)
        } catch let error as LabError where !error.logTail.isEmpty {
            console.report(StyledText(error.logTail.quoted))
            throw error
        }
    }
}

/// Which lab a command is about.
struct LabOptions: ParsableArguments {
    @Option(
        name: .customLong("lab"),
        help: ArgumentHelp("The lab's name; not needed while only one is up.", valueName: "name"),
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
                problem: "\(running.count) labs are up: \(running.joined(separator: ", "))", remedy: "name one of them")
        }
    }
}
