/// Signs that something went wrong; output that bears one never passes for a success that was documented.
enum ErrorSigns {
    /// Whether a line reports an error, as shells, programs, runtimes and servers do.
    static func isError(_ line: String) -> Bool { isError(Bytes(line.utf8)[...]) }

    static func isError(_ line: ArraySlice<UInt8>) -> Bool {
        // Long lines are data; the sign stands near the front.
        let text = String(decoding: line.prefix(400), as: UTF8.self)
        let lowered = text.lowercased()
        if beginnings.contains(where: lowered.drop(while: { $0 == " " || $0 == "\t" || $0 == "[" }).hasPrefix) {
            return true
        }
        if phrases.contains(where: lowered.contains) { return true }
        return words.contains { text.contains($0) }
    }

    /// Whether the text of one field reports an error.
    ///
    /// Stricter than for a line: `error` is also a Latin word, and as one of several lower-case words it says nothing.
    static func isErrorValue(_ text: String) -> Bool {
        let isPlainWords = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: " ")
        }
        guard isPlainWords, text.contains("error") else { return isError(text) }
        if ["internal server error", "fatal error", "syntax error"].contains(where: text.contains) { return true }
        let others = text.split(separator: " ").filter { $0 != "error" }.joined(separator: " ")
        return others.isEmpty || isError(others)
    }

    private static let beginnings = [
        "error:", "error ", "error[", "error]", "errors:", "fatal:", "fatal ", "fatal]", "panic:",
        "exception in thread", "traceback (most recent",
        "npm err!", "npm error", "e: ", "err!", "failed", "failure", "uncaught", "unhandled", "segmentation fault",
        "killed",
        "aborted", "bash: ", "sh: ", "http/1.1 5", "http/2 5", "http/1.0 5", "http/1.1 4", "http/2 4", "curl: (",
        "mongoservererror", "mongonetworkerror", "syntaxerror", "typeerror", "referenceerror", "rangeerror",
    ]

    private static let phrases = [
        "command not found", "no such file or directory", "permission denied", "connection refused", "core dumped",
        "econnrefused", "internal server error", "bad gateway", "service unavailable", "gateway timeout",
        "access denied",
        "stack trace", "nullpointerexception", "fatal error", "syntax error", "cannot connect", "could not connect",
        "\"error\":", "error: ", " error ", "exception:", "is not recognized", "not permitted", "out of memory",
        "unknown command",
    ]

    private static let words = [
        "ERROR", "FATAL", "SEVERE", "CRITICAL", "PANIC", "ERR!", "Traceback", "Exception", "    at ",
    ]
}
