/// What a shell says about its background jobs: `[1] 4711` when one starts, `[1]+  Done    sleep 5` at a moment of its own
/// choosing.
enum JobNotices {
    private static let states = ["Done", "Exit", "Running", "Terminated", "Killed", "Stopped", "Hangup", "Interrupt"]

    /// The text without lines that are such notices.
    ///
    /// - Parameter command: What was typed: a line `[1] 4711` is a notice only of a command that starts a job.
    static func removed(from text: String, of command: String = "") -> String {
        guard text.contains("[") else { return text }
        let startsJob = startsJob(command)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !isNotice($0) && !(startsJob && isStart($0)) }.joined(separator: "\n")
    }

    /// Whether the command has an `&` that leaves something running, rather than `&&` or a redirection (`2>&1`, `&>`).
    private static func startsJob(_ command: String) -> Bool {
        let bytes = Array(command.utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "&") else { return false }
            let before = index > 0 ? bytes[index - 1] : 0
            let after = index + 1 < bytes.count ? bytes[index + 1] : 0
            return ![before, after].contains(UInt8(ascii: "&")) && before != UInt8(ascii: ">")
                && before != UInt8(ascii: "<") && after != UInt8(ascii: ">")
        }
    }

    /// `[1] 4711`
    static func isStart(_ line: some StringProtocol) -> Bool {
        guard line.first == "[", let end = line.firstIndex(of: "]") else { return false }
        let number = line[line.index(after: line.startIndex)..<end]
        let rest = line[line.index(after: end)...]
        guard !number.isEmpty, number.allSatisfy(\.isNumber), rest.first == " " else { return false }
        let process = rest.dropFirst().reversed().drop(while: \.isWhitespace)
        return !process.isEmpty && process.allSatisfy(\.isNumber)
    }

    static func isNotice(_ line: some StringProtocol) -> Bool {
        guard line.first == "[", let end = line.firstIndex(of: "]") else { return false }
        let number = line[line.index(after: line.startIndex)..<end]
        guard !number.isEmpty, number.allSatisfy(\.isNumber) else { return false }
        let rest = line[line.index(after: end)...].drop { $0 == "+" || $0 == "-" || $0 == " " }
        return states.contains { rest.hasPrefix($0) }
    }
}
