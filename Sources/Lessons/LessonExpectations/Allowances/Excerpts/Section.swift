import Lessons

/// A sample that is one section of an output: it begins with a heading that the output has once, among others.
///
/// What is before the heading, and what is behind the section from the next heading on, belongs to other
/// sections. Lines that report an error are not passed over.
struct Section: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let wanted = pair.sample.filter { !$0.isBlank }
        guard wanted.count > 1, Self.isHeading(wanted[0]), !wanted.contains(where: situation.isElision) else {
            return nil
        }
        let starts = pair.output.indices.filter { situation.fits(wanted[0], pair.output[$0]) }
        guard let start = starts.first, starts.count == 1 else { return nil }
        var end = pair.output.endIndex
        var found = 0
        for index in start..<pair.output.endIndex where !pair.output[index].isBlank {
            let isAnother = found >= wanted.count && Self.isHeading(pair.output[index])
            if isAnother {
                end = index
                break
            }
            found += 1
        }
        let others = pair.output[..<start] + pair.output[end...]
        let count = others.count { !$0.isBlank }
        guard count > 0, !others.contains(where: { Self.isAlarming($0) }) else { return nil }
        pair.output = Array(pair.output[start..<end])
        return
            "the sample is one section of the output; \(count == 1 ? "1 line of others is" : "\(count) lines of others are") not shown"
    }

    private static func isAlarming(_ line: TextLine) -> Bool { ErrorSigns.isError(line.bytes[...]) }

    /// `Events:`, `PLAY RECAP ****`, `====== Data ======`, `[reef]`, `# Server`: a title alone on its line.
    private static func isHeading(_ line: TextLine) -> Bool {
        guard line.indent == 0, let first = line.text.first else { return false }
        let text = line.text.trimmed
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard (1...4).contains(words.count), words.contains(where: { $0.contains(where: \.isLetter) }) else {
            return false
        }
        if text.hasSuffix(":"), first.isUppercase, !text.dropLast().contains(":") { return true }
        let marks = text.filter { "=*-#".contains($0) }.count
        let isDecorated = marks >= 2 && (text.hasSuffix("==") || text.hasSuffix("**") || text.hasSuffix("--"))
        return isDecorated || text.hasPrefix("[") && text.hasSuffix("]") || text.hasPrefix("# ") && words.count <= 2
    }
}
