import Diagnostics
import Lessons

/// A code block or code span without a macro, which may be a sample.
struct SampleCandidate {
    enum Form: Equatable {
        case block(language: String)
        /// A code span alone in its paragraph.
        case inline
        /// A code span after a colon, last in its paragraph.
        case afterColon
        /// After "see", "prints" and the like, last in its paragraph.
        case afterVerb
        /// After "is", "similar to" and the like, last in its paragraph.
        case afterCopula
    }

    var place: SourcePlace
    var text: String
    var form: Form
    var directives: SampleDirectives?
    /// What the author's comment decides: a sample, or none.
    var decision: Bool?
    /// What rewrites the sample needs; `nil` unless an outline is asked for.
    var site: PageOutline.Sample?

    var isInline: Bool { if case .block = form { false } else { true } }
    /// A sentence quotes an error that a shell or a program reports.
    var quotesError: Bool { isInline && FailureWording.mark(ofQuoted: text) != nil }
}

/// What matters of a page for pairing, in reading order.
enum PageItem {
    /// Offsets into the page's prose.
    case prose(Range<Int>)
    case action(Int)
    /// An index into the page's candidates.
    case candidate(Int)
    case heading
}

/// Decides which blocks are samples, and of which action.
///
/// The rules, in order:
/// 1. An author's comment decides.
/// 2. The words between the action and the block decide when they say what the block is.
/// 3. Without such words a block belongs to the action right before it when it can be output by its language and its
///    text, and to the action of the sample right before it.
/// 4. The action is the last one that can print; words that name a terminal choose the last one in that terminal.
/// 5. A transcript that none of the actions before it printed belongs to the action after it, when it repeats its command.
///
/// What of it makes a block a sample is in `SamplePairing+Rules.swift`.
struct SamplePairing {
    private let items: [PageItem]
    private let candidates: [SampleCandidate]
    private let actions: [Action]
    private let prose: [UInt8]
    private(set) var samples: [Sample] = []
    /// For each sample the candidate that it was; ascending.
    private(set) var paired: [Int] = []
    /// Transcripts since the last heading that no action before them printed.
    private var transcripts: [Transcript] = []
    /// Where samples are that no action before them could print.
    private(set) var orphans: [(place: SourcePlace, isMarked: Bool)] = []

    /// The terminal in which each action runs: as written, else the one before it used.
    private let terminals: [Int]
    /// Whether any macro of the page names a terminal.
    private let isNumbered: Bool
    private lazy var toldActions = followReader()
    /// The first two words of every command of the page, and the first alone.
    private(set) lazy var openings = CommandText.openings(of: actions)

    init(items: [PageItem], candidates: [SampleCandidate], actions: [Action], prose: [UInt8]) {
        self.items = items
        self.candidates = candidates
        self.actions = actions
        self.prose = prose
        isNumbered = actions.contains { $0.terminal != nil }
        var current = 1
        terminals = actions.map { action in
            if action.kind != .copy, action.kind != .open { current = action.terminal ?? current }
            return action.terminal ?? current
        }
        pair()
    }

