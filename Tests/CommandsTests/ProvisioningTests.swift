import ArgumentParser
import Diagnostics
import LabProvisioning
import Labs
import Lessons
import Testing

@testable import Commands

@Suite("What 'lectern seed' is given") struct SeedCommandTests {
    @Test(
        "a name and a value, which may hold anything that fits on a line",
        arguments: [
            ("rows=25", "rows", "25"), ("title=A = B", "title", "A = B"), ("dry-run=", "dry-run", ""),
            ("a_1=-3", "a_1", "-3"),
        ])
    func parameters(argument: String, name: String, value: String) throws {
        #expect(try SeedCommand.parameter(argument) == .init(name: name, value: value))
    }

    @Test(
        "nothing that a command could take for something else",
        arguments: ["rows", "=1", "-rows=1", "1st=1", "a b=1", "größe=1", "rows=1\n2", "rows=\u{1B}[2J"])
    func refused(argument: String) {
        #expect(throws: ValidationError.self) { try SeedCommand.parameter(argument) }
    }

    @Test("a name is given once") func twice() throws {
        #expect(throws: (any Error).self) { try SeedCommand.parse(["rows=1", "rows=2"]) }
        #expect(
            try SeedCommand.parse(["rows=1", "seed=2", "--lab", "demo"]).parameters.map(\.name) == ["rows", "seed"])
    }
}

@Suite("What is said while a lab is made ready") struct ProvisioningDisplayTests {
    private func display() -> ProvisioningDisplay {
        let console = Console(progress: .none)
        return ProvisioningDisplay(console: console, waiting: WaitDisplay(console: console))
    }

    @Test("what was asked for, and how long it took") func seeded() {
        let seeding = Seeding([.init(name: "rows", value: "25"), .init(name: "of", value: "")])
        let line = ProvisioningDisplay.line(for: SeedingReport(seeding: seeding, output: "", seconds: 0.8))
        #expect(line.plain == "  ✓ seeded (rows 25, of '') in 0.80 s")
        let plain = ProvisioningDisplay.line(for: SeedingReport(seeding: Seeding(), output: "", seconds: 1))
        #expect(plain.plain == "  ✓ seeded in 1.00 s")
    }

    @Test("an interruption says where the lab stood, and what is left of it") func interruption() {
        let display = display()
        display.show(.began(.opening))
        #expect(display.interruption == "while the lab was made; nothing of it is left")
        display.show(.began(.seeding))
        display.show(.stopped(lab: "demo", problem: nil))
        #expect(display.interruption == "while the lab was seeded; nothing of the lab is left")
        display.show(.stopped(lab: "demo", problem: LabError(code: .system, problem: "stuck")))
        #expect(display.interruption == "while the lab was seeded; 'lectern down demo' removes what is left")
    }
}
