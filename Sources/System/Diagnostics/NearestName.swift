/// The known name that a mistyped one most likely means, or `nil` when none is near.
///
/// Near is one slip (a letter missing, added, wrong, or two swapped) for every three letters, at least one.
public func nearestName(to name: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(64))
    let bound = max(1, wanted.count / 3)
    return known.map { (name: $0, slips: slips(wanted, Array($0.lowercased().unicodeScalars.prefix(64)))) }
        .filter { $0.slips <= bound }
        .min { ($0.slips, $0.name) < ($1.slips, $1.name) }?.name
}

/// Optimal string alignment distance.
private func slips(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
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
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
