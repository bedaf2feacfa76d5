/// Equations such as `P(A or B) = P(A) + P(B)`, which a page tells in its prose.
enum Formula {
    /// Whether each line that holds something gives a function of something on its left side.
    static func isAll(of text: String) -> Bool {
        let lines = text.split(whereSeparator: \.isNewline).filter { !CommandText.isBlank(String($0)) }
        return !lines.isEmpty && lines.allSatisfy(isEquation)
    }

    private static func isEquation(_ line: Substring) -> Bool {
        guard let sign = line.firstRange(of: " = ") else { return false }
        let left = line[..<sign.lowerBound].drop { $0 == " " }
        let name = left.prefix { $0.isLetter }
        // One or two letters: `P(A)`, `f(x)`; a longer name is a call that a program may print.
        return (1...2).contains(name.count) && left.dropFirst(name.count).first == "(" && left.last == ")"
    }
}
