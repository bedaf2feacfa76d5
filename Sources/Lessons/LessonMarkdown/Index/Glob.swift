/// A pattern for paths below a folder, as lists of assets use it: `*` and `?` stay within a segment, `**` crosses them.
package struct Glob {
    private let segments: [[UInt8]]

    package init(_ pattern: String) {
        var segments: [[UInt8]] = []
        for segment in pattern.split(separator: "/") where segment != "." {
            // Twice any number of folders is any number of them.
            if segment == "**", segments.last == Array("**".utf8) { continue }
            segments.append(Array(segment.utf8))
        }
        self.segments = segments
    }

    /// How much a comparison takes.
    var cost: Int { max(1, segments.count) }

    /// `false` for a plain path.
    package static func isPattern(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }

    /// Whether a file at this path, relative to the folder, is meant. A trailing `**` takes everything below.
    package func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/").map { Array($0.utf8) }
        // One row at a time: which prefixes of the path the segments so far can take. Linear in segments times parts.
        var reachable = [Bool](repeating: false, count: parts.count + 1)
        reachable[0] = true
        for segment in segments {
            var next = [Bool](repeating: false, count: parts.count + 1)
            if segment == Array("**".utf8) {
                var isOpen = false
                for index in 0...parts.count {
                    isOpen = isOpen || reachable[index]
                    next[index] = isOpen
                }
            } else {
                for index in 0..<parts.count where reachable[index] {
                    next[index + 1] = Self.matches(segment[...], parts[index][...])
                }
            }
            reachable = next
        }
        return reachable[parts.count]
    }

    /// Whether a directory may hold files that are meant, so that others needn't be walked.
    func mayMatch(below directory: String) -> Bool {
        let parts = directory.split(separator: "/").map { Array($0.utf8) }
        for (segment, part) in zip(segments, parts) {
            if segment == Array("**".utf8) { return true }
            guard Self.matches(segment[...], part[...]) else { return false }
        }
        return parts.count < segments.count
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        // As in a shell, a leading dot wants to be written.
        if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
        var pattern = pattern
        var name = name
        // After a star: where to go back to when what follows doesn't fit.
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while true {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, name)
            } else if let wanted = pattern.first, let byte = name.first, wanted == UInt8(ascii: "?") || wanted == byte {
                pattern = pattern.dropFirst()
                name = name.dropFirst()
            } else if pattern.isEmpty, name.isEmpty {
                return true
            } else if let (after, from) = retry, !from.isEmpty {
                pattern = after
                name = from.dropFirst()
                retry = (after, name)
            } else {
                return false
            }
        }
    }
}
