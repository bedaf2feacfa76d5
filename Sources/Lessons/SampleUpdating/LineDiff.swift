/// What differs between two texts, line by line.
public enum LineDiff {
    /// What became of a line; the raw value is its sign in a diff.
    public enum Mark: Character, Sendable {
        case kept = " "
        case gone = "-"
        case new = "+"
    }

    /// Unchanged lines shown before and after each change.
    private static let context = 2

    /// The lines of both texts in order, without stretches far from any change; `nil` stands for such a stretch.
    public static func lines(from before: [String], to after: [String]) -> [(mark: Mark, text: String)?] {
        let difference = after.difference(from: before)
        let gone = Set(difference.removals.map(Self.offset))
        let new = Set(difference.insertions.map(Self.offset))
        var all: [(mark: Mark, text: String)] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if gone.contains(left) {
                all.append((.gone, before[left]))
                left += 1
            } else if new.contains(right) || left >= before.count {
                all.append((.new, after[right]))
                right += 1
            } else {
                all.append((.kept, before[left]))
                left += 1
                right += 1
            }
        }
        var isNear = Array(repeating: false, count: all.count)
        for index in all.indices where all[index].mark != .kept {
            for near in max(0, index - context)...min(all.count - 1, index + context) { isNear[near] = true }
        }
        var shown: [(mark: Mark, text: String)?] = []
        for index in all.indices {
            if isNear[index] {
                shown.append(all[index])
            } else if let last = shown.last, last != nil {
                shown.append(nil)
            } else if shown.isEmpty {
                shown.append(nil)
            }
        }
        return shown
    }

    private static func offset(_ change: CollectionDifference<String>.Change) -> Int {
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
