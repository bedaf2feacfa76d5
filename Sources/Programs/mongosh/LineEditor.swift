// libedit keeps its state in global variables; it runs on one thread here.
@preconcurrency import CEditLine
import Glibc

/// Line editing and history at a terminal, through libedit.
struct LineEditor {
    enum Input {
        case line(String)
        /// Ctrl-C; `wasEmpty` when nothing was typed.
        case interrupted(wasEmpty: Bool)
        case end
    }

    // libedit calls back without a context, and only from `readline` on the thread that called it.
    private nonisolated(unsafe) static var wasInterrupted = false
    private nonisolated(unsafe) static var interruptedEmpty = false

    init() {
        // Editing works on characters only in a locale that has them.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(CInt(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        using_history()
        stifle_history(1000)
        rl_initialize()
        rl_add_defun("lectern-interrupt", { _, _ in Self.interrupt() }, Self.controlC)
        // A shell has no file names to complete; a tab is a tab.
        rl_bind_key(9, rl_insert)
    }

    private static let controlC: CInt = 3

    private static func interrupt() -> CInt {
        wasInterrupted = true
        interruptedEmpty = rl_end == 0
        rl_done = 1
        return 0
    }

    /// Shows the prompt and reads a line.
    func line(prompt: String) -> Input {
        Self.wasInterrupted = false
        // While a line is edited Ctrl-C is a key; at all other times it's the signal.
        let mode = TerminalMode.withoutInterruptKey()
        defer { mode?.restore() }
        guard let text = readline(prompt) else {
            return Self.wasInterrupted ? .interrupted(wasEmpty: Self.interruptedEmpty) : .end
        }
        defer { free(text) }
        if Self.wasInterrupted { return .interrupted(wasEmpty: Self.interruptedEmpty) }
        return .line(String(cString: text))
    }

    /// Puts the line into the history, but for an empty one and one just like the last.
    func remember(_ line: String) {
        guard !line.allSatisfy(\.isWhitespace) else { return }
        if let last = history_get(history_base + history_length - 1), String(cString: last.pointee.line) == line {
            return
        }
        add_history(line)
    }
}

/// A terminal's settings, to be put back.
private struct TerminalMode {
    private let settings: termios

    static func withoutInterruptKey() -> TerminalMode? {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return nil }
        let mode = TerminalMode(settings: settings)
        withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VINTR)] = 0 }
        tcsetattr(0, TCSADRAIN, &settings)
        return mode
    }

    func restore() {
        var settings = settings
        tcsetattr(0, TCSADRAIN, &settings)
    }
}
