import Foundation
import TerminalSessions
import Testing

/// What is captured is what a person sees.
@Suite struct SeenOutputTests {
    @Test(.enabled(if: isInstalled("curl"), "curl is not installed"))
    func curlsProgressLeavesItsLastState() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write(String(repeating: "0123456789abcdef", count: 4096), to: "page")
            let bar = try await terminal.line("curl -# --limit-rate 200k -o copy file://$PWD/page")
            #expect(bar.ending == .status(0))
            #expect(bar.text.split(separator: "\n").count == 1 && bar.text.hasSuffix(" 100.0%"), "\(bar.text)")
            let meter = try await terminal.line("curl --limit-rate 100k -o copy file://$PWD/page")
            let lines = meter.text.split(separator: "\n")
            #expect(lines.count == 3 && lines.last?.split(separator: " ").first == "100", "\(meter.text)")
        }
    }

    @Test func aSpinnerLeavesWhatStandsThereInTheEnd() async throws {
        try await TestTerminal.with { (terminal) async throws in
            // Backspaces, a hidden cursor and colours, as npm's and pip's spinners have them.
            let spun = try await terminal.line(
                #"printf '\e[?25lworking '; for c in '|' / - '\' '|'; do printf '\e[36m%s\e[0m\b' "$c"; sleep 0.03; done; printf '\e[Kdone\e[?25h\n'"#
            )
            #expect(spun.text == "working done")
            let rubbed = try await terminal.line(#"printf 'abcdef\b\b\b\e[Kxyz\b!\n'"#)
            #expect(rubbed.text == "abcxy!")
        }
    }

    @Test func coloursGoAndTabsExpand() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("mkdir leaf; touch a")
            #expect(try await terminal.line("ls --color=always").text == "a  leaf")
            #expect(try await terminal.line(#"printf 'a\tbc\t|\n\tx\n'"#).text == "a       bc      |\n        x")
            #expect(try await terminal.line("grep --color=always e <<<pear").text == "pear")
        }
    }

    @Test func wideAndCombiningCharactersKeepTheirPlaces() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(
                try await terminal.line(#"printf '漢字|e\u0301|한|👩\n12345678\n'"#).text == "漢字|e\u{301}|한|👩\n12345678")
            // The bar stands in column 6 of both lines: two wide characters take four cells.
            let placed = try await terminal.line(#"clear; printf '漢字\e[6G|\nabcd\e[6G|\ne\u0301\e[6G|\n'"#)
            #expect(placed.text == "漢字 |\nabcd |\ne\u{301}    |")
            // Rubbing out half of one takes it whole.
            #expect(try await terminal.line(#"printf '漢字\e[2GX\n'"#).text == " X字")
            let typed = try await terminal.line("echo 'größe 漢字 e\u{301}'")
            #expect(typed.text == "größe 漢字 e\u{301}")
        }
    }

    @Test func aLineOfWideCharactersIsOneLineAgain() async throws {
        try await TestTerminal.with(columns: 21) { (terminal) async throws in
            let word = String(repeating: "漢", count: 40)
            #expect(try await terminal.line("x=\(word); clear; echo $x; echo next").text == "\(word)\nnext")
        }
    }

    @Test func brokenTextAndUnknownSequencesDoNoHarm() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let odd = try await terminal.line(
                #"printf 'a\e]777;notify;x\ab\ePq#0;2;0;0;0#0~\e\\c\e_hidden\e\\d\e^hidden\e\\e\e[?7777hf\e[>4;2mg\n'"#)
            #expect(odd.text == "abcdefg")
            let broken = try await terminal.line(#"printf 'x\xff\xc3(y\xe6\xbc\n'"#)
            #expect(broken.text.hasPrefix("x") && broken.text.contains("(y"), "\(broken.text)")
            // What was cut off ends with the line, and nothing that a program leaves open swallows the next.
            _ = try await terminal.line(#"printf 'open \e]0;never closed'"#)
            #expect(try await terminal.line("echo next").text == "next")
        }
    }

    @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
    func outputInSingleBytesIsTheSame() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write(
                """
                import os
                text = "".join(f"\\x1b[1;3{i % 8}mrow {i}\\x1b[0m\\tgrün 漢字\\r\\n" for i in range(100))
                for byte in text.encode(): os.write(1, bytes([byte]))
                """, to: "single.py")
            let capture = try await terminal.line("python3 single.py")
            let expected = (0..<100).map { "row \($0)".padding(toLength: 8, withPad: " ", startingAt: 0) + "grün 漢字" }
            #expect(capture.ending == .status(0))
            #expect(capture.text == expected.joined(separator: "\n"))
        }
    }
}
