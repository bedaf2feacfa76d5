/// Names with wildcards, as assets are named.
enum Glob {
    /// `*` and `?` inside a segment, `**` over any number of them; a plain name must be equal.
    static func matches(pattern: String, path: String) -> Bool {
        let pattern = pattern.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
        let path = path.split(separator: "/").map { Array($0.utf8) }
        return matches(pattern[...], path[...])
    }

    private static func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
        // Reachable positions of the path after each segment of the pattern.
        var reachable: Set<Int> = [path.startIndex]
        for (index, segment) in pattern.enumerated() {
            var next: Set<Int> = []
            for position in reachable {
                if segment == Array("**".utf8) {
                    let isLast = index == pattern.count - 1
                    if !isLast {
                        next.formUnion(position...path.endIndex)
                    } else if position < path.endIndex {
                        next.insert(path.endIndex)
                    }
                } else if position < path.endIndex, matches(segment: segment, name: path[position]) {
                    next.insert(position + 1)
                }
            }
            reachable = next
        }
        return reachable.contains(path.endIndex)
    }

    private static func matches(segment: [UInt8], name: [UInt8]) -> Bool {
        var pattern = 0
        var index = 0
        var star: (pattern: Int, name: Int)?
        while index < name.count {
            if pattern < segment.count, segment[pattern] == UInt8(ascii: "*") {
                star = (pattern, index)
                pattern += 1
            } else if pattern < segment.count, segment[pattern] == name[index] || segment[pattern] == UInt8(ascii: "?")
            {
                pattern += 1
                index += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                pattern = last.pattern + 1
                index = last.name + 1
            } else {
                return false
            }
        }
        return segment[pattern...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
