import Foundation
import TerminalProperties
import Testing

/// Every command, on a lesson that puts what commands a terminal wherever a lesson can put text.
@Suite("No command lets a lesson command the terminal")
struct HostileLessonTests {
    /// Writes the clipboard, clears the screen, asks for the cursor, in C0 and C1, and turns text round.
    private static let attack = "\u{1B}]52;c;b3duZWQ=\u{7}\u{1B}[2J\u{9B}6n\u{1B}[6n\u{202E}\u{7F}\u{85}\u{5}"
    /// The same as JSON writes it.
    private static let escaped =
        #"\u001b]52;c;b3duZWQ=\u0007\u001b[2J\u009b6n\u001b[6n\u202e\u007f\u0085\u0005"#

    private let lectern: LecternProgram
    private let scenario: WrittenScenario

    init() throws {
        lectern = try LecternProgram()
        let attack = Self.attack
        scenario = try WrittenScenario(
            in: lectern,
            details: """
                {"intro": {"title": "I \(Self.escaped)", "text": "intro\(Self.escaped).md", "foreground": "go\(Self.escaped).sh"},
                 "steps": [{"title": "S \(Self.escaped)", "text": "step1.md", "verify": "check.sh", "hint": "h\(Self.escaped).md"}],
                 "assets": {"host01": [{"file": "a\(Self.escaped)*", "target": "/x\(Self.escaped)"}]}}
                """,
            others: """
                "description": "\(Self.escaped)", "tiitle\(Self.escaped)": 1, "type": "challenge\(Self.escaped)",
                "environment": {"uilayout": "\(Self.escaped)"}, "backend": {"imageid": "ubuntu"}
                """,
            files: [
                "intro\(attack).md":
                    "# \(attack)\n\nhello \(attack) <b title=\"\(attack)\">x</b> [x](\(attack.replacing(" ", with: "")))\n",
                "step1.md": """
                # Step \(attack)

                `echo \(attack)`{{execute T1}}

                You'll get the following output:

                ```\(attack)
                \(attack)
                ```

                `false \(attack)`{{exeute \(attack)}} [p](gone\(attack).png) <!-- lectern: wrong\(attack) -->

                >>Which \(attack)?<<
                (*) this \(attack)
                ( ) that

                <pre class="file" data-filename="f\(attack)" data-target="\(attack)">\(attack)</pre>
                """,
                "go\(attack).sh": "echo '\(attack)'\n", "check.sh": "printf '\(attack)'; exit 1\n",
                "h\(attack).md": attack,
                "a\(attack)1": attack,
            ])
    }

