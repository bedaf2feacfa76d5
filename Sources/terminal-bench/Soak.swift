import TerminalScreens
import TerminalSessions

/// What one step of the soak types and what must come of it.
private struct Step {
    var input: TerminalInput
    var holds: (Capture) -> Bool

    init(_ line: String, interrupting: Bool = false, _ holds: @escaping (Capture) -> Bool) {
        input = TerminalInput(.line(line), interruptsFirst: interrupting, timeout: 30)
        self.holds = holds
    }

    init(keys: [UInt8], _ holds: @escaping (Capture) -> Bool) {
        input = TerminalInput(.keys(keys), timeout: 30)
        self.holds = holds
    }

    static func prints(_ line: String, _ text: String, interrupting: Bool = false) -> Step {
        Step(line, interrupting: interrupting) { $0.text == text && $0.ending == .status(0) }
    }

    static func answers(_ line: String, _ text: String) -> Step {
        Step(line) { capture in
            if case .prompt = capture.ending { return capture.text == text }
            return capture.ending == .waiting && capture.text == text
        }
    }

    static func enters(_ line: String, prompt: String) -> Step {
        Step(line) { $0.ending == .waiting && $0.prompt == prompt }
    }

    static func leaves(_ line: String) -> Step { Step(line) { $0.ending == .status(0) } }
}

/// One lesson with everything in it; the same steps each time.
private func lesson(_ round: Int) -> [Step] {
    [
        .prints("echo round \(round); cd $(mktemp -d)", "round \(round)"),
        .prints("for i in 1 2 3; do\n  echo \"$i\"\ndone", "1\n2\n3"),
        .prints("cat <<EOF\n\ttab\nEOF", "        tab"),
        Step("ls /nowhere") { $0.ending == .status(2) && $0.text.contains("nowhere") },
        .enters("python3 -q", prompt: ">>> "),
        .answers("\(round) + 1", "\(round + 1)"),
        .answers("for i in range(2):\n  print(i)\n", "0\n1"),
        .leaves("exit()"),
        .enters("sqlite3", prompt: "sqlite> "),
        .answers("select\n  \(round);", "\(round)"),
        .leaves(".quit"),
        Step("bc -q") { $0.ending == .waiting },
        .answers("\(round) * 2", "\(round * 2)"),
        .leaves("quit"),
        Step("printf 'one\\ntwo\\n' > soak.txt; vi soak.txt") {
            $0.isAlternateScreen && $0.screen.lines.first == "one"
        },
        Step(keys: [0x1B]) { $0.isAlternateScreen },
        Step(":set number") { $0.screen.lines.first?.hasSuffix("1 one") == true },
        .leaves(":q!"),
        .enters("read -p 'Name: ' name", prompt: "Name: "),
        .leaves("Anna"),
        .prints("echo $name", "Anna"),
        Step("echo up; sleep 1000") { $0.text == "up" },
        .prints("echo after", "after", interrupting: true),
        Step("seq 20000") { $0.text.hasPrefix("1\n2\n") && $0.text.hasSuffix("\n20000") && $0.ending == .status(0) },
        Step("printf '\\e[c\\e[6n'; head -c 2000 /bin/bash") { $0.ending == .status(0) },
        .prints("cd; rm -r \"$OLDPWD\"; clear; echo clean", "clean"),
    ]
}

/// Runs the lesson many times and stops at the first step that came out otherwise.
func soak(_ session: TerminalSession, rounds: Int) async throws {
    var count = 0
    for round in 1...rounds {
        for step in lesson(round) {
            var capture = try await session.perform(step.input)
            while !step.holds(capture), capture.ending == .running || capture.ending == .quiet {
                capture = try await session.resume(capture.token)
            }
            count += 1
            guard step.holds(capture) else {
                fatalError("round \(round), step \(count): \(step.input.keys) came out as \(capture)")
            }
        }
        if round % 50 == 0 { print("\(round) rounds, \(count) steps") }
    }
    print("\(rounds) rounds, \(count) steps, no flake")
}
