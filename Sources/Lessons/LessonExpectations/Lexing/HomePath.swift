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

    private static func name(_ bytes: Bytes, _ range: Range<Int>) -> ArraySlice<UInt8> {
        guard let slash = bytes[range].lastIndex(of: UInt8(ascii: "/")) else { return [] }
        return bytes[(slash + 1)..<range.upperBound]
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
