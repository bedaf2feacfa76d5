import FrameProperties
import Glibc
import LocalTerminals
import PseudoTerminals
import TerminalProperties
import TerminalScreens
import TerminalSessions

/// Measures steps and throughput of a terminal of this process; see the arguments in `main`.
@main
struct TerminalBench {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "try" {
            try await tryOut(Array(arguments.dropFirst()))
            return
        }
        if arguments.first == "fuzz" {
            let numbers = arguments.dropFirst().compactMap { Int($0) }
            fuzz(inputs: numbers.first ?? 1_000_000, from: numbers.dropFirst().first ?? 0)
            return
        }
        if arguments.first == "fuzz-view" {
            fuzzView(inputs: arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000_000)
            return
        }
        if arguments.first == "fuzz-frames" {
            fuzzFrames(inputs: arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000_000)
            return
        }
        if arguments.first == "keys", let lab = arguments.dropFirst().first {
            try await KeystrokeBench(lab: lab).run()
            return
        }
        if arguments.first == "start", let lectern = arguments.dropFirst().first {
            try await StartBench(lectern: lectern).run()
            return
        }
        try await measure()
    }

    /// Checks properties of screens, filters, keys and echoes on so many inputs; each part has a seed of its own.
    ///
    /// - Parameter first: The first input's number, a multiple of 10,000: to go on, or to share the work.
    private static func fuzz(inputs: Int, from first: Int) {
        let began = ContinuousClock.now
        let part = 10_000
        for start in stride(from: first, to: first + inputs, by: part) {
            var properties = TerminalProperties(seed: UInt64(start) + 1)
            for index in start..<min(start + part, first + inputs) {
                let failure =
                    switch index % 10 {
                    case 0: properties.view()
                    case 1: properties.keysAndEcho()
                    default: properties.screen()
                    }
                if let failure { fatalError("input \(index), seed \(start + 1): \(failure)") }
            }
            if (start / part + 1) % 100 == 0 {
                print("up to \(start + part), \((ContinuousClock.now - began) / .seconds(1)) s")
                fflush(nil)
            }
        }
        print("\(inputs) inputs, no finding, \((ContinuousClock.now - began) / .seconds(1)) s")
    }

    /// Checks that no hostile input reaches a person's terminal; each 10,000 inputs have a seed of their own.
    private static func fuzzView(inputs: Int) {
        let began = ContinuousClock.now
        for start in stride(from: 0, to: inputs, by: 10_000) {
            var properties = TerminalProperties(seed: UInt64(start) + 1)
            for index in start..<min(start + 10_000, inputs) {
                if let failure = properties.hostileView() {
                    fatalError("input \(index), seed \(start + 1): \(failure)")
                }
            }
            if start % 1_000_000 == 990_000 {
                print("up to \(start + 10_000), \((ContinuousClock.now - began) / .seconds(1)) s")
            }
        }
        print("\(inputs) hostile inputs, none comes out, \((ContinuousClock.now - began) / .seconds(1)) s")
    }

    /// Checks what a supervisor takes from a hostile lab, and from damaged clients, on so many inputs.
    private static func fuzzFrames(inputs: Int) {
        let began = ContinuousClock.now
        let properties = FrameProperties.all
        for number in 0..<inputs {
            let property = properties[number % properties.count]
            if let failure = property.check(UInt64(number)) {
                fatalError("input \(number), '\(property.name)': \(failure)")
            }
            if number % 1_000_000 == 999_999 {
                print("up to \(number + 1), \((ContinuousClock.now - began) / .seconds(1)) s")
            }
        }
        print("\(inputs) frames and streams of frames in \((ContinuousClock.now - began) / .seconds(1)) s: all hold")
    }

    /// Types each argument into a terminal and prints what came back.
    private static func tryOut(_ lines: [String]) async throws {
        try await withBash { session in
            for line in lines {
                let keys: TerminalInput.Keys =
                    line.hasPrefix("^") ? .keys(try keySequence(named: line)) : .line(line)
                var capture = try await session.perform(TerminalInput(keys, timeout: 10))
                while case .running = capture.ending { capture = try await session.resume(capture.token) }
                print("── \(line)\n\(capture.text)")
                print("   \(capture.ending) \(capture.statuses) prompt \(capture.prompt ?? "-") \(capture.duration)")
                if !capture.earlierText.isEmpty { print("   earlier: \(capture.earlierText)") }
                for note in capture.notes { print("   note: \(note)") }
                if capture.isAlternateScreen { print(capture.screen.lines.joined(separator: "\n")) }
            }
        }
    }

    private static func measure() async throws {
        try await withBash { session in
            var times: [Int: [Double]] = [:]
            for _ in 0..<7 {
                for count in [200, 2000] {
                    let seconds = try await time {
                        for step in 0..<count {
                            let capture = try await session.perform(TerminalInput(.line("echo step \(step)")))
                            guard capture.text == "step \(step)", capture.ending == .status(0) else {
                                fatalError("step \(step) came back as \(capture)")
                            }
                        }
                    }
                    times[count, default: []].append(seconds)
                }
            }
            let (short, long) = (median(times[200] ?? []), median(times[2000] ?? []))
            print("echo, 200 steps: \(milliseconds(short / 200)) ms a step")
            print("echo, 2,000 steps: \(milliseconds(long / 2000)) ms a step")
            print("slope: \(milliseconds((long - short) / 1800)) ms a step")
        }
        for (name, line, size) in [
            ("two-byte lines", "y", 2), ("64-character lines", String(repeating: "x", count: 63), 64),
        ] {
            let total = 100_000_000
            let command = "yes \(line) | head -c \(total)"
            try await withBash { session in
                let seconds = try await time { try await run(command, in: session) }
                // The terminal sends CR LF for each line end.
                let bytes = Double(total) * Double(size + 1) / Double(size)
                print("\(name), 100 MB: \((bytes / seconds / 1e5).rounded() / 10) MB/s through the session")
            }
            let bare = try bareThroughput(command)
            print("\(name), 100 MB: \((bare / 1e5).rounded() / 10) MB/s read and thrown away")
        }
    }

    private static func run(_ command: String, in session: TerminalSession) async throws {
        var capture = try await session.perform(TerminalInput(.line(command), timeout: 300))
        while case .running = capture.ending { capture = try await session.resume(capture.token) }
        guard capture.ending == .status(0) else { fatalError("\(capture.ending)") }
    }

    /// What the pseudo-terminal itself carries, in bytes a second.
    private static func bareThroughput(_ command: String) throws -> Double {
        let terminal = try PseudoTerminal.open(columns: 120, rows: 40)
        _ = fcntl(terminal.master, F_SETFL, 0)
        let began = ContinuousClock.now
        _ = try terminal.spawn(
            executable: "/bin/bash", arguments: ["bash", "-c", command], environment: ["PATH=/usr/bin:/bin"],
            directory: nil)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var total = 0
        while true {
            let count = read(terminal.master, &buffer, buffer.count)
            guard count > 0 else { break }
            total += count
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        terminal.close()
        return Double(total) / seconds
    }

    static func withBash(_ body: (TerminalSession) async throws -> Void) async throws {
        let nonce = String(UInt64.random(in: .min ... .max), radix: 36)
        let rcFile = "/tmp/terminal-bench.\(getpid()).rc"
        let text = ShellSetup.rcFile(nonce: nonce, userRcFile: nil)
        let file = fopen(rcFile, "w")
        fputs(text, file)
        fclose(file)
        defer { unlink(rcFile) }
        let terminal = LocalTerminal(
            executable: "/bin/bash", arguments: ShellSetup.bashArguments(rcFile: rcFile),
            environment: ["TERM=xterm-256color", "PATH=/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8", "PS1=$ "])
        let session = TerminalSession(name: "T1", nonce: nonce, line: terminal)
        try terminal.open(for: session)
        defer { terminal.close() }
        try await body(session)
    }

    private static func time(_ body: () async throws -> Void) async throws -> Double {
        let began = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - began) / .seconds(1)
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func milliseconds(_ seconds: Double) -> String {
        let value = Int((seconds * 1e6).rounded())
        return "\(value / 1000).\(String(1000 + value % 1000).dropFirst())"
    }
}
