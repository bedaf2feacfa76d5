/// Slips of the pen in words that a rule looks for.
package enum Spelling {
    /// Whether at most one letter was dropped, added, changed or swapped with its neighbour.
    package static func isNear(_ left: String, to right: String) -> Bool {
        var left = left.utf8[...]
        var right = right.utf8[...]
        guard abs(left.count - right.count) <= 1, min(left.count, right.count) > 1 else {
            return left.elementsEqual(right)
        }
        while let first = left.first, first == right.first {
            left.removeFirst()
            right.removeFirst()
        }
        while let last = left.last, last == right.last {
            left.removeLast()
            right.removeLast()
        }
        if left.count <= 1, right.count <= 1 { return true }
        return left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    }

    /// Whether at most `slips` letters were; words of more than 24 bytes are never near.
    package static func isNear(_ leftWord: String, to rightWord: String, slips: Int) -> Bool {
        if leftWord.utf8.elementsEqual(rightWord.utf8) { return true }
        guard abs(leftWord.utf8.count - rightWord.utf8.count) <= slips, 1...24 ~= leftWord.utf8.count,
            1...24 ~= rightWord.utf8.count
        else { return false }
        let left = Array(leftWord.utf8)
        let right = Array(rightWord.utf8)
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        var current = before
        for row in 1...left.count {
            current[0] = row
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current[column] = cost
            }
            // A row on which every way has more slips leads to no better one; a swap looks two rows back.
            if min(previous.min() ?? 0, current.min() ?? 0) > slips { return false }
            (before, previous, current) = (previous, current, before)
        }
        return previous[right.count] <= slips
    }
}
