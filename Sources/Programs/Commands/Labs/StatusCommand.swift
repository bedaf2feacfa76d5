import ArgumentParser
import LabControlClient
import LabControlProtocol
import Labs
import Lessons

/// `lectern status`: the labs of this user.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show labs: their services, ports, memory and uptime.",
        discussion: "Several labs get a line each; name one to see all of it.")

    @Argument(help: "The lab's name; all labs when none is named.", completion: .labs) var name: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let summaries = LabClient.all().filter { name == nil || $0.name == name }
        if let name, summaries.isEmpty { _ = try await LabClient.connect(to: name) }
        var labs: [LabStatus] = []
        for summary in summaries where summary.isRunning {
            // One that ends just now isn't up any more.
            guard let client = try? await LabClient.connect(to: summary.name) else { continue }
            if let status = try? await client.status() { labs.append(status) }
            client.disconnect()
        }
        let leftBehind = summaries.filter { !$0.isRunning }.map(\.name)
        if json {
            console.document(try Report(labs: labs, leftBehind: leftBehind).jsonText())
            return
        }
        if summaries.isEmpty { console.report("no lab is running; start one with 'lectern up'") }
        if labs.count > 1 {
            LabTable(labs: labs).lines.forEach { console.result(StyledText($0)) }
        } else {
            for lab in labs { lines(for: lab).forEach { console.result(StyledText($0)) } }
        }
        for name in leftBehind {
            console.result(
                "\(name)  left behind: its supervisor was killed, or its engine went away; 'lectern down \(name)' removes it"
            )
        }
    }

    private struct Report: Encodable {
        var schemaVersion = 1
        var labs: [LabStatus]
        /// Names of labs whose supervisor is gone.
        var leftBehind: [String]
    }

    private func lines(for lab: LabStatus) -> [String] {
        let started = lab.startSeconds.map { ", ready in \($0.inSeconds)" } ?? ""
        let place = lab.engine == .process ? "" : ", \(lab.engine.inWords)"
        var lines = [
            "\(lab.name)  \(lab.phase.rawValue)\(place), up \(lab.uptime)\(started), "
                + "\(lab.memory.proportional.inMebibytes) (and \(lab.supervisorMemory.inMebibytes) for the supervisor)"
        ]
        if let lesson = lab.lesson { lines.append("  \("lesson".padded(to: 16)) \(lesson)") }
        if let problem = lab.problem { lines.append("  ! the last reset failed: \(problem)") }
        for service in lab.services {
            let memory = service.memory.map { $0.proportional.inMebibytes } ?? ""
            let ready = service.readySeconds.map { "after \($0.inSeconds)" } ?? ""
            lines.append(
                "  \(service.name.padded(to: 16)) \(state(service.state).padded(to: 24)) \(ready.padded(to: 14)) \(memory)"
                    + (service.container.map { "\(String(repeating: " ", count: max(0, 9 - memory.count)))\($0)" } ?? "")
            )
        }
        for port in lab.ports {
            let instead = port.wanted.map { "  (\($0) was taken)" } ?? ""
            lines.append("  \("port \(port.labPort)".padded(to: 16)) http://127.0.0.1:\(port.hostPort)\(instead)")
        }
        if !lab.terminals.isEmpty {
            lines.append("  \("terminals".padded(to: 16)) \(lab.terminals.joined(separator: " "))")
        }
        return lines
    }

    private func state(_ state: ServiceStatus.State) -> String {
        switch state {
        case .waiting: "waiting for others"
        case .starting: "starting"
        case .ready: "ready"
        case .died(let status): "ended with \(status)"
        case .completed: "done"
        case .stopped: "stopped"
        }
    }
}