    /// Everything but line feed and tab that a terminal obeys.
    private static func commands(in text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A: false
            case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }.map { "U+" + String($0.value, radix: 16) }
    }

    private static let withoutLab: [[String]] = [
        ["verify", "LESSON"], ["verify", "--json", "LESSON"], ["update", "LESSON"], ["update", "--json", "LESSON"],
        ["lint", "LESSON"], ["lint", "--json", "LESSON"], ["lint", "--sarif", "LESSON"],
        ["lint", "--fix", "--dry-run", "LESSON"],
        ["inspect", "LESSON"], ["inspect", "--json", "LESSON"], ["render", "LESSON"], ["import", "LESSON"],
        ["import", "--json", "LESSON"], ["up", "LESSON\(attack)"], ["up", "--name", attack, "LESSON"], ["new", attack],
        ["new", "--title", attack, "/nowhere/\(attack)/lesson"], ["status", attack], ["status", "--json", attack],
        ["down", attack],
        ["shell", attack], ["shell", "T1", "--lab", attack], ["logs", attack], ["logs", "x", "--lab", attack],
        ["reset", attack],
        ["seed", "--lab", attack], ["doctor", "LESSON"], ["doctor", "--json", "LESSON"],
        ["images", "list", "--compose", attack],
        ["images", "save", attack], ["images", "load", attack], ["match", "--documented", attack, "--actual", attack],
        ["match", "--documented", "LESSON/step1.md", "--actual", "LESSON/check.sh"],
        ["match", "--json", "--documented", "LESSON/step1.md", "--actual", "LESSON/check.sh"], [attack],
        ["verify", "--\(attack)"],
        ["help", attack], ["lint", "--only", attack, "LESSON"], ["--generate-completion-script", attack],
        ["verify", "--image-table", attack, "LESSON"], ["verify", "--json", "--timeout", attack, "LESSON"],
    ]

    @Test("piped, a command's output has no control characters", arguments: withoutLab)
    func piped(arguments: [String]) throws {
        defer { lectern.remove() }
        let run = try lectern.run(arguments.map { $0.replacing("LESSON", with: scenario.path) })
        #expect(Self.commands(in: run.output) == [])
        #expect(Self.commands(in: run.problems) == [])
        // Where nothing can be fixed there is no difference to show.
        #expect(!run.output.isEmpty || !run.problems.isEmpty || arguments.contains("--dry-run"), "it says something")
    }

    @Test(
        "at a terminal, colours are all that is sent",
        arguments: [["verify"], ["lint"], ["inspect"], ["import"], ["render"], ["update"], ["lint", "--json"]])
    func atATerminal(arguments: [String]) throws {
        defer { lectern.remove() }
        let person = try PersonAtTerminal(lectern, arguments + [scenario.path])
        _ = try person.end()
        #expect(AnsweringTerminal.objection(to: person.bytes) == nil)
        #expect(!String(decoding: person.bytes, as: UTF8.self).contains("\u{202E}"))
    }

    @Test(
        "what a service printed before it died is shown as text",
        .enabled(if: LecternProgram.missing == nil, "no lab can be had here"),
        arguments: [false, true])
    func serviceLog(isPiped: Bool) throws {
        defer { lectern.remove() }
        let lesson = try WrittenScenario(
            in: lectern, step: "", page: "`true`{{execute}}\n", others: #""lectern": {"environment": "compose.yaml"}"#,
            files: [
                "compose.yaml": """
                services:
                  talker:
                    image: none
                    x-lectern:
                      command: [sh, -c, "printf 'said \\\\033]52;c;eA==\\\\007\\\\033[2J\\\\302\\\\2336n.\\\\n'; exit 4"]
                      ready: [{ port: 4455 }]
                """
            ])
        if isPiped {
            let run = try lectern.run(["verify", lesson.path])
            #expect(run.status == 2)
            #expect(run.problems.contains("said "), "\(run)")
            #expect(Self.commands(in: run.output + run.problems) == [])
        } else {
            let person = try PersonAtTerminal(lectern, ["verify", lesson.path])
            #expect(try person.end() == 2)
            #expect(person.history.contains("said "))
            #expect(AnsweringTerminal.objection(to: Self.withoutDrawing(person.bytes)) == nil)
        }
    }

    /// A service's log, as `logs` shows it in all its ways.
    @Test(
        "a log is text, in colour when that is asked for",
        .enabled(if: LecternProgram.missing == nil, "no lab can be had here"))
    func logs() throws {
        defer { lectern.remove() }
        let lab = "hostile-\(UInt32.random(in: .min ... .max))"
        let lesson = try WrittenScenario(
            in: lectern, step: "", others: #""lectern": {"environment": "compose.yaml"}"#,
            files: [
                "compose.yaml": """
                services:
                  talker:
                    image: none
                    x-lectern:
                      command: [sh, -c, "printf '\\\\033[31mred\\\\033[0m \\\\033]52;c;eA==\\\\007\\\\033[6n\\\\302\\\\2336n.\\\\n'; exec sleep 1000"]
                      ready: [{ log: red }]
                """
            ])
        let up = try lectern.run(["up", "--name", lab, lesson.path])
        try #require(up.status == 0, "\(up.problems)")
        defer { _ = try? lectern.run(["down", lab]) }
        #expect(try lectern.run(["logs", "talker", "--lab", lab]).output == "red \u{FFFD}6n.\n")
        #expect(
            try lectern.run(["logs", "talker", "--lab", lab, "--colours"]).output
                == "\u{1B}[31mred\u{1B}[0m \u{FFFD}6n.\n\u{1B}[0m")
        #expect(try lectern.run(["logs", "talker", "--lab", lab, "--raw"]).output.contains("\u{1B}[6n\u{9B}6n."))
        let person = try PersonAtTerminal(lectern, ["logs", "talker", "--lab", lab, "--raw"])
        #expect(try person.end() == 2)
        #expect(person.history.contains("cannot write to a terminal"))
    }

    /// Without what redraws a line of progress.
    private static func withoutDrawing(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing("\u{1B}[2K", with: "").utf8)
    }
}
