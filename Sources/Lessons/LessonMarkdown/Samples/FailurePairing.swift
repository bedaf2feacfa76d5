import Lessons

/// Tells which actions a page says to fail, by the sentences before and after them.
///
/// A sentence belongs to the action after it when it leads up to it: it ends with a colon before it, or is behind an
/// order to try something in the last paragraph before it. It belongs to the action before it otherwise, above all when it
/// looks back ("that failed, because …") and when an order to do something else follows it.
struct FailurePairing {
    private let prose: [UInt8]
    private let actions: [Action]
    private(set) var announced: [Int: AnnouncedFailure] = [:]

    /// What is between two actions, in order.
    private enum Part {
        case prose(Range<Int>)
        case block
    }

    init(items: [PageItem], candidates: [SampleCandidate], actions: [Action], prose: [UInt8]) {
        self.prose = prose
        self.actions = actions
        var last: Int?
        var parts: [Part] = []
        for item in items {
            switch item {
            case .prose(let range): parts.append(.prose(range))
            // A code span is in its sentence.
            case .candidate(let index): if !candidates[index].isInline { parts.append(.block) }
            case .heading: continue
            case .action(let index):
                if let failure = failureOfSameCommand(as: index) { announced[index] = failure }
                pair(parts, after: last, before: index)
                parts = []
                last = index
            }
        }
        pair(parts, after: last, before: nil)
    }

    /// How an earlier command is said to fail that this one repeats, with its output led elsewhere: `ls none 2> errors`.
    private func failureOfSameCommand(as index: Int) -> AnnouncedFailure? {
        let text = actions[index].text
        return announced.lazy.compactMap { earlier, failure -> AnnouncedFailure? in
            let former = actions[earlier].text
            guard earlier < index, text.hasPrefix(former), text.count > former.count else { return nil }
            let rest = text.dropFirst(former.count).drop { $0 == " " }
            return ["|", ">", "1>", "2>", "&>"].contains(where: rest.hasPrefix) ? failure : nil
        }.first
    }

    private mutating func pair(_ parts: [Part], after previous: Int?, before next: Int?) {
        let mayOccur = parts.contains {
            if case .prose(let range) = $0 { FailureWording.mayOccur(in: prose[range]) } else { false }
        }
        guard mayOccur else { return }
        let sentences = Self.sentences(of: parts, in: prose)
        for index in sentences.indices {
            guard let (failure, word) = FailureWording.announced(by: sentences[index].sentence) else { continue }
            let isOfNext = next != nil && (previous == nil || Self.leadsOn(index, saidAt: word, of: sentences))
            // What is said further away is said of something else.
            guard isOfNext ? index + 2 >= sentences.count : sentences[index].paragraph < 3 && index < 4 else {
                continue
            }
            guard let action = isOfNext ? next : previous else { continue }
            announced[action] = announced[action] == .missingCommand ? .missingCommand : failure
        }
    }

    private struct Placed {
        var sentence: PlainSentence
        /// Counted over all parts.
        var paragraph: Int
        /// How many blocks are before it.
        var blocks: Int
    }

    /// The sentences in order; prose that is interrupted by a code span with a macro alone goes on in its paragraph.
    private static func sentences(of parts: [Part], in prose: [UInt8]) -> [Placed] {
        var placed: [Placed] = []
        var blocks = 0
        var paragraph = 0
        var joined: [UInt8] = []
        func flush() {
            let sentences = PlainSentence.all(in: joined[...])
            for sentence in sentences {
                placed.append(Placed(sentence: sentence, paragraph: paragraph + sentence.paragraph, blocks: blocks))
            }
            paragraph += (sentences.last?.paragraph ?? 0) + 1
            joined = []
        }
        for part in parts {
            switch part {
            case .prose(let range): joined += prose[range]
            case .block:
                flush()
                blocks += 1
            }
        }
        flush()
        return placed
    }

    /// Whether the sentence speaks of the action that comes after all of them.
    private static func leadsOn(_ index: Int, saidAt word: Int, of sentences: [Placed]) -> Bool {
        let this = sentences[index]
        guard let last = sentences.last, last.blocks == this.blocks else { return false }
        if this.sentence.contains(anyOf: lookingBack) { return false }
        // "Notice that you get an error, look at its cause with:" leads on, and to something else.
        let said = this.sentence.words
        if let comma = said[word...].firstIndex(of: ","),
            let next = said[comma...].dropFirst().first(where: { !["so", "then", "and", "but", "please"].contains($0) }
            ),
            orders.contains(next)
        {
            return false
        }
        if let opener = said.first, ["notice", "note", "as", "see"].contains(opener), this.blocks == 0 { return false }
        let after = sentences[index...].dropFirst()
        if after.isEmpty, this.sentence.endsWithColon { return true }
        let headingAfter = after.contains { $0.sentence.isHeading }
        if headingAfter { return false }
        if after.contains(where: { orders($0.sentence) }) { return false }
        if sentences[..<index].contains(where: { $0.sentence.isHeading && $0.blocks == this.blocks }) { return true }
        let lead = sentences[...index].filter { $0.paragraph == this.paragraph }
        return this.paragraph == last.paragraph && lead.contains { orders($0.sentence) }
    }

    /// Whether the sentence has the reader do something.
    private static func orders(_ sentence: PlainSentence) -> Bool {
        sentence.contains(anyOf: orders) || sentence.endsWithColon
    }

    private static let orders: Set<Substring> = [
        "try", "run", "execute", "type", "now", "let's", "lets", "next", "attempt", "trying", "running", "create",
        "use",
        "fix", "instead", "start", "make", "add", "change", "set", "following", "check", "install", "open", "look",
    ]

    private static let lookingBack: Set<Substring> = [
        "failed", "got", "saw", "didn't", "was", "were", "above", "earlier", "previous", "previously", "noticed",
    ]
}
