/// Names that `ls` arranges in columns by the width of the window.
struct ListingInColumns: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        // Without a command, only what is arranged otherwise is a listing.
        let isListing = situation.program.runs("ls", "dir")
        guard isListing || situation.context.command.isEmpty && Self.areColumns(pair) else { return nil }
        guard let wanted = Self.names(pair.sample), let got = Self.names(pair.output) else { return nil }
        guard [pair.sample, pair.output].contains(where: { $0.contains { $0.tokens.count > 1 } }),
            wanted.sorted() == got.sorted(),
            pair.sample.map(\.text) != pair.output.map(\.text)
        else { return nil }
        pair.sample = wanted.sorted().enumerated().map {
            TextLine(Bytes($1.utf8), number: min($0, pair.sample.count - 1))
        }
        pair.output = got.sorted().enumerated().map { TextLine(Bytes($1.utf8), number: min($0, pair.output.count - 1)) }
        return "the names are arranged in other columns"
    }

    private static func areColumns(_ pair: Pair) -> Bool {
        pair.sample.count != pair.output.count
            && (pair.sample + pair.output).contains { RowLikeness.columnCount($0) > 1 }
    }

    /// The words of all lines; `nil` for what is no listing of names alone.
    private static func names(_ lines: [TextLine]) -> [String]? {
        var names: [String] = []
        for line in lines where !line.isBlank {
            let words = line.text.split(whereSeparator: \.isWhitespace).map(String.init)
            guard !words.contains(where: { $0.hasSuffix(":") || $0.hasPrefix("-") || $0.hasPrefix("drwx") }) else {
                return nil
            }
            names += words
        }
        return names.count >= 2 ? names : nil
    }
}

/// `total 12`, with which `ls -l` begins.
struct ListingTotal: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.program.runs("ls", "ll", "dir") else { return nil }
        func withoutTotal(_ lines: [TextLine]) -> [TextLine]? {
            guard let first = lines.firstIndex(where: { !$0.isBlank }), first + 1 < lines.count else { return nil }
            let words = lines[first].text.split(separator: " ")
            guard words.count == 2, words[0] == "total", let mode = lines[first + 1].text.first,
                "-dlbcps".contains(mode)
            else {
                return nil
            }
            return Array(lines[..<first] + lines[(first + 1)...])
        }
        let (sample, output) = (withoutTotal(pair.sample), withoutTotal(pair.output))
        guard sample != nil || output != nil else { return nil }
        pair.sample = sample ?? pair.sample
        pair.output = output ?? pair.output
        return "the total of a listing says nothing"
    }
}
