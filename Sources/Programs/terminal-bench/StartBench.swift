import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import PseudoTerminals
import TerminalSessions

/// Takes the time that is before a lesson's first action, apart: the tool, the sandbox and the shell.
struct StartBench {
    /// The path of the program.
    let lectern: String
    let runs = 20
    /// Milliseconds, for all three together.
    let bound = 60.0

    func run() async throws {
        let page = "/tmp/terminal-bench.\(getpid()).md"
        let file = fopen(page, "w")
        fputs("`true`{{execute}}\n", file)
        fclose(file)
        defer { unlink(page) }
        var parts: [(tool: Double, sandbox: Double, shell: Double)] = []
        for run in 0..<runs {
            let tool = try timeOfTool(page)
            let began = ContinuousClock.now
            let lab = try await LabClient.start(
                LabRequest(name: "start-bench-\(getpid())-\(run)", engine: .process), supervisor: lectern,
                lifeline: true
            ) { _ in }
            let isUp = ContinuousClock.now
            // Types nothing: returns at the shell's first prompt.
            let opened = try await lab.perform(TerminalInput(.text("")), in: "T1")
            let hasPrompt = ContinuousClock.now
            guard opened.ending == .status(0) else { fatalError("the shell shows no prompt: \(opened.ending)") }
            try await lab.stop()
            parts.append((tool, (isUp - began) / .milliseconds(1), (hasPrompt - isUp) / .milliseconds(1)))
        }
        let (tool, sandbox, shell) = (
            median(parts.map(\.tool)), median(parts.map(\.sandbox)), median(parts.map(\.shell))
        )
        let sum = tool + sandbox + shell
        print("start-up, medians of \(runs):")
        print("  tool     \(text(tool)) ms, from its start to the first line it prints of a lesson")
        print("  sandbox  \(text(sandbox)) ms, with the lab's supervisor and the agent in it")
        print("  shell    \(text(shell)) ms, from its start in there to its first prompt")
        print("  together \(text(sum)) ms, \(sum <= bound ? "within" : "over") the bound of \(Int(bound)) ms")
    }

    /// Milliseconds from the start of the process to the first byte that it prints, having read the page.
    private func timeOfTool(_ page: String) throws -> Double {
        let terminal = try PseudoTerminal.open(columns: 120, rows: 40)
        defer { terminal.close() }
        _ = fcntl(terminal.master, F_SETFL, 0)
        let began = ContinuousClock.now
        let process = try terminal.spawn(
            executable: lectern, arguments: ["lectern", "inspect", page], environment: ["PATH=/usr/bin:/bin"],
            directory: nil)
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard read(terminal.master, &buffer, buffer.count) > 0 else { fatalError("'\(lectern)' prints nothing") }
        let time = (ContinuousClock.now - began) / .milliseconds(1)
        while read(terminal.master, &buffer, buffer.count) > 0 {}
        var status: Int32 = 0
        waitpid(process, &status, 0)
        guard status == 0 else { fatalError("'\(lectern) inspect' ended with \(status >> 8)") }
        return time
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    private func text(_ milliseconds: Double) -> String {
        let tenths = Int((milliseconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
