import Glibc
import Testing

@testable import PseudoTerminals

@Suite struct ForegroundStateTests {
    @Test func aStateSurvivesTheWire() {
        let state = ForegroundState(
            processGroup: 4711, command: "python3", isShell: true, isWaitingForTerminal: true,
            waitsOnlyForTerminal: false, waitTimeout: 0.25, inputPending: false, outputPending: true,
            isCanonical: false, echoes: true, cpuTicks: 1 << 40, listensOnSocket: true, waitsForEvents: false,
            isInspectable: true, state: "SR")
        #expect(ForegroundState(encoded: state.encoded()) == state)
        let other = ForegroundState(waitTimeout: nil, isInspectable: false)
        #expect(ForegroundState(encoded: other.encoded()) == other)
    }

    @Test func cutOrForeignBytesAreNoState() {
        let bytes = ForegroundState(command: "bash").encoded()
        for length in bytes.indices { #expect(ForegroundState(encoded: bytes[..<length]) == nil) }
        #expect(ForegroundState(encoded: bytes + [0]) == nil)
        #expect(ForegroundState(encoded: [9] + bytes.dropFirst()) == nil)
    }

    @Test(arguments: [
        "voluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t30\n",
        // As Linux 6.6 and later have it, built with shadow stacks.
        "voluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t30\nx86_Thread_features:\t\nx86_Thread_features_locked:\t\n",
    ])
    func switchesAreFoundWhateverFollowsThem(_ end: String) {
        let status = "Name:\tbash\nState:\tS (sleeping)\nMems_allowed_list:\t0\n" + end
        #expect(contextSwitches(in: Array(status.utf8)) == 42)
        #expect(contextSwitches(in: Array("Name:\tbash\n".utf8)) == nil)
    }

    @Test(.enabled(if: access("/bin/bash", X_OK) == 0, "bash is not installed"))
    func aShellThatReadsFromPipesWhereItsTerminalWasIsNeverTakenToWaitForIt() throws {
        let terminal = try PseudoTerminal.open(columns: 80, rows: 24)
        let shell = try terminal.spawn(
            executable: "/bin/bash", arguments: ["bash", "-c", "while :; do read -t 100 < <(:); done"],
            environment: ["PATH=/usr/bin:/bin"], directory: nil)
        defer {
            kill(-shell, SIGKILL)
            var status: Int32 = 0
            waitpid(shell, &status, 0)
            terminal.close()
        }
        let looks = (0..<4000).map { _ in foregroundState(master: terminal.master, shell: shell) }
        #expect(looks.count { $0.isWaitingForTerminal } == 0)
    }

    @Test func shellTextQuotesPathsAndCarriesTheNonceInEachMark() {
        let text = ShellSetup.rcFile(nonce: "n0nce", userRcFile: "/home/o'neil/.bashrc")
        #expect(text.contains(#"[ -f '/home/o'\''neil/.bashrc' ] && . '/home/o'\''neil/.bashrc'"#))
        #expect(!text.contains("NONCE"))
        for mark in ["133;A;", "133;B;n0nce", "133;C;n0nce", "133;D;$?;n0nce", "133;B;k=s;n0nce"] {
            #expect(text.contains(mark))
        }
    }
}
