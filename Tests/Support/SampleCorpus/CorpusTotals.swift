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
    /// For each of ``missed``, what was overlooked.
    package private(set) var missedNotes: [String] = []
    /// How many mutated outputs were accepted by each rule, told by its note with its numbers left out; those that no rule
    /// was needed for are under "none".
    package private(set) var missedByRule: [String: Int] = [:]

    package init() {}

    /// Asks for every variation and every mutation of every output of one entry.
    ///
    /// - Parameter notes: The notes of a comparison that holds; `nil` for one that doesn't.
    package init(_ entry: CorpusEntry, _ notes: (String) -> [String]?) {
        samples = 1
        pairs = entry.outputs.count
        for (index, output) in entry.outputs.enumerated() {
            let place = "\(entry.name), output \(index + 1)"
            for variation in BenignVariations.all {
                guard let varied = variation.apply(entry, output) else { continue }
                benign += 1
                if notes(varied) != nil { accepted += 1 } else { refused.append("\(variation): \(place)") }
            }
            for mutation in Mutations.all {
                guard let mutated = mutation.apply(entry, output), mutated != output else { continue }
                mutations += 1
                guard let notes = notes(mutated) else {
                    caught += 1
                    continue
                }
                missed.append("\(mutation): \(place)")
                let rules = notes.isEmpty ? ["none"] : notes.map { $0.filter { !$0.isNumber } }
                for rule in rules { missedByRule[rule, default: 0] += 1 }
                missedNotes.append(notes.joined(separator: "; "))
            }
        }
    }

    package mutating func add(_ other: CorpusTotals) {
        samples += other.samples
        pairs += other.pairs
        benign += other.benign
        accepted += other.accepted
        mutations += other.mutations
        caught += other.caught
        refused += other.refused
        missed += other.missed
        missedNotes += other.missedNotes
        missedByRule.merge(other.missedByRule, uniquingKeysWith: +)
    }

    /// The totals as a person reads them, each miss with its reason.
    package var lines: [String] {
        let share = mutations == 0 ? 0 : caught * 10_000 / mutations
        return [
            "corpus: \(samples) samples, \(pairs) outputs, \(Mutations.all.count) kinds of mutation",
            "benign: \(accepted) of \(benign) accepted",
            "mutations: \(caught) of \(mutations) caught (\(share / 100).\(String(100 + share % 100).dropFirst()) %)",
        ] + refused.map { "  refused \($0)" }
            + zip(missed, missedNotes).map { miss, notes in
                "  missed \(miss)" + (KnownMisses.reason(miss).map { ": \($0)" } ?? "")
                    + (notes.isEmpty ? "" : " [\(notes)]")
            } + ["wrong outputs let through, by rule:"]
            + missedByRule.sorted { $0.value > $1.value }.map { "  \($0.value) \($0.key)" }
    }
}
