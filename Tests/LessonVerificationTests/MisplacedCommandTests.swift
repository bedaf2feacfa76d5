import Diagnostics
import Lessons
import Testing

@testable import LessonVerification

@Suite struct MisplacedCommandTests {
    private func action(_ text: String, _ kind: Action.Kind = .execute) -> Action {
        Action(place: SourcePlace(file: "step1.md", line: 1), text: text, kind: kind)
    }

    @Test func aCommandThatAMenuTookIsToldOnce() {
        var misplaced = MisplacedCommands()
        #expect(misplaced.remark(on: action("0"), typedInto: "menu.sh", in: "T1") == nil)
        #expect(
            misplaced.remark(on: action("git status"), typedInto: "menu.sh", in: "T1")?.contains("'menu.sh'") == true)
        #expect(misplaced.remark(on: action("git log"), typedInto: "menu.sh", in: "T1") == nil)
        // The menu has ended and was started again.
        #expect(misplaced.remark(on: action("git log"), typedInto: nil, in: "T1") == nil)
        #expect(misplaced.remark(on: action("./run.sh"), typedInto: "menu.sh", in: "T1") != nil)
    }

    @Test(arguments: ["select 1;", "db.orders.find()", ":set number", "import os", "show tables;", "exit", "hello", ""])
    func whatConsolesTakeIsNoCommandForTheShell(_ text: String) {
        var misplaced = MisplacedCommands()
        #expect(misplaced.remark(on: action(text), typedInto: "mariadb", in: "T1") == nil)
    }

    @Test(arguments: ["bash", "su", "ssh"])
    func aNestedShellIsAShell(_ program: String) {
        var misplaced = MisplacedCommands()
        #expect(misplaced.remark(on: action("ls"), typedInto: program, in: "T1") == nil)
    }
}
