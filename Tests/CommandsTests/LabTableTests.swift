import AgentProtocol
import LabControlProtocol
import Labs
import Testing

@testable import Commands

@Suite("Several labs in a table")
struct LabTableTests {
    private func lab(_ name: String, services: [ServiceStatus.State], uptime: Double, lesson: String? = nil)
        -> LabStatus
    {
        LabStatus(
            name: name, engine: .process, phase: .ready, problem: nil,
            services: services.enumerated().map { ServiceStatus(name: "s\($0)", state: $1) },
            ports: [], memory: MemoryUse(proportional: 2 << 20, resident: 3 << 20), supervisorMemory: 0,
            uptimeSeconds: uptime,
            startSeconds: 1, composeFiles: [], terminals: [], lesson: lesson)
    }

    @Test("each has one line, with how many of its services are ready")
    func lines() {
        let lines = LabTable(labs: [
            lab("one", services: [.ready, .completed, .died(.code(3))], uptime: 61, lesson: "/home/a/scenarios/first"),
            lab("a-longer-name", services: [], uptime: 7325),
        ]).lines
        #expect(
            lines == [
                "LAB            STATE  ENGINE          UP  MEMORY  SERVICES  PORTS  LESSON",
                "one            ready  process      1 min   2 MiB    2 of 3         scenarios/first",
                "a-longer-name  ready  process  2 h 2 min   2 MiB      none",
            ])
    }
}

@Suite("What a person at a joined terminal is told")
struct FarewellTests {
    private func farewell(_ end: AttachmentEnd) -> String { ShellCommand.farewell(to: "T2", of: "demo", after: end) }

    @Test("every end says that what is typed next is for the host, on one line")
    func everyEnd() {
        let ends: [AttachmentEnd] = [
            .shellEnded(.code(3)), .labReset, .labEnded(nil), .connectionLost,
            .labEnded(LabError(code: .labEnded, problem: "service 'a\u{1B}[2J\nb' ended")),
        ]
        for end in ends {
            let line = farewell(end)
            #expect(line.hasSuffix("; you are back on your own machine"))
            let isOneLine =
                line.unicodeScalars.allSatisfy { !$0.properties.isWhitespace || $0 == " " } && !line.contains("\u{1B}")
            #expect(isOneLine)
        }
    }

    @Test("it says what ended")
    func subjects() {
        #expect(farewell(.labReset).contains("the lab 'demo' is being reset"))
        #expect(farewell(.shellEnded(.code(3))).contains("the shell of T2 in the lab 'demo' has ended"))
        #expect(farewell(.labEnded(nil)).contains("the lab 'demo' has ended: it was taken down"))
    }
}

@Suite("Steps on the command line")
struct StepRangeTests {
    @Test("one step or several are taken", arguments: [("3", 3...3), ("2-4", 2...4)])
    func taken(argument: String, steps: ClosedRange<Int>) throws {
        #expect(try StepRange(argument: argument).steps == steps)
    }

    @Test("anything else is refused", arguments: ["0", "4-2", "a", "", "1-", "1-2-3", "-1"])
    func refused(argument: String) { #expect(throws: (any Error).self) { try StepRange(argument: argument) } }
}
