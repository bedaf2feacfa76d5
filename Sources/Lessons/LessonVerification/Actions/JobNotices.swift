/// What a shell says about its background jobs, at a moment of its own choosing: `[1]+  Done    sleep 5`.
enum JobNotices {
    private static let states = ["Done", "Exit", "Running", "Terminated", "Killed", "Stopped", "Hangup", "Interrupt"]

    /// The text without lines that are such notices.
    static func removed(from text: String) -> String {
        guard text.contains("[") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !isNotice($0) }.joined(separator: "\n")
    }

    static func isNotice(_ line: some StringProtocol) -> Bool {
        guard line.first == "[", let end = line.firstIndex(of: "]") else { return false }
        let number = line[line.index(after: line.startIndex)..<end]
        guard !number.isEmpty, number.allSatisfy(\.isNumber) else { return false }
        let rest = line[line.index(after: end)...].drop { $0 == "+" || $0 == "-" || $0 == " " }
        return states.contains { rest.hasPrefix($0) }
    }
}
