/// A line that one side breaks in two or more, because its window was narrower.
struct WrappedLines: Allowance {
    /// Lines that one line may take.
    private static let maxRows = 6

    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let joinedOutput = Self.joined(pair.output, wanted: pair.sample) { situation.fits($1, $0) }
        let joinedSample = Self.joined(pair.sample, wanted: joinedOutput) { situation.fits($0, $1) }
        guard joinedOutput.count < pair.output.count || joinedSample.count < pair.sample.count else { return nil }
        (pair.sample, pair.output) = (joinedSample, joinedOutput)
        return "a long line is broken at another place"
    }

    /// Joins lines that together are one of the others, and alone are none.
    private static func joined(
        _ lines: [TextLine], wanted: [TextLine], fits: (TextLine, TextLine) -> Bool
    ) -> [TextLine] {
        var result: [TextLine] = []
        var index = 0
        while index < lines.count {
            let line = lines[index]
            guard line.bytes.count >= 20, !wanted.contains(where: { fits(line, $0) }) else {
                result.append(line)
                index += 1
                continue
            }
            let (merged, next) = merged(lines, index, wanted: wanted, fits: fits)
            result.append(merged ?? line)
            index = merged == nil ? index + 1 : next
        }
        return result
    }

    private static func merged(
        _ lines: [TextLine], _ start: Int, wanted: [TextLine], fits: (TextLine, TextLine) -> Bool
    ) -> (TextLine?, Int) {
        for separator in [Bytes(), Bytes([0x20])] {
            var bytes = lines[start].bytes
            for next in lines.indices where next > start && next < start + maxRows {
                bytes += separator + lines[next].bytes.drop { $0.isBlank }
                let candidate = lines[start].replacing(bytes)
                if wanted.contains(where: { $0.bytes.count > lines[start].bytes.count && fits(candidate, $0) }) {
                    return (candidate, next + 1)
                }
            }
        }
        return (nil, start + 1)
    }
}
