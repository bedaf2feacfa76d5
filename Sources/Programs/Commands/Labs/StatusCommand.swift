import ArgumentParser
import LabControlClient
import LabControlProtocol
import Labs
import Lessons

/// `lectern status`: the labs of this user.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show labs: their services, ports, memory and uptime.")

    @Argument(help: "The lab's name; all labs when none is named.") var name: String?
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
        if summaries.isEmpty { console.report("no lab is up; start one with 'lectern up'") }
        for lab in labs { lines(for: lab).forEach { console.result(StyledText($0)) } }
        for name in leftBehind {
            console.result(
                "\(name)  left behind: its supervisor was killed, or its engine went away; 'lectern down \(name)' removes it"
            )
        }
    }

    private struct Report: Encodable {
        var labs: [LabStatus]
        /// Names of labs whose supervisor is gone.
        var leftBehind: [String]
    }

    private func lines(for lab: LabStatus) -> [String] {
        let started = lab.startSeconds.map { ", ready in \($0.inSeconds)" } ?? ""
        let place = lab.engine == .process ? "" : ", \(lab.engine.inWords)"
        var lines = [
            "\(lab.name)  \(lab.phase.rawValue)\(place), up \(uptime(lab.uptimeSeconds))\(started), "
                + "\(mebibytes(lab.memory.proportional)) (and \(mebibytes(lab.supervisorMemory)) for the supervisor)"
        ]
        if let lesson = lab.lesson { lines.append("  \("lesson".padded(to: 16)) \(lesson)") }
        if let problem = lab.problem { lines.append("  ! the last reset failed: \(problem)") }
        for service in lab.services {
            let memory = service.memory.map { mebibytes($0.proportional) } ?? ""
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

    private func mebibytes(_ bytes: UInt64) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }

    private func uptime(_ seconds: Double) -> String {
        let whole = Int(seconds)
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
