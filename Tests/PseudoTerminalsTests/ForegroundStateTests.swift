import PseudoTerminals
import Testing

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

    @Test func shellTextQuotesPathsAndCarriesTheNonceInEachMark() {
        let text = ShellSetup.rcFile(nonce: "n0nce", userRcFile: "/home/o'neil/.bashrc")
        #expect(text.contains(#"[ -f '/home/o'\''neil/.bashrc' ] && . '/home/o'\''neil/.bashrc'"#))
        #expect(!text.contains("NONCE"))
        for mark in ["133;A;", "133;B;n0nce", "133;C;n0nce", "133;D;%s;n0nce", "133;B;k=s;n0nce"] {
            #expect(text.contains(mark))
        }
    }
}
