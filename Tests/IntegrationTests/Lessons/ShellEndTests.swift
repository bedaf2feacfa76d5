import Foundation
import TerminalProperties
import Testing

/// What a person in `lectern shell` is told when the lab goes away, and where the keys go that he types meanwhile.
@Suite(
    "The end of a joined terminal", .serialized,
    .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct ShellEndTests {
    private let lectern: LecternProgram
    private let lab = "ends-\(UInt32.random(in: .min ... .max))"

    init() throws { lectern = try LecternProgram() }

    private func withPerson(_ body: (PersonAtTerminal) throws -> Void) throws {
        defer { lectern.remove() }
        let up = try lectern.run(["up", "--name", lab, try lectern.page("hello\n")])
        try #require(up.status == 0, "\(up.problems)")
        defer { _ = try? lectern.run(["down", lab]) }
        let person = try PersonAtTerminal(
            lectern, ["shell", "T1", "--lab", lab],
            script: #""$0" "$@"; status=$?; read -r -t 0.2 line; echo "left on the host: [$line]"; exit $status"#)
        try person.wait(for: "Ctrl-] leaves")
        try person.wait(for: "#")
        try body(person)
        #expect(AnsweringTerminal.objection(to: Self.withoutOurOwn(person.bytes)) == nil)
    }

    /// Without what Lectern itself says to the terminal: the title put aside, and the terminal put back.
    private static func withoutOurOwn(_ bytes: [UInt8]) -> [UInt8] {
        var text = String(decoding: bytes, as: UTF8.self)
        for own in ["\u{1B}[22;0t", "\u{1B}[23;0t", "\u{1B}[<u", "\u{1B}[>4m"]
            + [1001, 1004, 1016, 2026].map({ "\u{1B}[?\($0)l" })
        {
            text = text.replacing(own, with: "")
        }
        return Array(text.utf8)
    }

    /// The person goes on typing; none of it may be left for whoever reads the terminal next.
    private func expectFarewell(_ person: PersonAtTerminal, saying reason: String) throws {
        // The rest of the sentence may be on the next line.
        try person.wait(for: "lectern: the ")
        person.type("touch /tmp/on-the-host\r")
        #expect(try person.end() == 2)
        #expect(person.isCooked)
        #expect(person.history.contains("left on the host: []"), "\(person.history)")
        let line = person.shown.joined(separator: " ")
        #expect(line.contains(reason), "\(line)")
        let text = String(decoding: person.bytes, as: UTF8.self)
        for reset in [
            "\u{1B}[?2004l", "\u{1B}[?1000l", "\u{1B}[?1l", "\u{1B}[?1049l", "\u{1B}[<u", "\u{1B}[?25h", "\u{1B}[0m",
        ] {
            #expect(text.contains(reset))
        }
    }

    @Test("a lab that is taken down says so, and swallows what is typed")
    func down() throws {
        try withPerson { (person: PersonAtTerminal) throws in
            let down = try lectern.run(["down", lab])
            #expect(down.status == 0)
            try expectFarewell(person, saying: "the lab '\(lab)' has ended")
        }
    }

    @Test("a lab that is reset says so")
    func reset() throws {
        try withPerson { (person: PersonAtTerminal) throws in
            let reset = try lectern.run(["reset", lab])
            #expect(reset.status == 0, "\(reset.problems)")
            try expectFarewell(person, saying: "the lab '\(lab)' is being reset")
        }
    }

    @Test("a shell that ends says so, with its status")
    func exit() throws {
        try withPerson { (person: PersonAtTerminal) throws in
            person.type("exit 3\r")
            try expectFarewell(person, saying: "the shell of T1")
        }
    }

    @Test("a person who leaves is told nothing, and the status is 0")
    func leave() throws {
        try withPerson { (person: PersonAtTerminal) throws in
            person.type("printf '\\e[?1000h\\e[?2004h\\e[?1049h\\e[?1h\\e='\r\u{1D}")
            #expect(try person.end() == 0)
            #expect(person.isCooked)
            #expect(!person.history.contains("back on your own machine"))
        }
    }

    @Test("queries of a program in the lab don't reach the person's terminal")
    func queries() throws {
        try withPerson { (person: PersonAtTerminal) throws in
            person.type("printf '\\e[?u\\e]52;c;eA==\\a\\e[5i\\5\\302\\2336n\\e[1;1;1;1;1;1*y'; echo d''one\r")
            try person.wait(for: "done")
            person.type("\u{1D}")
            #expect(try person.end() == 0)
        }
    }
}
