// libedit keeps its state in global variables; it runs on one thread here.
@preconcurrency import CEditLine
import Glibc
import MongoShell
import ShellLiterals

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

    private nonisolated(unsafe) static var complete: (String) -> Completion? = { _ in nil }
    private let history: HistoryFile?

    /// - Parameter complete: Finds what can complete a line.
    init(history: HistoryFile?, complete: @escaping (String) -> Completion?) {
        self.history = history
        Self.complete = complete
        // Editing works on characters only in a locale that has them.
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(CInt(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
        using_history()
        stifle_history(Int32(HistoryFile.maxLines))
        rl_initialize()
        rl_add_defun("lectern-interrupt", { _, _ in Self.interrupt() }, Self.controlC)
        rl_add_defun("lectern-complete", { _, _ in Self.completeAtCursor() }, Self.tab)
        for line in history?.lines() ?? [] { add_history(line) }
    }

    private static let tab: CInt = 9

    /// Adds what all candidates have in common; when that is nothing, lists them.
    private static func completeAtCursor() -> CInt {
        let bytes = UnsafeRawBufferPointer(start: rl_line_buffer, count: Int(rl_point))
        let line = String(decoding: bytes, as: UTF8.self)
        guard let completion = complete(line) else {
            // Indentation is certain.
            if line.last?.isWhitespace ?? true {
                rl_insert_text("\t")
                rl_forced_update_display()
            }
            return 0
        }
        let rest = completion.sharedRest
        if rest.isEmpty, completion.candidates.count > 1 {
            StandardStreams.write("\n\(columns(completion.candidates))\n")
            rl_on_new_line()
        }
        rl_insert_text(rest)
        rl_forced_update_display()
        return 0
    }

    private static func columns(_ words: [String]) -> String {
        var size = winsize()
        let width = ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
        let cell = (words.map(\.count).max() ?? 0) + 2
        let perLine = max(1, width / cell)
        return stride(from: 0, to: words.count, by: perLine).map { start in
            words[start..<min(start + perLine, words.count)]
                .map { $0 + String(repeating: " ", count: cell - $0.count) }.joined()
        }.joined(separator: "\n")
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
        history?.append(line)
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
