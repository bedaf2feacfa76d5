/// A sentence of a page's prose, and what it says of the block below it.
struct Sentence {
    var words: [Word]
    /// Counted from the start of the prose.
    var paragraph: Int
    var endsWithColon = false
    var isHeading = false

    /// The word at an index, or nothing's classes where there is none.
    private func classes(_ index: Int) -> Word.Classes { words.indices.contains(index) ? words[index].classes : [] }

    private func contains(_ classes: Word.Classes) -> Bool { words.contains { $0.isAny(of: classes) } }

    var meaning: SampleIntroduction.Meaning {
        let output = lastOutput
        let instruction = lastInstruction(output: output)
        // What to do then says nothing of the block; what would be seen then isn't seen now.
        if isProviso { return instruction == nil ? .instruction : .silent }
        if let output, output > instruction ?? -1 { return .output }
        if instruction != nil { return .instruction }
        if hasAppearance { return isHypothetical ? .instruction : .appearance }
        return output != nil ? .output : .silent
    }

    /// "we would use something like this", "an example of adding an entry": told, not done.
    private var isHypothetical: Bool {
        if contains(.would) { return true }
        guard let example = words.firstIndex(where: { $0.isAny(of: .example) }) else { return false }
        return words[example...].prefix(4).contains { $0.isAny(of: .writing) }
    }

    /// Whether it speaks of what comes after it.
    var pointsAhead: Bool {
        if contains([.pointing, .nearFollowing, .nearFollows, .this, .like]) { return true }
        // "You get the error" leads up to its text.
        return lastOutput.map { $0 + 2 >= words.count || words[words.count - 1].isAny(of: .said) } ?? false
    }

    /// "If you get an error, …", "or you will get an error": told of what need not happen.
    private var isProviso: Bool {
        guard contains(.trouble) else { return false }
        var words = words.drop { $0.isAny(of: .label) }
        // "Note that if you …"
        if words.startIndex > 0, words.first?.isAny(of: .doer) == true { words.removeFirst() }
        guard let first = words.first else { return false }
        if words.indices.contains(where: { self.words[$0].isAny(of: .or) && classes($0 + 1).contains(.youOrWe) }) {
            return true
        }
        // "If there is an error in it, it looks like this."
        if first.isAny(of: .if), words.prefix(6).contains(where: { $0.isAny(of: .trouble) }) { return true }
        // "If you scroll up, you'll see that it fails": that is there.
        let rest = words.dropFirst()
        return first.isAny(of: .if) && rest.first?.isAny(of: .youOrWe) == true && rest.count > 1
            && !rest.dropFirst().prefix(1).contains { $0.isAny(of: .scroll) }
    }

    /// Whether it speaks of a message or an error.
    var namesMessage: Bool { contains(.said) }

    var opensPage: Bool { contains(.browser) }

    /// "Here is the rule for this": the block is what is named, whatever ran before.
    var presents: Bool {
        guard !contains(.looks) else { return false }
        // "…, so here are the rules": the clause before says why.
        return classes(0).contains(.here)
            || words.indices.contains { words[$0].isAny(of: .here) && classes($0 + 1).contains(.be) }
    }

    /// "The formulas", "by hand", "on paper".
    var isTold: Bool {
        words.indices.contains { index in
            words[index].isAny(of: .told) || words[index].isAny(of: .byHand) && classes(index - 1).contains(.by)
        }
    }

    var namesFile: Bool { contains(.file) && !contains([.nearOutput, .said]) }

    var namesPlace: Bool { classes(0).contains(.inside) && !classes(1).contains(.noPlace) || contains(.place) }

