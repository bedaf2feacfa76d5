import Foundation
import TerminalScreens
import TerminalSessions
import Testing

@Suite(.enabled(if: isInstalled("mariadbd") && isInstalled("mariadb"), "MariaDB is not installed"))
struct MariaDBClientTests {
    @Test func statementsOverSeveralLinesAndSlowOnes() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let server = try await terminal.line(
                """
                mariadb-install-db --no-defaults --datadir=$PWD/data --auth-root-authentication-method=normal >/dev/null 2>&1
                mariadbd --no-defaults --user=$(id -un) --datadir=$PWD/data --socket=$PWD/s --skip-networking >server.log 2>&1 &
                until mariadb-admin --no-defaults --socket=$PWD/s -uroot ping 2>/dev/null || mariadb --no-defaults --socket=$PWD/s -uroot -e 'select 1' >/dev/null 2>&1; do sleep 0.1; done
                """, timeout: 60)
            #expect(server.ending == .status(0))
            let entered = try await terminal.line("mariadb --no-defaults --socket=$PWD/s -uroot")
            #expect(entered.prompt == "MariaDB [(none)]> ")
            #expect(try await terminal.line("select 6 *").prompt == "    -> ")
            #expect(try await terminal.line("7;").text.contains("|    42 |"))
            let table = try await terminal.line("select 1 as one,\n  'zwei' as two;")
            #expect(table.text.contains("|   1 | zwei |"))
            #expect(table.text.contains("1 row in set"))
            let slow = try await terminal.line("select sleep(1.2);")
            #expect(slow.text.contains("sleep(1.2)"))
            let used = try await terminal.line("use mysql")
            #expect(used.text.contains("Database changed"))
            #expect(used.prompt == "MariaDB [mysql]> ")
            #expect(try await terminal.line("select nothing;").text.contains("ERROR 1054"))
            #expect(try await terminal.line("exit").ending == .status(0))
            _ = try await terminal.line("kill %1; wait")
        }
    }
}
