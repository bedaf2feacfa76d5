/// Signs that something went wrong; output that bears one never passes for a success that was documented.
enum ErrorSigns {
    /// Whether a line reports an error, as shells, programs, runtimes and servers do.
    static func isError(_ line: String) -> Bool { isError(Bytes(line.utf8)[...]) }

    static func isError(_ line: ArraySlice<UInt8>) -> Bool {
        // Long lines are data; the sign is near the front.
        let text = Bytes(line.prefix(400))
        let lowered = text.map(\.lowered)
        if names.isFound(in: lowered) { return true }
        // "10 errors" isn't "0 errors".
        if denials.isFound(in: [UInt8(ascii: " ")] + lowered) { return false }
        let start = lowered.end(of: 0) { $0.isBlank || $0 == UInt8(ascii: "[") }
        return beginnings.isFound(in: lowered, at: start) || phrases.isFound(in: lowered) || words.isFound(in: text)
    }

    /// Whether the text of one field reports an error.
    ///
    /// Stricter than for a line: `error` is also a Latin word, and as one of several lower-case words it says nothing.
    static func isErrorValue(_ text: String) -> Bool {
        let isPlainWords = text.utf8.allSatisfy { $0.isLower || $0 == UInt8(ascii: " ") }
        guard isPlainWords, text.contains("error"), !names.isFound(in: Bytes(text.utf8)) else { return isError(text) }
        let others = text.split(separator: " ").filter { $0 != "error" }.joined(separator: " ")
        return others.isEmpty || isError(others)
    }

    /// What a line that reports an error begins with, after blanks and a bracket.
    private static let beginnings = Needles([
        "error:", "error ", "error[", "error]", "errors:", "fatal:", "fatal ", "fatal]", "panic:",
        "exception in thread",
        "npm err!", "npm error", "e: ", "err!", "failed", "failure", "uncaught", "unhandled", "killed", "aborted",
        "bash: ", "sh: ", "http/1.1 5", "http/2 5", "http/1.0 5", "http/1.1 4", "http/2 4", "curl: (", "syntaxerror",
        "typeerror", "referenceerror", "rangeerror", "fail\t", "fail:", "--- fail",
    ])

    /// Names of errors, said nowhere else.
    private static let names = Needles([
        "command not found", "no such file or directory", "permission denied", "connection refused", "core dumped",
        "econnrefused", "internal server error", "bad gateway", "service unavailable", "gateway timeout",
        "access denied",
        "nullpointerexception", "segmentation fault", "traceback (most recent", "mongoservererror", "mongonetworkerror",
    ])

    private static let phrases = Needles([
        "stack trace", "fatal error", "syntax error", "cannot connect", "could not connect", "\"error\":", "error: ",
        " error ", "exception:", "is not recognized", "not permitted", "out of memory", "unknown command",
    ])

    /// Counts of errors that say there were none.
    private static let denials = Needles([
        " 0 error", " no error", "errors: 0", "error: 0", "without error", " 0 failed", "failed: 0", " 0 failure",
        "failures: 0", " no failure", "errors=0", "failed=0",
    ])

    private static let words = Needles([
        "ERROR", "FATAL", "SEVERE", "CRITICAL", "PANIC", "ERR!", "FAILED", "FAULT", "Traceback", "Exception", "    at ",
    ])
}
