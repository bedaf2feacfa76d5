/// Sentences that announce a part of an output: "should include", "the first lines", "somewhere in it", "an excerpt".
enum PartWording {
    /// - Parameter isOutput: The sentence speaks of what a program prints, so that a word such as "section" or "end" is said of
    ///   that.
    static func isIn(_ sentence: Sentence, isOutput: Bool) -> Bool {
        let words = sentence.words
        func classes(_ index: Int) -> Word.Classes { words.indices.contains(index) ? words[index].classes : [] }
        for (index, word) in words.enumerated() {
            // "The file should contain" is said of a file, "make sure to include" of what to write.
            if word.isAny(of: .includes), isOutput || !sentence.namesFile { return true }
            if word.isAny(of: .excerpt) { return true }
            // "Part of the output", "the relevant part", "the end of the log".
            if word.isAny(of: .fragment),
                words[index...].dropFirst(2).prefix(3).contains(where: { $0.isAny(of: .source) }),
                !classes(index + 1).contains(.source)
            {
                return true
            }
            // "In this case, the beginning looks something like this."
            if word.isAny(of: .fragment), classes(index - 1).contains(.the), classes(index + 1).contains(.looks) {
                return true
            }
            if word.isAny(of: .edge), isOutput, classes(index - 1).contains(.the) || classes(index - 1).contains(.at) {
                let ahead = words[index...].dropFirst().prefix(3)
                // "The end result" is no end of it.
                if !classes(index + 1).contains(.source),
                    ahead.contains(where: { $0.isAny(of: [.line, .source, .few]) })
                {
                    return true
                }
                if classes(index - 1).contains(.at) || classes(index - 2).contains(.at) { return true }
            }
            // "The first lines", "the last few lines", "the following line", "a line like this", "the line that says".
            if word.isAny(of: .line), isLinePicked(at: index, of: sentence) { return true }
            if word.isAny(of: .begins), classes(index + 1).contains(.with), isOutput { return true }
            if word.isAny(of: .somewhere) { return true }
            if word.isAny(of: .among) { return true }
            if word.isAny(of: .lookUp), classes(index + 1).contains(.forWord) { return true }
        }
        return false
    }

    /// Whether the line is one of several: a page that shows all there is says "the output", not "a line".
    private static func isLinePicked(at index: Int, of sentence: Sentence) -> Bool {
        let words = sentence.words
        let before = words[max(0, index - 3)..<index]
        let after = words[(index + 1)...].prefix(2)
        if before.contains(where: { $0.isAny(of: .standardOrCommand) }) { return false }
        if before.contains(where: { $0.isAny(of: [.ordinal, .edge, .few, .pointing, .nearFollowing, .such, .find]) }) {
            return true
        }
        if after.contains(where: { $0.isAny(of: [.like, .nearSimilar, .such]) }) { return true }
        // "See the line", "find a line", "notice these lines".
        return before.contains { $0.isAny(of: [.the, .a, .this]) }
            && words[..<index].contains { $0.isAny(of: [.sense, .find]) }
    }
}

extension SampleIntroduction {
    /// No more of a paragraph is said of the block below it, in bytes.
    private static let maxParagraphLength = 400

    /// The end of the prose from its last paragraph on.
    static func lastParagraph(of prose: ArraySlice<UInt8>) -> String {
        let bytes = lastParagraphBytes(of: prose).filter { $0 != ProseMark.error && $0 != ProseMark.missingCommand }
        let text = bytes.drop(while: \.isWhite)
        return String(decoding: text.reversed().drop(while: \.isWhite).reversed(), as: UTF8.self)
    }

    /// "Notice the statement at line 21", as against "Go to line 4 and change it".
    static func pointsAtLine(_ prose: ArraySlice<UInt8>) -> Bool {
        guard lineNumber(in: prose) != nil else { return false }
        let words = PlainSentence.all(in: prose).last.map { sentence in
            PlainSentence.all(in: prose).filter { $0.paragraph == sentence.paragraph }.flatMap(\.words)
        }
        return words?.contains {
            ["notice", "see", "look", "observe", "note", "find", "shows", "reads", "says"].contains($0)
        }
            ?? false
    }

    static func lastParagraphBytes(of prose: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let text = prose.suffix(maxParagraphLength)
        guard let end = text.lastIndex(where: { !ProseMark.isMark($0) && !$0.isWhite }) else { return [] }
        let start = text[...end].lastIndex(where: ProseMark.isMark).map { $0 + 1 } ?? text.startIndex
        return text[start...end]
    }

    /// The number of the line of a text at which the prose says that the block is: "at line 4", "on line number 12".
    ///
    /// - Parameter prose: The prose between an action and a block; only its last paragraph is asked.
    static func lineNumber(in prose: ArraySlice<UInt8>) -> Int? {
        let words = lastParagraphBytes(of: prose).split { !$0.isLetter && !$0.isDigit }.map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
        for index in words.indices where words[index] == "line" && index + 1 < words.count {
            let number = words[index + 1] == "number" && index + 2 < words.count ? words[index + 2] : words[index + 1]
            if let line = Int(number), line > 0 { return line }
        }
        return nil
    }
}
