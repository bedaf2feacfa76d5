/// A sentence of a page's prose, and what it says of the block below it.
struct Sentence {
    var words: [Word]
    /// Counted from the start of the prose.
    var paragraph: Int
    var isHeading = false

    /// The word at an index, or nothing's classes where there is none.
    private func classes(_ index: Int) -> Word.Classes { words.indices.contains(index) ? words[index].classes : [] }

    private func contains(_ classes: Word.Classes) -> Bool { words.contains { $0.isAny(of: classes) } }

    var meaning: Lead.Meaning {
        let output = lastOutput
        let instruction = lastInstruction(isOutput: output != nil)
        // What to do then says nothing of the block; what would be seen then isn't seen now.
        if isProviso { return instruction == nil ? .instruction : .silent }
        if let output, output > instruction ?? -1 { return .output }
        if instruction != nil { return .instruction }
        if hasAppearance { return .appearance }
        return output != nil ? .output : .silent
    }

    /// "If you get an error, …": told of what need not happen.
    private var isProviso: Bool {
        words.count > 2 && words[0].isAny(of: .if) && words[1].isAny(of: .youOrWe) && contains(.trouble)
    }

    var opensPage: Bool { contains(.browser) }

    var namesFile: Bool { contains(.file) && !contains(.nearOutput) }

    var namesPlace: Bool { classes(0).contains(.inside) || contains(.place) }

    /// Whether it has "output" or its like, unless it only describes another noun ("output format").
    var namesOutput: Bool {
        words.indices.contains { words[$0].isAny(of: .output) && !classes($0 + 1).contains(.described) }
    }

    var isSimilar: Bool {
        for (index, word) in words.enumerated() {
            let next = classes(index + 1)
            if word.isAny(of: [.nearSimilar, .nearSimilarly, .resembles, .instance]) { return true }
            if word.isAny(of: .nearSomething), next.contains(.like) { return true }
            if word.isAny(of: .like) {
                if classes(index - 1).contains(.looks) { return true }
                if next.contains(.afterLike), !contains(.exactly) { return true }
            }
            if word.isAny(of: .such), next.contains(.as) { return true }
            if word.isAny(of: .along), next.contains(.the) { return true }
            if word.isAny(of: .or), next.contains(.so) { return true }
            if word.isAny(of: .mayDiffer), contains(.differs) { return true }
        }
        return false
    }

    /// The last word that says that a program prints.
    private var lastOutput: Int? {
        var last: Int?
        var isPurpose = false
        for (index, word) in words.enumerated() {
            if word.isAny(of: .endsPurpose) { isPurpose = false }
            if word.isAny(of: .purpose), classes(index - 1).contains(.to), !classes(index - 2).contains(.beforeTo) {
                isPurpose = true
            }
            if isPurpose { continue }
            if word.isAny(of: .output) {
                last = index
            } else if word.isAny(of: .sense), index > 0 {
                if words[max(0, index - 3)..<index].contains(where: { $0.isAny(of: .subject) }) { last = index }
            } else if word.isAny(of: .see), words.count > 1 {
                last = index
            } else if word.isAny(of: .expected), words.count <= 3 {
                last = index
            } else if word.isAny(of: .tells) {
                last = index
            } else if word.isAny(of: .shouldOrWill), classes(index + 1).contains(.shows) {
                if !namesFile { last = index }
            }
        }
        return last
    }

    /// The last word that tells the reader to type or write something.
    private func lastInstruction(isOutput: Bool) -> Int? {
        var last: Int?
        for (index, word) in words.enumerated() where word.isAny(of: .order) {
            // "when you run", "after running", "the command you ran" look back on what was done.
            if words[max(0, index - 3)..<index].contains(where: { $0.isAny(of: .lookingBack) }) { continue }
            let previous = classes(index - 1)
            // "You should run" is an order, "the output should start" is none.
            if previous.contains(.modal) {
                if classes(index - 2).contains(.reader) { last = index }
            } else if index == 0 || previous.contains(.opener) {
                last = index
            }
        }
        let nouns: Word.Classes = isOutput ? .command : [.command, .input]
        if let command = words.indices.last(where: { words[$0].isAny(of: nouns) }),
            words[max(0, command - 3)..<command].contains(where: { $0.isAny(of: .pointing) }),
            command > words.count - 4
        {
            last = max(last ?? 0, command)
        }
        return last
    }

    private var hasAppearance: Bool {
        for (index, word) in words.enumerated() {
            let next = classes(index + 1)
            if word.isAny(of: .as), next.contains(.nearFollows) { return true }
            if word.isAny(of: .like), index > 0 || next.contains(.this) { return true }
            if word.isAny(of: [.nearSimilar, .nearFollowing, .below]) { return true }
        }
        return false
    }

    /// The terminal that the sentence names.
    var terminal: Int? {
        for (index, word) in words.enumerated() {
            if word.isAny(of: .terminalNoun) {
                if classes(index + 1).isDisjoint(with: [.digits, .ordinal]) == false { return words[index + 1].number }
                if classes(index - 1).contains(.ordinal) { return words[index - 1].number }
            }
            if word.isAny(of: .terminalName) { return word.number }
        }
        return nil
    }
}
