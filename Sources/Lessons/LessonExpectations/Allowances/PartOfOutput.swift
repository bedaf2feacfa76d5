import Lessons

/// A sample that the page announces as a part of the output: "should include", "the first lines", "ends with".
///
/// Its lines are in the output in their order; where they must be follows from the words. Lines that report an error
/// are not passed over.
struct PartOfOutput: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.announcement.extent != .whole else { return nil }
        let fromEnd = situation.announcement.extent == .end
        let wanted = pair.sample.filter { !$0.isBlank && !situation.isElision($0) }
        guard
            let found = Self.found(
                fromEnd ? wanted.reversed() : wanted, in: fromEnd ? pair.output.reversed() : pair.output, situation)
        else {
            // A document may be written on other lines than the sample's.
            pair.options.showsPart = true
            return "the page announces a part of the output"
        }
        let kept = Set(found)
        let isError = pair.output.contains { !kept.contains($0.number) && ErrorSigns.isError($0.bytes[...]) }
        let count = pair.output.count { !$0.isBlank && !kept.contains($0.number) }
        guard !isError, count > 0 else { return nil }
        pair.output = pair.output.filter { kept.contains($0.number) }
        pair.options.showsPart = true
        return "the page announces a part of the output; \(count == 1 ? "1 line is" : "\(count) lines are") not shown"
    }

    /// The numbers of the output's lines that the sample's fit, each as early as can be.
    private static func found(_ wanted: [TextLine], in output: [TextLine], _ situation: Situation) -> [Int]? {
        var numbers: [Int] = []
        var next = 0
        for line in wanted {
            while next < output.count, !situation.fits(line, output[next]) { next += 1 }
            guard next < output.count else { return nil }
            numbers.append(output[next].number)
            next += 1
        }
        return numbers
    }
}
