import Foundation
import TerminalScreens
import TerminalSessions
import Testing

@Suite struct ProgramTests {
    @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
    func python() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let entered = try await terminal.line("python3 -q")
            #expect(entered.ending == .waiting)
            #expect(entered.prompt == ">>> ")
            #expect(try await terminal.line("6 * 7").text == "42")
            #expect(try await terminal.line("print('no newline', end='')").text == "no newline")
            let block = try await terminal.line("for i in range(2):\n    print('round', i)\n")
            #expect(block.text == "round 0\nround 1")
            #expect(block.ending == .prompt(">>> "))
            #expect(try await terminal.line("def f():").ending == .prompt("... "))
            #expect(try await terminal.line("  return 1").ending == .prompt("... "))
            #expect(try await terminal.line("").ending == .prompt(">>> "))
            let error = try await terminal.line("1 / 0")
            #expect(error.text.hasSuffix("ZeroDivisionError: division by zero"))
            #expect(try await terminal.line("import time; time.sleep(0.4); print('late')").text == "late")
            #expect(try await terminal.line("input('name? ')").prompt == "name? ")
            #expect(try await terminal.line("Anna").text == "'Anna'")
            let left = try await terminal.keys("^D")
            #expect(left.ending == .status(0))
            #expect(try await terminal.line("echo back").text == "back")
        }
    }

    @Test(.enabled(if: isInstalled("sqlite3"), "sqlite3 is not installed"))
    func sqlite() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("sqlite3 shop.db").prompt == "sqlite> ")
            _ = try await terminal.line(
                "create table fruit(name text, count int);\ninsert into fruit values ('pear', 3);")
            #expect(try await terminal.line("select\n  name, count\nfrom fruit;").text == "pear|3")
            #expect(try await terminal.line("select nothing;").text.contains("error"))
            #expect(try await terminal.line(".exit 4").ending == .status(4))
        }
    }

    @Test(.enabled(if: isInstalled("node"), "node is not installed"))
    func node() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let entered = try await terminal.line("node")
            #expect(entered.prompt == "> ")
            #expect(try await terminal.line("[1, 2].map(x => x * 2)").text == "[ 2, 4 ]")
            #expect(try await terminal.line("const sum = (a, b) => {").prompt == "... ")
            #expect(try await terminal.line("  return a + b\n}\nsum(20, 3)").text.hasSuffix("23"))
            let error = try await terminal.line("nope()")
            #expect(error.text.contains("ReferenceError: nope is not defined") && error.ending == .prompt("> "))
            #expect(try await terminal.line("await new Promise(r => setTimeout(() => r(7), 300))").text == "7")
            #expect(try await terminal.line(".exit").ending == .status(0))
        }
    }

    @Test(.enabled(if: isInstalled("bc"), "bc is not installed"))
    func bc() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("bc -q").ending == .waiting)
            #expect(try await terminal.line("2 ^ 10").text == "1024")
            #expect(try await terminal.line("quit").ending == .status(0))
        }
    }

    @Test(.enabled(if: isInstalled("vi"), "vi is not installed"))
    func vi() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write("one\ntwo\nthree\n", to: "text")
            let opened = try await terminal.line("vi text")
            #expect(opened.isAlternateScreen)
            #expect(opened.screen.lines.first?.hasSuffix("one") == true)
            _ = try await terminal.keys("^ESC")
            let numbered = try await terminal.line(":set number")
            #expect(
                numbered.screen.lines.prefix(3).map { $0.split(separator: " ") } == [
                    ["1", "one"], ["2", "two"], ["3", "three"],
                ])
            #expect(try await terminal.line(":2").screen.cursorRow == 1)
            _ = try await terminal.text("iand ")
            _ = try await terminal.keys("^ESC")
            let left = try await terminal.line(":wq")
            #expect(left.ending == .status(0))
            #expect(!left.isAlternateScreen)
            #expect(try await terminal.line("cat text").text == "one\nand two\nthree")
        }
    }

    @Test(.enabled(if: isInstalled("less"), "less is not installed"))
    func less() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write((1...200).map { "line \($0)\n" }.joined(), to: "long")
            #expect(try await terminal.line("less long").screen.lines.first == "line 1")
            #expect(try await terminal.keys("G").screen.lines.contains("line 200"))
            let left = try await terminal.keys("q")
            #expect(left.ending == .status(0))
            #expect(!left.isAlternateScreen)
        }
    }

    @Test(.enabled(if: isInstalled("vi"), "vi is not installed"))
    func aFullScreenProgramDrawsItselfAnewForAnotherSize() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write((1...200).map { "line \($0)\n" }.joined(), to: "long")
            #expect(try await terminal.line("vi long").screen.lines.contains("line 20"))
            await terminal.session.resize(columns: 60, rows: 12)
            // Eleven lines of text and the status line.
            let small = try await terminal.screen { screen in
                screen.rows == 12 && screen.lines.prefix(11).enumerated().allSatisfy { $1 == "line \($0 + 1)" }
                    && screen.lines.dropFirst(11).first != "line 12"
            }
            #expect(small.columns == 60 && small.isAlternateScreen)
            _ = try await terminal.keys("^ESC")
            #expect(try await terminal.line(":q!").ending == .status(0))
            #expect(try await terminal.line("stty size").text == "12 60")
        }
    }

    @Test(.enabled(if: isInstalled("nano"), "nano is not installed"))
    func nano() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("nano note").screen.lines.first?.contains("note") == true)
            #expect(try await terminal.text("hello").screen.lines.contains("hello"))
            _ = try await terminal.keys("^O ^ENTER")
            #expect(try await terminal.keys("^X").ending == .status(0))
            #expect(try await terminal.line("cat note").text == "hello")
        }
    }

    @Test(.enabled(if: isInstalled("top"), "top is not installed"))
    func top() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line("top -d 5") { $0.screen.lines.contains { $0.contains("PID USER") } }
            #expect(capture.screen.lines.contains { $0.contains("load average") })
            #expect(try await terminal.keys("q").ending == .status(0))
        }
    }

    @Test func readDialoguesAndMenus() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let asked = try await terminal.line("read -p 'Name: ' name")
            #expect(asked.ending == .waiting)
            #expect(asked.prompt == "Name: ")
            let answered = try await terminal.line("Anna")
            #expect(answered.ending == .status(0), "\(answered)")
            _ = try await terminal.line("read -sp 'Password: ' secret; echo")
            let hidden = try await terminal.line("s3cret")
            #expect(hidden.ending == .status(0))
            #expect(!hidden.text.contains("s3cret"))
            #expect(try await terminal.line("echo $name $secret").text == "Anna s3cret")
            let menu = try await terminal.line("select c in red green; do echo \"chose $c\"; break; done")
            #expect(menu.text == "1) red\n2) green")
            #expect(menu.prompt == "#? ")
            #expect(try await terminal.line("2").text == "chose green")
        }
    }

    @Test func aYesOrNoQuestionIsAnswered() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write("", to: "keep")
            let asked = try await terminal.line("rm -i keep")
            #expect(asked.ending == .waiting)
            #expect(asked.prompt == "rm: remove regular empty file 'keep'? ")
            #expect(try await terminal.line("n").ending == .status(0))
            #expect(try await terminal.line("ls").text == "keep")
            _ = try await terminal.line("rm -i keep")
            #expect(try await terminal.line("y").ending == .status(0))
            #expect(try await terminal.line("ls").text == "")
            _ = try await terminal.line(#"read -rp 'Go on? [Y/n] ' -n 1 key; echo; echo "key: ${key:-default}""#)
            #expect(try await terminal.text("n").text.hasSuffix("key: n"))
        }
    }

    @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
    func aMenuThatRedrawsFollowsTheArrowKeys() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write(
                #"""
                import sys, termios, tty
                items, at = ["alpha", "beta", "gamma"], 0
                old = termios.tcgetattr(0); tty.setcbreak(0)
                first = True
                while True:
                    if not first: sys.stdout.write("\x1b[3A")
                    first = False
                    for i, item in enumerate(items):
                        sys.stdout.write("\x1b[2K" + ("> " if i == at else "  ") + item + "\n")
                    sys.stdout.flush()
                    key = sys.stdin.read(1)
                    if key == "\n": break
                    if key == "\x1b" and sys.stdin.read(2) == "[B": at = min(at + 1, 2)
                termios.tcsetattr(0, termios.TCSADRAIN, old)
                print("picked", items[at])
                """#, to: "menu.py")
            #expect(try await terminal.line("python3 menu.py").text == "> alpha\n  beta\n  gamma")
            #expect(try await terminal.keys("^DOWN").screen.lines.contains("> beta"))
            #expect(try await terminal.keys("^DOWN").screen.lines.contains("> gamma"))
            let picked = try await terminal.keys("^ENTER")
            #expect(picked.ending == .status(0))
            #expect(picked.screen.lines.contains("picked gamma"))
        }
    }

    @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
    func aServerRunsOnQuietlyUntilItIsInterrupted() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let started = try await terminal.line("python3 -u -m http.server --bind 127.0.0.1 0") {
                if case .quiet = $0.ending { return true }
                return false
            }
            #expect(started.ending == .quiet)
            #expect(started.text.hasPrefix("Serving HTTP on 127.0.0.1"))
            let stopped = try await terminal.line("echo stopped", interrupting: true)
            #expect(stopped.text == "stopped")
        }
    }

    @Test func tailShowsLateLines() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write("first\n", to: "log")
            let started = try await terminal.line("tail -f log") { $0.text == "first" }
            let log = try FileHandle(forWritingTo: terminal.home.appending(path: "log"))
            try log.seekToEnd()
            try log.write(contentsOf: Data("second\n".utf8))
            var capture = started
            while capture.text != "first\nsecond", capture.duration < 15 {
                capture = try await terminal.session.resume(capture.token)
            }
            #expect(capture.text == "first\nsecond")
            #expect(try await terminal.keys("^C").ending == .status(130))
        }
    }
}
