/// A shell's prompt right before a line that a program in the background prints.
struct PromptBefore: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        var count = 0
        for (index, line) in pair.output.enumerated() where Prompts.isPrompt(line.bytes[...]) {
            guard let sign = line.bytes.indices.first(where: { Self.isEnd(line.bytes, $0) }) else { continue }
            let rest = line.replacing(Bytes(line.bytes[(sign + 2)...]))
            guard !rest.isBlank, pair.sample.contains(where: { situation.fits($0, rest) }) else { continue }
            pair.output[index] = rest
            count += 1
        }
        return count == 0 ? nil : "a prompt stands before \(count == 1 ? "a line" : "\(count) lines") of the output"
    }

    private static func isEnd(_ bytes: Bytes, _ at: Int) -> Bool {
        "$#%>".utf8.contains(bytes[at]) && at + 1 < bytes.count && bytes[at + 1] == 0x20
    }
}

/// A shell's prompt right behind an output that ends without a newline.
struct PromptBehind: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard let last = pair.output.lastIndex(where: { !$0.isBlank }),
            let wanted = pair.sample.last(where: { !$0.isBlank })
        else { return nil }
        let line = pair.output[last]
        let starts = Self.starts(of: line)
        guard !starts.isEmpty, !situation.fits(wanted, line) else { return nil }
        // The name of a user can't be told from what is before it, but by the sample.
        let cuts = starts.map { line.replacing(Bytes(line.bytes[..<$0])) }
        guard let cut = cuts.first(where: { situation.fits(wanted, $0) }) ?? cuts.last else { return nil }
        pair.output[last] = cut
        return "a prompt stands right behind the output, which has no newline at its end"
    }

    /// Where a prompt that ends the line may start.
    private static func starts(of line: TextLine) -> [Int] {
        let bytes = line.bytes
        guard bytes.count >= 2, let sign = bytes.last, "$#%>".utf8.contains(sign) else { return [] }
        let end = bytes.count - 1
        var start = end
        while start > 0, !bytes[start - 1].isBlank, end - start < 120 { start -= 1 }
        guard let at = bytes[start..<end].firstIndex(of: UInt8(ascii: "@")) else {
            // A bare sign says less: only the common ones, and not behind a blank, where it may be text.
            let isGlued = !bytes[end - 1].isBlank && (sign == UInt8(ascii: "$") || sign == UInt8(ascii: "#"))
            let bracket = Self.bracketedPrompt(bytes, end)
            return (bracket.map { [$0] } ?? []) + (isGlued ? [end] : [])
        }
        let rest = bytes[(at + 1)..<end]
        guard rest.contains(UInt8(ascii: ":")) || rest.allSatisfy({ $0.isWordByte || $0 == UInt8(ascii: "-") }) else {
            return []
        }
        // `[me@host src]$` is found by its bracket; here a user's name has any length.
        return Array(start..<at)
    }

    /// `[me@host src]$`
    private static func bracketedPrompt(_ bytes: Bytes, _ end: Int) -> Int? {
        guard end > 0, bytes[end - 1] == UInt8(ascii: "]"), let open = bytes[..<end].lastIndex(of: UInt8(ascii: "["))
        else {
            return nil
        }
        return bytes[open..<end].contains(UInt8(ascii: "@")) ? open : nil
    }
}
