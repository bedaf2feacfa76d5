public import ArgumentParser
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

/// Stands up a lab and shows its progress.
struct LabOpening {
    /// Compose files, merged in this order; none for a workspace without services.
    let composeFiles: [String]
    /// `nil` for a free name.
    let name: String?
    let engine: EngineChoice
    /// What engines that run containers take for a workspace that no Compose file describes; `nil` for their own.
    var workspaceImage: String? = nil
    /// Whose assets a reset brings back; `nil` for a lab without a lesson.
    var lesson: Scenario? = nil
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
                    lesson: lesson.map { absolute($0.directory) }),
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
        help: ArgumentHelp("The lab's name; not needed while only one is up.", valueName: "name"))
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
