/// The words in which two lines differ.
enum DifferingParts {
    /// Longer lines are marked from the first to the last difference: finding the words between costs too much.
    private static let longest = 200

    /// The parts of either line that the other lacks, as ranges of characters; all of a line that is alone.
    static func found(_ wanted: [Character]?, _ got: [Character]?) -> ([Range<Int>], [Range<Int>]) {
        guard let wanted, let got else { return (whole(wanted), whole(got)) }
        let (left, right) = (words(wanted), words(got))
        var start = 0
        while start < min(left.count, right.count), wanted[left[start]] == got[right[start]] { start += 1 }
        var (leftEnd, rightEnd) = (left.count, right.count)
        while leftEnd > start, rightEnd > start, wanted[left[leftEnd - 1]] == got[right[rightEnd - 1]] {
            leftEnd -= 1
            rightEnd -= 1
        }
        let (wantedWords, gotWords) = (left[start..<leftEnd], right[start..<rightEnd])
        guard max(wantedWords.count, gotWords.count) <= longest else {
            return (spanned(wantedWords), spanned(gotWords))
        }
        let difference = gotWords.map { String(got[$0]) }.difference(from: wantedWords.map { String(wanted[$0]) })
        var gone: [Range<Int>] = []
        var new: [Range<Int>] = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): gone.append(left[start + offset])
            case .insert(let offset, _, _): new.append(right[start + offset])
            }
        }
        return (joined(gone, wanted), joined(new, got))
    }

    /// Ranges of bytes as ranges of characters; `nil` where one ends inside a character or beyond the line.
    static func characters(_ parts: [Range<Int>], _ line: [Character]) -> [Range<Int>]? {
        var starts: [Int: Int] = [:]
        var offset = 0
        for (index, character) in line.enumerated() {
            starts[offset] = index
            offset += character.utf8.count
        }
        starts[offset] = line.count
        var found: [Range<Int>] = []
        for part in parts {
            guard let start = starts[part.lowerBound], let end = starts[part.upperBound] else { return nil }
            found.append(start..<end)
        }
        return found
    }

    private static func whole(_ line: [Character]?) -> [Range<Int>] { line.map { [0..<$0.count] } ?? [] }

    private static func spanned(_ words: ArraySlice<Range<Int>>) -> [Range<Int>] {
        guard let first = words.first, let last = words.last else { return [] }
        return [first.lowerBound..<last.upperBound]
    }

    /// Parts that only blanks or nothing lies between are one.
    private static func joined(_ parts: [Range<Int>], _ line: [Character]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, line[last.upperBound..<part.lowerBound].allSatisfy({ $0 == " " }) {
                result[result.count - 1] = last.lowerBound..<part.upperBound
            } else {
                result.append(part)
            }
        }
        // Blanks alone, as where a column became wider, say nothing.
        let telling = result.filter { part in line[part].contains { $0 != " " } }
        return telling.isEmpty ? result : telling
    }

    /// Runs of letters and digits, runs of blanks, and every other character by itself.
    private static func words(_ line: [Character]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        while start < line.count {
            let kind = kind(line[start])
            var end = start + 1
            if kind != .mark { while end < line.count, self.kind(line[end]) == kind { end += 1 } }
            words.append(start..<end)
            start = end
        }
        return words
    }

    private enum Kind { case word, blank, mark }

    private static func kind(_ character: Character) -> Kind {
        if character == " " { return .blank }
        return character.isLetter || character.isNumber || character == "_" ? .word : .mark
    }
}
