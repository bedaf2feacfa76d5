import TerminalProperties
import Testing

@testable import TerminalSessions

@Suite struct EchoTests {
    @Test func theEchoOfALineGoesWithItsLineEnd() {
        #expect(withoutEcho("1+1\n2", of: "1+1") == "2")
        #expect(withoutEcho("1+1", of: "1+1") == "")
        #expect(withoutEcho("\n2", of: "") == "2")
    }

    @Test func aLineEditorMayWrapTheEcho() {
        #expect(withoutEcho("select a,\n b from t\nrow", of: "select a, b from t") == "row")
    }

    @Test func textThatIsNoEchoStays() {
        #expect(withoutEcho("\nwelcome", of: "secret") == "\nwelcome")
        #expect(withoutEcho("1+12", of: "1+1") == "1+12")
    }

    @Test func controlCharactersAreShownWithACaret() {
        #expect(withoutEcho("^C\nbye", of: "\u{3}") == "bye")
        #expect(withoutEcho("bye", of: "\u{3}") == "bye")
    }
}

@Suite struct KeySequenceTests {
    @Test(
        arguments: [
            ("^C", [3]), ("^c", [3]), ("^ESC", [0x1B]), ("^[", [0x1B]), ("^D", [4]), ("^\\", [0x1C]),
            ("^X ^Y", [24, 25]),
            ("^ENTER", [13]), ("^UP", [0x1B, 0x5B, 0x41]), ("q", [0x71]), ("^ESC:q", [0x1B, 0x3A, 0x71]),
            ("^?", [0x7F]),
            ("^F10", Array("\u{1B}[21~".utf8)), ("^END", Array("\u{1B}[F".utf8)), ("^SPACE", [0x20]),
        ] as [(String, [UInt8])])
    func namesBecomeBytes(name: String, bytes: [UInt8]) throws {
        #expect(try keySequence(named: name) == bytes)
    }

    @Test func whatNamesNoKeyIsRefused() {
        #expect(throws: TerminalSessionError.self) { try keySequence(named: "^1") }
        #expect(throws: TerminalSessionError.self) { try keySequence(named: "^") }
    }
}

@Suite struct LearnedPromptsTests {
    @Test func aPromptIsKnownAgainAfterOutputWithoutALineEnd() {
        var prompts = LearnedPrompts()
        prompts.learn(">>> ", of: 7)
        prompts.learn("   ", of: 7)
        #expect(prompts.match("text>>> ", of: 7) == ">>> ")
        #expect(prompts.match(">>> ", of: 8) == nil)
        #expect(prompts.match("   ", of: 7) == nil)
        prompts.forget()
        #expect(!prompts.areKnown(of: 7))
    }

    @Test(arguments: [1, 2] as [UInt64]) func anyBytesAreTakenAsKeysOutputAndEcho(seed: UInt64) {
        var properties = TerminalProperties(seed: seed)
        for _ in 0..<1000 {
            for failure in [properties.hostileView(), properties.keysAndEcho()] {
                guard let failure else { continue }
                Issue.record("\(failure)")
                return
            }
        }
    }
}
