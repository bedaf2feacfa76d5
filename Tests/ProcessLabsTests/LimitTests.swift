import AgentProtocol
import ComposeFiles
import Labs
import Testing

@testable import ProcessLabs

@Suite struct LimitTests {
    @Test("a lesson may ask for less, never for more, and never for too little to run in")
    func lowering() {
        let given = LabLimits()
        #expect(given.lowered(memory: 512 << 20, processes: 100, disk: 1 << 30).memory == 512 << 20)
        #expect(given.lowered(memory: .max, processes: .max, disk: .max) == given)
        #expect(given.lowered(memory: 1, processes: 1, disk: 1) == .least)
        #expect(given.lowered() == given)
    }

    @Test("the sandbox gets from its command line what it was given, up to the command")
    func arguments() throws {
        let limits = SandboxLimits(
            memory: 1 << 31, watchesMemory: true, processes: 77, countsProcesses: false, disk: 1 << 32,
            directories: ["/root", "/run/lab/data/x y"])
        #expect(SandboxLimits(arguments: limits.arguments) == limits)
        #expect(SandboxLimits(arguments: limits.arguments + ["--", "sh", "-c"]) == limits)
        #expect(SandboxLimits(arguments: ["--memory"]) == nil)
        #expect(SandboxLimits(arguments: ["--memory", "much", "--processes", "1", "--disk", "1"]) == nil)
    }

    @Test("files in memory leave programs at least an eighth of it")
    func shares() throws {
        let memory = 2 << 30
        let arguments = try Sandbox(hostname: "lab", memory: memory).arguments(
            systemFiles: Self.temporary, command: ["true"])
        let sizes = zip(arguments, arguments.dropFirst()).filter { $0.0 == "--size" }.compactMap { Int($0.1) }
        #expect(sizes.count == 4)
        #expect(sizes.reduce(0, +) <= memory * 7 / 8)
    }

    @Test("the agent alone has capabilities, and the sandbox begins with none of the caller's")
    func capabilities() throws {
        let arguments = try Sandbox(hostname: "lab", memory: 1 << 30).arguments(
            systemFiles: Self.temporary, command: ["true"])
        let drop = try #require(arguments.firstIndex(of: "--cap-drop"))
        #expect(arguments[drop + 1] == "ALL")
        #expect(arguments[..<drop].contains("--cap-add") == false)
        #expect(arguments.contains("--as-pid-1"))
        #expect(arguments.contains("--clearenv"))
    }

    private static var temporary: String { "/tmp/lectern-limit-tests-\(UInt32.random(in: .min ... .max))" }
}
