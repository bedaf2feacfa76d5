/// How far a mistyped word is from a known one, in slips: a letter missing, added, wrong, or two swapped.
public enum Spelling {
    /// Words are compared by their first letters, so many of them.
    private static let maxLength = 64

    /// Whether at most so many slips lead from one word to the other, letter for letter; case counts.
    public static func isNear(_ word: String, to known: String, slips: Int = 1) -> Bool {
        self.slips(from: word, to: known, atMost: slips) != nil
    }

    /// The number of slips between two words; `nil` when there are more than the bound.
    ///
    /// Takes time in proportion to the product of the lengths, less where the words have little in common.
    static func slips(from word: String, to known: String, atMost bound: Int) -> Int? {
        if word == known { return 0 }
        let left = Array(word.unicodeScalars.prefix(maxLength))
        let right = Array(known.unicodeScalars.prefix(maxLength))
        guard abs(left.count - right.count) <= bound else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, scalar) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column] + (scalar == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            // A row on which every way has more slips leads to no better one; a swap looks two rows back.
            if min(last.min() ?? 0, current.min() ?? 0) > bound { return nil }
            (beforeLast, last) = (last, current)
        }
        return last[right.count] <= bound ? last[right.count] : nil
    }
}

/// The known name that a mistyped one most likely means, or `nil` when none is near. Case doesn't count.
///
/// Near is one slip (a letter missing, added, wrong, or two swapped) for every three letters, at least one.
public func nearestName(to name: String, among known: some Sequence<String>) -> String? {
    let wanted = name.lowercased()
    let bound = max(1, wanted.unicodeScalars.count / 3)
    return known.compactMap { candidate in
        Spelling.slips(from: wanted, to: candidate.lowercased(), atMost: bound).map { (name: candidate, slips: $0) }
    }.min { ($0.slips, $0.name) < ($1.slips, $1.name) }?.name
}