    /// Whether it has "output" or its like, unless it only describes another noun ("output format").
    var namesOutput: Bool {
        words.indices.contains { index in
            words[index].isAny(of: .output) && !classes(index + 1).contains(.described)
                && !classes(index - 1).contains(.standard)
        }
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
            if isPurpose || isReaders(index) { continue }
            if word.isAny(of: .output) {
                last = index
            } else if isSense(index) {
                last = index
            } else if word.isAny(of: .see), words.count > 1 {
                last = index
            } else if word.isAny(of: .expected), words.count <= 3 {
                last = index
            } else if word.isAny(of: .tells), classes(index + 1).contains(.forWord) {
                // "Shown for reference"
                continue
            } else if word.isAny(of: .tells) || word.isAny(of: .reads) && index + 1 == words.count {
                last = index
            } else if word.isAny(of: .have), index < 3, classes(index - 1).isDisjoint(with: [.modal, .would]) == false {
                last = index
            } else if word.isAny(of: .shouldOrWill), classes(index - 1).contains(.doer), !namesFile,
                let announced = words[index...].lastIndex(where: { $0.isAny(of: [.nearFollowing, .below]) })
            {
                // "This will start the following services:"
                last = announced
            } else if word.isAny(of: .shouldOrWill), classes(index + 1).contains(.shows) {
                if !namesFile { last = index }
            }
        }
        return last
    }

    /// "see" and the like after "you", "should" or such.
    private func isSense(_ index: Int) -> Bool {
        words[index].isAny(of: .sense) && words[max(0, index - 3)..<index].contains { $0.isAny(of: .subject) }
    }

    /// Whether the one that shows something is the command, or what it does is foretold.
    var isOfCommand: Bool { contains([.doer, .command, .shouldOrWill, .nearOutput]) }

    /// No clause has more words.
    private static let clause = 20

    var isSeen: Bool { words.indices.contains { isSense($0) && !isReaders($0) } }

    var isConditional: Bool { contains(.if) }

    var namesPart: Bool { contains(.part) }

    /// Whether what sounds like output is something the reader does.
    private func isReaders(_ index: Int) -> Bool {
        let before = words[max(0, index - 3)..<index]
        func precedes(_ classes: Word.Classes) -> Bool { before.contains { $0.isAny(of: classes) } }
        if words[index].isAny(of: .returns) {
            if classes(index + 1).contains(.to) || precedes(.can) && precedes(.youOrWe) { return true }
        }
        if words[index].isAny(of: .prints) { return index == 0 || precedes(.can) && precedes(.youOrWe) }
        // "You can get the name from …" says how, not what.
        return words[index].isAny(of: .comesBy) && precedes(.can)
            && words[index...].prefix(Self.clause).contains { $0.isAny(of: .means) }
    }

    /// The last word that tells the reader to type or write something.
    private func lastInstruction(output: Int?) -> Int? {
        var last: Int?
        for (index, word) in words.enumerated() where word.isAny(of: .order) {
            // "when you run", "after running", "the command you ran" look back on what was done.
            if words[max(0, index - 3)..<index].contains(where: { $0.isAny(of: .lookingBack) }) { continue }
            let previous = classes(index - 1)
            if isOfOutput(index, output) || previous.contains(.to) && classes(index - 2).contains(.tends) { continue }
            // "You should run" is an order, "the output should start" is none.
            if previous.contains(.modal) {
                if classes(index - 2).contains(.reader) { last = index }
            } else if index == 0 || previous.contains(.opener) {
                last = index
            }
        }
        last = [last, lastWriting].compactMap(\.self).max()
        if words.last?.isAny(of: .do) ?? false { last = words.count - 1 }
        if endsWithColon, output == nil, words.last?.isAny(of: .command) ?? false { last = words.count - 1 }
        let nouns: Word.Classes = output != nil ? .command : [.command, .input]
        if let command = words.indices.last(where: { words[$0].isAny(of: nouns) }),
            words[max(0, command - 3)..<command].contains(where: { $0.isAny(of: .pointing) }),
            command > words.count - 5
        {
            last = max(last ?? 0, command)
        }
        return last
    }

    /// "you see the address you can use": a verb of the same clause as the output.
    private func isOfOutput(_ index: Int, _ output: Int?) -> Bool {
        guard let output, output < index, index - output < Self.clause,
            !classes(index - 1).isDisjoint(with: [.can, .youOrWe])
        else { return false }
        return !words[output..<index].contains { $0.isAny(of: .joins) }
    }

    /// The last word for writing what follows, or for how to do something.
    private var lastWriting: Int? {
        words.indices.last { index in
            if words[index].isAny(of: .how) { return classes(index + 1).contains(.to) }
            guard words[index].isAny(of: .writing) else { return false }
            return words[index...].dropFirst().prefix(4).contains { $0.isAny(of: [.nearFollowing, .pointing, .line]) }
        }
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

    /// "Open a new terminal", "in another tab".
    var opensTerminal: Bool {
        words.indices.contains { index in
            words[index].isAny(of: .terminalNoun)
                && words[max(0, index - 2)..<index].contains { $0.isAny(of: .new) }
        }
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
