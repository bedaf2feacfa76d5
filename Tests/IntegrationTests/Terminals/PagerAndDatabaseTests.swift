import Foundation
import Glibc
import TerminalScreens
import TerminalSessions
import Testing

@Suite struct PagerAndDatabaseTests {
    @Test(.enabled(if: isInstalled("man") && isInstalled("groff"), "man or groff is not installed"))
    func aManualPageIsPagedAndLeft() async throws {
        try await TestTerminal.with { (terminal) async throws in
            try terminal.write(
                ".TH GREET 1\n.SH NAME\ngreet \\- say hello\n.SH DESCRIPTION\n"
                    + String(repeating: "Hello. \n.br\n", count: 80),
                to: "greet.1")
            let page = try await terminal.line("MANPAGER=less man ./greet.1") {
                $0.screen.lines.contains { $0.contains("greet - say hello") }
            }
            #expect(page.isAlternateScreen)
            #expect(page.screen.lines.contains { $0.contains("greet - say hello") }, "\(page)")
            #expect(try await terminal.keys("G").screen.lines.contains { $0.contains("GREET(1)") })
            let left = try await terminal.keys("q")
            #expect(left.ending == .status(0))
            #expect(!left.isAlternateScreen)
        }
    }

    private static let postgres = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql"))?
        .sorted().last.map { "/usr/lib/postgresql/\($0)/bin" }

    @Test(.enabled(if: postgres != nil && isInstalled("psql"), "PostgreSQL is not installed"))
    func psqlWithContinuationPromptsAndErrors() async throws {
        let programs = try #require(Self.postgres)
        // The server refuses to run as root.
        let user = getuid() == 0 ? "setpriv --reuid=nobody --clear-groups " : ""
        try await TestTerminal.with { (terminal) async throws in
            let started = try await terminal.line(
                """
                chmod 755 . && mkdir data && \(getuid() == 0 ? "chown nobody data" : "true")
                \(user)\(programs)/initdb -A trust -U tester -N data >init.log 2>&1
                \(user)\(programs)/pg_ctl -D data -w -o "-k $PWD/data -c listen_addresses=''" -l data/log start >start.log 2>&1
                """, timeout: 60)
            #expect(started.ending == .status(0), "\(started.text)")
            let entered = try await terminal.line("PAGER=cat psql -h $PWD/data -U tester postgres")
            #expect(entered.prompt == "postgres=# ")
            #expect(try await terminal.line("create table fruit (name text);").text == "CREATE TABLE")
            #expect(try await terminal.line("insert into fruit").prompt == "postgres-# ")
            #expect(try await terminal.line("values ('pear');").text == "INSERT 0 1")
            #expect(try await terminal.line("select name\n  from fruit;").text.contains(" pear\n(1 row)"))
            #expect(
                try await terminal.line("select nothing;").text.contains("ERROR:  column \"nothing\" does not exist"))
            #expect(try await terminal.line("select pg_sleep(0.6), 'rested';").text.contains("rested"))
            #expect(try await terminal.line("\\q").ending == .status(0))
            _ = try await terminal.line("\(user)\(programs)/pg_ctl -D data -m immediate stop >stop.log 2>&1")
        }
    }

    @Test(.enabled(if: getuid() == 0, "su asks others for a password"))
    func anotherUsersShellIsEnteredAndLeft() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let entered = try await terminal.line("su -s /bin/bash nobody")
            #expect(entered.ending == .waiting)
            #expect(try await terminal.line("id -un").text == "nobody")
            #expect(try await terminal.line("exit").ending == .status(0))
            #expect(try await terminal.line("id -un").text == "root")
        }
    }

    @Test func muchOutputTakesLittleMemory() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("seq 100000")
            let before = residentBytes()
            let capture = try await terminal.line("seq 4000000", timeout: 120)
            #expect(capture.ending == .status(0))
            // Some 31 MB were printed.
            #expect(capture.text.hasPrefix("1\n2\n3\n"))
            #expect(capture.text.hasSuffix("\n3999999\n4000000"))
            #expect(capture.droppedBytes > 25_000_000)
            #expect(residentBytes() - before < 12_000_000)
        }
    }

    @Test func aBlockKeepsTheEndOfItsOutputToo() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line("seq 300000\nseq 300000\necho done")
            #expect(capture.text.hasPrefix("1\n2\n"))
            #expect(capture.text.hasSuffix("\n300000\ndone"))
            #expect(capture.droppedBytes > 0)
        }
    }

    @Test func aBackgroundJobThatWritesInBetweenDoesNotConfuseTheShell() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("(for i in 1 2 3 4 5 6; do sleep 0.03; echo job $i; done) & disown")
            for number in 1...40 {
                let capture = try await terminal.line("echo mine \(number)")
                #expect(capture.ending == .status(0))
                #expect(capture.text.split(separator: "\n").contains("mine \(number)"))
            }
        }
    }
}

private func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 } ?? 0
}
