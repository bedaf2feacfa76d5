import Lessons

/// Tells which actions a page says to fail, by the sentences before and after them.
///
/// A sentence belongs to the action after it when it leads up to it: it ends with a colon before it, or stands behind an
/// order to try something in the last paragraph before it. It belongs to the action before it otherwise, above all when it
/// looks back ("that failed, because …") and when an order to do something else follows it.
struct FailurePairing {
    private let prose: [UInt8]
    private(set) var announced: [Int: AnnouncedFailure] = [:]

    /// What stands between two actions, in order.
    private enum Part {
        case prose(Range<Int>)
        case block
    }

    init(items: [PageItem], prose: [UInt8]) {
        self.prose = prose
        var last: Int?
        var parts: [Part] = []
        for item in items {
            switch item {
            case .prose(let range): parts.append(.prose(range))
            case .candidate: parts.append(.block)
            case .heading: continue
            case .action(let index):
                pair(parts, after: last, before: index)
                parts = []
                last = index
            }
        }
        pair(parts, after: last, before: nil)
    }

    private mutating func pair(_ parts: [Part], after previous: Int?, before next: Int?) {
        let mayOccur = parts.contains {
            if case .prose(let range) = $0 { FailureWording.mayOccur(in: prose[range]) } else { false }
        }
        guard mayOccur else { return }
        let sentences = Self.sentences(of: parts, in: prose)
        for index in sentences.indices {
            guard let failure = FailureWording.announced(by: sentences[index].sentence) else { continue }
            let isOfNext = next != nil && (previous == nil || Self.leadsOn(index, of: sentences))
            guard let action = isOfNext ? next : previous else { continue }
            announced[action] = announced[action] == .missingCommand ? .missingCommand : failure
        }
    }

    private struct Placed {
        var sentence: PlainSentence
        /// Counted over all parts.
        var paragraph: Int
        /// How many blocks stand before it.
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
    private static func leadsOn(_ index: Int, of sentences: [Placed]) -> Bool {
        let this = sentences[index]
        guard let last = sentences.last, last.blocks == this.blocks else { return false }
        if this.sentence.contains(anyOf: lookingBack) { return false }
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
        sentence.contains(anyOf: [
            "try", "run", "execute", "type", "now", "let's", "lets", "next", "attempt", "trying", "running", "create",
            "use",
            "fix", "instead", "start", "make", "add", "change", "set", "following", "check", "install", "open",
        ]) || sentence.endsWithColon
    }

    private static let lookingBack: Set<Substring> = [
        "failed", "got", "saw", "didn't", "was", "were", "above", "earlier", "previous", "previously", "noticed",
    ]
}
