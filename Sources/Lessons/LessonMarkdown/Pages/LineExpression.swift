import LinePatterns

/// A line of a sample that an author wrote as a regular expression.
enum LineExpression {
    /// What is wrong with the expression; `nil` for one that can be used, and for a blank line.
    static func problem(of line: some StringProtocol) -> String? {
        let text = String(line)
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        do {
            _ = try LinePattern(text)
            return nil
        } catch {
            return
                "'\(text)' is not a regular expression that can be used: \(error.reason); "
                + "put a backslash before a character that is meant literally"
        }
    }
}
