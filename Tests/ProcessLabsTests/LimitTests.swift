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

    @Test("the sandbox gets from its command line what it was given")
    func arguments() throws {
        let limits = SandboxLimits(
            memory: 1 << 31, watchesMemory: true, processes: 77, countsProcesses: false, disk: 1 << 32,
            directories: ["/root", "/run/lab/data/x y"])
        #expect(SandboxLimits(arguments: limits.arguments) == limits)
        #expect(SandboxLimits(arguments: ["--memory"]) == nil)
        #expect(SandboxLimits(arguments: ["--memory", "much", "--processes", "1", "--disk", "1"]) == nil)
    }

    @Test("files in memory leave programs at least an eighth of it")
    func shares() throws {
        let memory = 2 << 30
        let arguments = try Sandbox(hostname: "lab", limits: LabLimits(memory: memory)).arguments(
            systemFiles: Self.temporary, command: ["true"])
        let sizes = zip(arguments, arguments.dropFirst()).filter { $0.0 == "--size" }.compactMap { Int($0.1) }
        #expect(sizes.count == 4)
        #expect(sizes.reduce(0, +) <= memory * 7 / 8)
    }

    @Test("the agent alone has capabilities, and the sandbox begins with none of the caller's")
    func capabilities() throws {
        let arguments = try Sandbox(hostname: "lab", limits: LabLimits()).arguments(
            systemFiles: Self.temporary, command: ["true"])
        let drop = try #require(arguments.firstIndex(of: "--cap-drop"))
        #expect(arguments[drop + 1] == "ALL")
        #expect(arguments[..<drop].contains("--cap-add") == false)
        #expect(arguments.contains("--as-pid-1"))
        #expect(arguments.contains("--clearenv"))
    }

    @Test("root's sandbox belongs to another user, who isn't the caller's and whose rights the agent alone can take on")
    func owner() throws {
        let sandbox = Sandbox(hostname: "lab", limits: LabLimits(), owner: SandboxOwner(user: 2_000_000_000))
        let arguments = try sandbox.arguments(systemFiles: Self.temporary, command: ["true"])
        #expect(!arguments.contains("--uid"))
        #expect(arguments.contains("CAP_SETUID"))
        let others = try Sandbox(hostname: "lab", limits: LabLimits()).arguments(
            systemFiles: Self.temporary, command: ["true"])
        #expect(others.contains("--uid"))
        #expect(!others.contains("CAP_SETUID"))
    }

    @Test(
        "a map of users names the numbers inside that mean something",
        arguments: [
            ("         0          0 4294967295\n", [0..<4_294_967_295]),
            ("0 100000 65536\n65536 5 1", [0..<65536, 65536..<65537]),
            ("", []), ("a b c", []), ("4294967295 0 10", [4_294_967_295..<4_294_967_295]),
        ] as [(String, [Range<UInt32>])])
    func userMaps(_ map: String, _ ranges: [Range<UInt32>]) {
        #expect(SandboxOwner.numbers(in: map) == ranges)
    }

    private static var temporary: String { "/tmp/lectern-limit-tests-\(UInt32.random(in: .min ... .max))" }
}
