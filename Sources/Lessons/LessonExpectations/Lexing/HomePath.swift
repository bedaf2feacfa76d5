/// Paths below the directory of a user, which is another for each reader.
enum HomePath {
    /// Whether both lie below some user's directory and name the same file.
    static func areSame(_ source: SourceText, _ range: Range<Int>, _ other: SourceText, _ otherRange: Range<Int>)
        -> Bool
    {
        guard isInHome(source.bytes, range), isInHome(other.bytes, otherRange) else { return false }
        let (name, otherName) = (name(source.bytes, range), name(other.bytes, otherRange))
        return !name.isEmpty && name.elementsEqual(otherName)
    }

    private static func isInHome(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
        ["/home/", "/root/", "/Users/", "~/", "/workspace/", "/workspaces/", "/tmp/"].contains { (root: StaticString) in
            bytes.has(root, at: range.lowerBound)
        }
    }

    /// The last part of the path; with the one before it when it is hidden, as `.git` is in every repository.
    private static func name(_ bytes: Bytes, _ range: Range<Int>) -> ArraySlice<UInt8> {
        let slash = UInt8(ascii: "/")
        let path = bytes[range.lowerBound..<(bytes[range].last == slash ? range.upperBound - 1 : range.upperBound)]
        guard let last = path.lastIndex(of: slash) else { return [] }
        guard bytes.has("/.", at: last), let before = path[..<last].lastIndex(of: slash) else {
            return path[(last + 1)...]
        }
        return path[(before + 1)...]
    }
}

/// The frames of a stack trace, whose lines move as a program is edited.
enum Frames {
    /// `File "/root/a.py", line 8, in main`, `at main (/root/a.js:1:2)`
    static func isFrame(_ source: SourceText, _ tokens: [Token]) -> Bool {
        guard let first = tokens.first, tokens.count >= 4 else { return false }
        let start = first.range.lowerBound
        return source.bytes.has("File \"", at: start)
            || source.bytes.has("at ", at: start)
                && tokens[2...].contains { source.bytes[$0.range.lowerBound] == UInt8(ascii: "(") }
    }
}
