/// What a matcher makes of the whole corpus.
package struct CorpusTotals: Sendable {
    package private(set) var samples = 0
    /// Pairs of a sample and an output as it was printed.
    package private(set) var pairs = 0
    /// Outputs as printed and in every benign variation.
    package private(set) var benign = 0
    package private(set) var accepted = 0
    package private(set) var mutations = 0
    package private(set) var caught = 0
    /// `variation: sample, output N` of each benign output that was turned away.
    package private(set) var refused: [String] = []
    /// `mutation: sample, output N` of each mutated output that was accepted.
    package private(set) var missed: [String] = []

    /// Asks for every variation and every mutation of every output.
    package static func counted(_ holds: (CorpusEntry, String) -> Bool) -> CorpusTotals {
        var totals = CorpusTotals()
        for entry in CorpusEntry.all {
            totals.samples += 1
            totals.pairs += entry.outputs.count
            for (index, output) in entry.outputs.enumerated() {
                let place = "\(entry.name), output \(index + 1)"
                for variation in BenignVariations.all {
                    guard let varied = variation.apply(entry, output) else { continue }
                    totals.benign += 1
                    if holds(entry, varied) {
                        totals.accepted += 1
                    } else {
                        totals.refused.append("\(variation): \(place)")
                    }
                }
                for mutation in Mutations.all {
                    guard let mutated = mutation.apply(entry, output), mutated != output else { continue }
                    totals.mutations += 1
                    if holds(entry, mutated) {
                        totals.missed.append("\(mutation): \(place)")
                    } else {
                        totals.caught += 1
                    }
                }
            }
        }
        return totals
    }

    /// The totals as a person reads them, each miss with its reason.
    package var lines: [String] {
        let share = mutations == 0 ? 0 : caught * 10_000 / mutations
        return [
            "corpus: \(samples) samples, \(pairs) outputs, \(Mutations.all.count) kinds of mutation",
            "benign: \(accepted) of \(benign) accepted",
            "mutations: \(caught) of \(mutations) caught (\(share / 100).\(String(100 + share % 100).dropFirst()) %)",
        ] + refused.map { "  refused \($0)" }
            + missed.map { miss in "  missed \(miss)" + (KnownMisses.reason(miss).map { ": \($0)" } ?? "") }
    }
}
