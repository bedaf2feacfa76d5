/// Names that `ls` arranges in columns by the width of the window.
struct ListingInColumns: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        // Without a command, only what is arranged otherwise is a listing.
        let isListing = situation.program.runs("ls", "dir")
        guard isListing || situation.context.command.isEmpty && Self.areColumns(pair) else { return nil }
        guard let wanted = Self.directories(pair.sample), let got = Self.directories(pair.output) else { return nil }
        guard [pair.sample, pair.output].contains(where: { $0.contains { $0.tokens.count > 1 } }),
            wanted == got, pair.sample.map(\.text) != pair.output.map(\.text)
        else { return nil }
        func lines(_ directories: [Directory], below count: Int) -> [TextLine] {
            directories.flatMap { $0.title + $0.names }.enumerated().map {
                TextLine(Bytes($1.utf8), number: min($0, count - 1))
            }
        }
        pair.sample = lines(wanted, below: pair.sample.count)
        pair.output = lines(got, below: pair.output.count)
        return "the names are arranged in other columns"
    }

    private static func areColumns(_ pair: Pair) -> Bool {
        pair.sample.count != pair.output.count
            && (pair.sample + pair.output).contains { RowLikeness.columnCount($0) > 1 }
    }

    /// The names of a directory in alphabetical order, below its name and a colon where `ls` tells several.
    private struct Directory: Equatable {
        var title: [String] = []
        var names: [String] = []
    }

    /// The words of all lines; `nil` unless they are a listing of names alone.
    private static func directories(_ lines: [TextLine]) -> [Directory]? {
        var result = [Directory()]
        for line in lines where !line.isBlank {
            let words = line.text.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.count == 1, words[0].hasSuffix(":") {
                result.append(Directory(title: words))
                continue
            }
            guard !words.contains(where: { $0.hasSuffix(":") || $0.hasPrefix("-") || $0.hasPrefix("drwx") }) else {
                return nil
            }
            result[result.count - 1].names += words
        }
        for index in result.indices { result[index].names.sort() }
        return result.reduce(0) { $0 + $1.names.count } >= 2 ? result : nil
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
