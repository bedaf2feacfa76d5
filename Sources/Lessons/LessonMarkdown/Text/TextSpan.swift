/// Lines and words of a text at hand, which copy nothing.
extension Span<UInt8> {
    func firstIndex(from start: Int = 0, where isMeant: (UInt8) -> Bool) -> Int? {
        var index = start
        while index < count {
            if isMeant(self[index]) { return index }
            index += 1
        }
        return nil
    }

    func string(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// How many blanks and line ends the text begins with.
    var leadingWhite: Int { firstIndex { !$0.isWhite } ?? count }

    /// Whether the word at the range is this one.
    ///
    /// - Parameter ignoringCase: For a word of small letters.
    func isWord(_ word: StaticString, at range: Range<Int>, ignoringCase: Bool = false) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { letters in
            for index in letters.indices {
                let byte = self[range.lowerBound + index]
                if (ignoringCase ? byte.lowercased : byte) != letters[index] { return false }
            }
            return true
        }
    }

    /// How many words there are with blanks between them.
    var wordCount: Int {
        var words = SpanWords()
        var count = 0
        while words.next(in: self) != nil { count += 1 }
        return count
    }

    /// Shows the lines in order until one is answered with `false`.
    ///
    /// - Returns: Whether none was.
    @discardableResult
    func forEachLine(_ body: (Span<UInt8>) -> Bool) -> Bool {
        var start = 0
        while start < count {
            let end = firstIndex(from: start) { $0 == .lineFeed } ?? count
            if !body(extracting(start..<end)) { return false }
            start = end + 1
        }
        return true
    }
}

/// Steps through words with blanks between them.
struct SpanWords {
    private var offset = 0

    mutating func next(in text: Span<UInt8>) -> Range<Int>? {
        while offset < text.count, text[offset].isBlank { offset += 1 }
        guard offset < text.count else { return nil }
        let start = offset
        while offset < text.count, !text[offset].isBlank { offset += 1 }
        return start..<offset
    }
}
