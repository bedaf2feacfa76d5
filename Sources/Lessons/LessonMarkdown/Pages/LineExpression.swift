/// A line of a sample that an author wrote as a regular expression.
enum LineExpression {
    /// What is wrong with the expression; `nil` for one that can be used, and for a blank line.
    ///
    /// Swift's engine tries every way to match. A repeated group that repeats something itself (`(a+)+`) has
    /// exponentially many, so one such line would take for ever; it is refused.
    static func problem(of line: some StringProtocol) -> String? {
        let text = String(line)
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        do {
            _ = try Regex(text)
        } catch {
            return "'\(text)' is no regular expression; put a backslash before a mark that stands for itself"
        }
        return repeatsRepetition(Array(text.utf8))
            ? "'\(text)' repeats a group that repeats something itself, which can take for ever; repeat one of them"
            : nil
    }

    /// Whether an unbounded quantifier follows a group that holds another.
    private static func repeatsRepetition(_ bytes: [UInt8]) -> Bool {
        /// For each open group, whether something in it is repeated without bound.
        var groups: [Bool] = []
        var isEscaped = false
        var inClass = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if inClass {
                inClass = byte != UInt8(ascii: "]")
            } else {
                switch byte {
                case UInt8(ascii: "["): inClass = true
                case UInt8(ascii: "("): groups.append(false)
                case UInt8(ascii: ")"):
                    let repeats = groups.popLast() ?? false
                    if repeats, isUnbounded(bytes[index...]) { return true }
                    if repeats, !groups.isEmpty { groups[groups.count - 1] = true }
                case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"):
                    if !groups.isEmpty, isUnbounded(bytes[(index - 1)...]) { groups[groups.count - 1] = true }
                default: break
                }
            }
        }
        return false
    }

    /// Whether a quantifier without an upper bound stands here.
    private static func isUnbounded(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        if first == UInt8(ascii: "*") || first == UInt8(ascii: "+") { return true }
        guard first == UInt8(ascii: "{"), let end = bytes.firstIndex(of: UInt8(ascii: "}")) else { return false }
        return bytes[end - 1] == UInt8(ascii: ",")
    }
}
