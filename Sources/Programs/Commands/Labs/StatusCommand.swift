import ArgumentParser
import Diagnostics
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
        let ended = LabClient.endings().filter { name == nil || $0.name == name }
        // Says that there's no such lab.
        if let name, summaries.isEmpty, ended.isEmpty { _ = try await LabClient.connect(to: name) }
        var report = Report(ended: ended)
        for (summary, finding) in await look(at: summaries) {
            switch finding {
            case .status(let status): report.labs.append(status)
            case .silent: report.silent.append(.init(name: summary.name, pid: summary.pid))
            case .leftBehind: report.leftBehind.append(summary.name)
            case .gone: break
            }
        }
        if json {
            console.document(try report.jsonText())
            return
        }
        if summaries.isEmpty { console.report("no lab is running; start one with 'lectern up'") }
        if report.labs.count > 1 {
            LabTable(labs: report.labs).lines.forEach { console.result(StyledText($0)) }
        } else {
            for lab in report.labs { lines(for: lab).forEach { console.result(StyledText($0)) } }
        }
        for lab in report.silent {
            let process = lab.pid.map { " (process \($0))" } ?? ""
            console.result(
                "\(lab.name)  does not answer: its supervisor\(process) hangs or was stopped; 'lectern down \(lab.name)' ends it"
            )
        }
        for name in report.leftBehind {
            console.result(
                "\(name)  left behind: its supervisor was killed, or its engine went away; 'lectern down \(name)' removes it"
            )
        }
        for ending in ended {
            console.result("\(ending.name)  ended at \(ending.endedAt): \(ending.reason.problem)")
            if !ending.reason.logTail.isEmpty { console.result(StyledText(ending.reason.logTail.quoted)) }
        }
    }

    private enum Finding: Sendable {
        case status(LabStatus)
        case silent
        case leftBehind
        case gone
    }

    /// Asks all labs at once; one that hangs holds nobody up for longer than a few seconds.
    private func look(at summaries: [LabSummary]) async -> [(LabSummary, Finding)] {
        await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, summary) in summaries.enumerated() {
                group.addTask { (index, await look(at: summary)) }
            }
            var findings = summaries.map { ($0, Finding.gone) }
            for await (index, finding) in group { findings[index].1 = finding }
            return findings
        }
    }

    private func look(at summary: LabSummary) async -> Finding {
        guard summary.isRunning else { return .leftBehind }
        let finding = await within(.seconds(5)) { () -> Finding in
            guard let client = try? await LabClient.connect(to: summary.name) else { return .gone }
            defer { client.disconnect() }
            do {
                return .status(try await client.status())
            } catch let error as LabError where error.code == .notAnswering {
                return .silent
            } catch {
                // One that ends just now isn't up any more.
                return .gone
            }
        }
        return finding ?? .silent
    }

    private struct Report: Encodable {
        var schemaVersion = 1
        struct SilentLab: Encodable {
            var name: String
            var pid: Int32?
        }

        var labs: [LabStatus] = []
        /// Labs whose supervisor is there and does not answer.
        var silent: [SilentLab] = []
        /// Names of labs whose supervisor is gone.
        var leftBehind: [String] = []
        /// Labs that were to stay and have ended by themselves; until 'down', or until the name is used again.
        var ended: [LabEnding]
    }

    private func lines(for lab: LabStatus) -> [String] {
        let started = lab.startSeconds.map { ", ready in \($0.inSeconds)" } ?? ""
        let place = lab.engine == .process ? "" : ", \(lab.engine.inWords)"
        var lines = [
            "\(lab.name)  \(lab.phase.rawValue)\(place), up \(lab.uptime)\(started), "
                + "\(lab.memory.proportional.inMebibytes) (and \(lab.supervisorMemory.inMebibytes) for the supervisor)"
        ]
        if let lesson = lab.lesson { lines.append("  \("lesson".padded(to: 16)) \(lesson)") }
        if let problem = lab.problem { lines.append("  ! \(problem)") }
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
