import Lessons

/// What a check script writes into the file that `LECTERN_CHECK` names.
///
/// Lines `message: …`, `hint: …` and `points: 3/5`, in any order; a later one of a kind replaces an earlier one. Empty lines
/// are nothing. Players other than Lectern leave the variable unset, so scripts write to `${LECTERN_CHECK:-/dev/null}`.
enum CheckChannel {
    static let variable = "LECTERN_CHECK"
    /// No more is read, in bytes.
    static let limit = 64 * 1024
    private static let maxLineLength = 2000
    private static let maxPossible = 10_000

    static func read(_ text: String) -> (report: CheckReport, notes: [String]) {
        var report = CheckReport()
        var notes: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let line = String(line.prefix(maxLineLength)).trimmed
            guard !line.isEmpty else { continue }
            let colon = line.firstIndex(of: ":")
            let word = colon.map { String(line[..<$0]).trimmed.lowercased() }
            let value = colon.map { String(line[line.index(after: $0)...]).trimmed } ?? ""
            switch word {
            case "message": report.message = value.isEmpty ? nil : value
            case "hint": report.hint = value.isEmpty ? nil : value
            case "points":
                if let points = points(value) {
                    report.points = points
                } else {
                    notes.append("the check says '\(line)', which is not a number of points such as 'points: 3/5'")
                }
            default:
                notes.append("the check says '\(line)', which does not begin with 'message:', 'hint:' or 'points:'")
            }
        }
        if notes.count > 5 { notes = notes.prefix(5) + ["and \(notes.count - 5) more such lines"] }
        return (report, notes)
    }

    private static func points(_ text: String) -> CheckReport.Points? {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int(String($0).trimmed) }
        guard numbers.count == 2, let reached = numbers[0], let possible = numbers[1],
            (1...maxPossible).contains(possible), (0...possible).contains(reached)
        else { return nil }
        return .init(reached: reached, possible: possible)
    }
}