    private mutating func pair() {
        var last: Int?
        /// The prose since the last action or block.
        var lead: Range<Int>?
        /// The sample right before, when only prose came since.
        var previousSample: Sample?
        /// Whether a block that is not a sample lies between the last action and here.
        var sawOtherBlock = false
        var sawHeading = false
        var isAtHeading = false
        var lastByTerminal: [Int: Int] = [:]
        /// Terminals whose screen an editor or a pager draws.
        var screens: Set<Int> = []
        for item in items {
            switch item {
            case .prose(let range):
                // A heading such as "Output" is the lead itself.
                if isAtHeading, !sawHeading { sawHeading = !SampleIntroduction(prose[range]).namesOutput }
                isAtHeading = false
                lead = (lead?.lowerBound ?? range.lowerBound)..<range.upperBound
            case .action(let index):
                pairTranscript(before: index)
                last = index
                if actions[index].kind != .open, actions[index].kind != .copy {
                    lastByTerminal[terminals[index]] = index
                    switch CommandText.opensScreen(actions[index]) {
                    case true?: screens.insert(terminals[index])
                    case false?: screens.remove(terminals[index])
                    case nil: break
                    }
                }
                lead = nil
                previousSample = nil
                sawOtherBlock = false
                sawHeading = false
            case .heading:
                isAtHeading = true
                transcripts.removeAll()
            case .candidate(let index):
                let candidate = candidates[index]
                var words = SampleIntroduction(lead.map { prose[$0] } ?? [], paragraphs: candidate.isInline ? 1 : 2)
                // A section later "you'll see" is said of something else.
                if sawHeading, sawOtherBlock, !words.namesOutput, words.meaning == .output { words.meaning = .silent }
                var site = SampleSite(
                    lead: words, isDirect: lead == nil, sample: previousSample, sawOtherBlock: sawOtherBlock,
                    sawHeading: sawHeading)
                if let last, let lead, screens.contains(terminals[last]) {
                    site.isOnScreen = true
                    site.pointsAtLine = SampleIntroduction.pointsAtLine(prose[lead])
                }
                if let last, let wording = wording(of: candidate, at: site, after: actions[last]) {
                    let named = words.terminal.flatMap { number in
                        isNumbered ? lastByTerminal[number] : lastAction(upTo: last, at: number)
                    }
                    let action = named ?? previousSample?.action ?? last
                    let sample = Sample(
                        place: candidate.place, text: candidate.text, action: action, wording: wording,
                        isElided: Elision.occurs(in: candidate.text),
                        directives: candidate.directives ?? SampleDirectives(),
                        extent: words.announcesPart ? .part : .whole,
                        lineNumber: lead.flatMap { SampleIntroduction.lineNumber(in: prose[$0]) },
                        sentence: lead.map { SampleIntroduction.lastParagraph(of: prose[$0]) } ?? "",
                        isQuoted: candidate.isInline)
                    samples.append(sample)
                    paired.append(index)
                    previousSample = sample
                } else {
                    if last == nil, isSample(candidate, withoutAction: words) {
                        orphans.append((candidate.place, candidate.decision != nil || candidate.directives != nil))
                    }
                    previousSample = nil
                    if case .block = candidate.form {
                        sawOtherBlock = true
                        keepTranscript(index, after: words)
                    }
                }
                lead = nil
            }
        }
    }

    private struct Transcript {
        var candidate: Int
        var command: String
        var introduction: SampleIntroduction
    }

    /// So many transcripts in a row are kept for actions below them.
    private static let maxTranscripts = 16

    private mutating func keepTranscript(_ index: Int, after introduction: SampleIntroduction) {
        let candidate = candidates[index]
        guard candidate.decision != false, let command = CommandText.lastCommand(ofTranscript: candidate.text) else {
            return
        }
        if transcripts.count == Self.maxTranscripts { transcripts.removeFirst() }
        transcripts.append(Transcript(candidate: index, command: command, introduction: introduction))
    }

    /// Makes the transcript that shows the action's command and what it prints the action's sample: an author may show a run
    /// first, and let the reader repeat it.
    private mutating func pairTranscript(before index: Int) {
        let action = actions[index]
        guard !transcripts.isEmpty, action.kind != .open, action.kind != .keys else { return }
        guard let found = transcripts.firstIndex(where: { CommandText.isSame($0.command, action.text) }) else { return }
        let (candidate, introduction) = (candidates[transcripts[found].candidate], transcripts[found].introduction)
        samples.append(
            Sample(
                place: candidate.place, text: candidate.text, action: index,
                wording: introduction.meaning == .output ? introduction.wording : .unmarked,
                isElided: Elision.occurs(in: candidate.text),
                directives: candidate.directives ?? SampleDirectives()))
        paired.append(transcripts[found].candidate)
        orphans.removeAll { $0.place == candidate.place }
        transcripts.removeSubrange(...found)
    }

    /// The last action that the prose has the reader type in a terminal, on a page whose macros name none.
    private mutating func lastAction(upTo last: Int, at terminal: Int) -> Int? {
        guard let typed = toldActions[terminal] else { return nil }
        let found = typed[SourceText.line(at: last, among: typed)]
        return found <= last ? found : nil
    }

    /// For each terminal that the prose leads to, the actions that are typed there, ascending.
    private func followReader() -> [Int: [Int]] {
        var current = 1
        var count = 1
        var typed: [Int: [Int]] = [:]
        for item in items {
            switch item {
            case .prose(let range): SampleIntroduction.follow(prose[range], current: &current, count: &count)
            case .action(let index):
                if actions[index].kind == .open || actions[index].kind == .copy { continue }
                typed[current, default: []].append(index)
            case .candidate, .heading: continue
            }
        }
        return typed
    }

    /// Whether the page calls the block an output although nothing on it has been run.
    private mutating func isSample(_ candidate: SampleCandidate, withoutAction lead: SampleIntroduction) -> Bool {
        if let decision = candidate.decision { return decision }
        if candidate.directives != nil { return true }
        guard case .block(let language) = candidate.form, lead.meaning == .output, lead.namesOutput else {
            return false
        }
        return Language.isOutput(language) && !lead.namesFile && !CommandText.isCommand(candidate.text, among: openings)
    }
}
