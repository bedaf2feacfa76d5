/// Ranges in order that don't overlap.
enum SortedRanges {
    /// Whether one of them contains the offset; logarithmic.
    static func contain<Element>(_ elements: [Element], offset: Int, by range: (Element) -> Range<Int>) -> Bool {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = range(elements[middle])
            if offset < candidate.lowerBound {
                high = middle
            } else if offset >= candidate.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }
}
