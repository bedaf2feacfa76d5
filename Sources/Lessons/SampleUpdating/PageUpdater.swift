import Diagnostics
import LessonExpectations
import LessonMarkdown
public import Lessons

/// Writes what a page's actions printed into the page as samples.
///
/// A sample that holds stays as it is, and so a second update of the same lesson changes nothing. Nothing is written
/// that would not hold against the output it was made from, or that would make the reader take another block of the
/// page for something else than before.
public struct PageUpdater: Sendable {
    /// Which samples are written beside those that differ.
    public struct Options: Sendable {
        /// Whether actions without a sample get one.
        public var addsSamples: Bool
        /// Whether samples that hold are written anew with today's values.
        public var refreshes: Bool

        /// The defaults are those of `lectern update`.
        public init(addsSamples: Bool = true, refreshes: Bool = false) {
            self.addsSamples = addsSamples
            self.refreshes = refreshes
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let mark: [UInt8]
    private let bytes: [UInt8]
    private let options: Options
    private let page: Page
    private let outline: PageOutline
    private let text: BlockText
    private let observations: [ObservedOutput]

    /// - Parameters:
    ///   - bytes: The page as it is on disk: UTF-8, with or without a byte order mark.
    ///   - observations: What the page's actions showed; actions without one were not run and are left alone.
    public init(bytes: [UInt8], file: String, observations: [ObservedOutput], options: Options = .init()) {
        mark = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
        self.bytes = Array(bytes.dropFirst(mark.count))
        self.options = options
        self.observations = observations
        (page, outline) = LessonReader().outlinedPage(SourceText(bytes: self.bytes, file: file), role: .alone)
        text = BlockText(self.bytes)
    }

    /// The page with samples that show what was printed.
    ///
    /// - Parameter accepted: The kinds of change to write; others are told and left out.
    public func update(accepting accepted: Set<SampleChange.Kind> = Set(SampleChange.Kind.allCases)) -> PageUpdate {
        var draft = PageDraft(page, bytes: bytes)
        var declined: [SampleChange] = []
        var problems: [UpdateProblem] = []
        for index in page.actions.indices {
            let seen = observations.filter { $0.action == index }
            guard let own = seen.first(where: { $0.sample == nil }) else { continue }
            let action = page.actions[index]
            if let problem = own.problem {
                problems.append(UpdateProblem(place: action.place, problem: problem))
                continue
            }
            let samples = page.samples.indices.filter { page.samples[$0].action == index }
            let proposals = samples.isEmpty ? added(for: index, own) : rewritten(samples, action, seen, own)
            for proposal in proposals {
                switch proposal {
                case .problem(let problem): problems.append(problem)
                case .change(let change, let variants):
                    guard accepted.contains(change.kind) else {
                        declined.append(change)
                        continue
                    }
                    if !draft.take(change, variants) {
                        problems.append(
                            UpdateProblem(
                                place: change.place,
                                problem: "its output cannot be added here: the page would be read differently"))
                    }
                }
            }
        }
        return PageUpdate(
            written: draft.changes, declined: declined, problems: problems,
            bytes: draft.changes.isEmpty ? mark + bytes : mark + draft.bytes)
    }

    private enum Proposal {
        /// A change, and other ways to write it when the page would be read otherwise.
        case change(SampleChange, [SampleChange.Edit])
        case problem(UpdateProblem)
    }

    // MARK: Samples that are there

    private func rewritten(
        _ samples: [Int], _ action: Action, _ seen: [ObservedOutput], _ own: ObservedOutput
    ) -> [Proposal] {
        let followed = Dictionary(seen.compactMap { observed in observed.sample.map { ($0, observed) } }) { $1 }
        var proposals: [Proposal] = []
        var ofOutput: [Int] = []
        for index in samples {
            let sample = page.samples[index]
            guard sample.directives.comparison == .inferred else { continue }
            if sample.directives.source == .screen {
                proposals += onScreen(index, action, followed[sample.place] ?? own)
            } else if let later = followed[sample.place] {
                proposals += rewritten([index], action, later, isLater: true)
            } else {
                ofOutput.append(index)
            }
        }
        return proposals + rewritten(ofOutput, action, own, isLater: false)
    }

    private func rewritten(
        _ samples: [Int], _ action: Action, _ observed: ObservedOutput, isLater: Bool
    ) -> [Proposal] {
        let output = TextLines(printed: observed.text)
        let isOver = observed.state == .finished || observed.state == .ended
        let isWhole = isOver && !isLater && samples.count == 1
        let texts = samples.map { TextLines(of: page.samples[$0].text).withoutBlankLinesAround }
        let portions = Portions.found(texts, in: output, isWhole: isWhole)
        return zip(samples, portions).flatMap { sample, portion in
            let rewriting = SampleRewriting(
                sample: page.samples[sample], command: action.text, output: output,
                scope: isWhole ? .whole : .stream)
            return proposal(rewriting, at: outline.samples[sample], portion)
        }
    }

    private func onScreen(_ sample: Int, _ action: Action, _ observed: ObservedOutput) -> [Proposal] {
        let rows = observed.screen
        let site = outline.samples[sample]
        let sample = page.samples[sample]
        let portion = LineFinder(rows).nearest(to: TextLines(of: sample.text).withoutBlankLinesAround, in: rows.indices)
        let rewriting = SampleRewriting(sample: sample, command: action.text, output: rows, scope: .stream)
        return proposal(rewriting, at: site, portion)
    }

    private func proposal(
        _ rewriting: SampleRewriting, at site: PageOutline.Sample?, _ portion: Range<Int>?
    ) -> [Proposal] {
        let sample = rewriting.sample
        let comparison = rewriting.comparison()
        if comparison.matches, !options.refreshes { return [] }
        func problem(_ text: String) -> [Proposal] { [.problem(UpdateProblem(place: sample.place, problem: text))] }
        let before = TextLines(of: sample.text)
        guard let portion, let after = rewriting.rewritten(from: portion) else {
            if comparison.matches { return [] }
            let reason = comparison.differences.first.map { ": \($0.sentence)" } ?? ""
            return problem(
                rewriting.output.isEmpty
                    ? "nothing is printed any more, so the sample was left alone"
                    : "it is not clear which part of the output the sample shows\(reason)")
        }
        if after == before { return [] }
        guard let site, let edit = text.replacing(site, before, by: after) else {
            return comparison.matches
                ? [] : problem("the new output does not fit the form in which the sample is written")
        }
        let kind: SampleChange.Kind = comparison.matches ? .refreshed : rewriting.isInKind ? .drifted : .changed
        let change = SampleChange(
            kind: kind, place: sample.place, command: rewriting.command,
            reason: comparison.differences.first?.sentence, showsError: NewSample.showsError(after), before: before,
            after: after, edit: edit)
        return [.change(change, [])]
    }

    // MARK: New samples

    private func added(for index: Int, _ observed: ObservedOutput) -> [Proposal] {
        let action = page.actions[index]
        let site = outline.actions[index]
        // Of several actions in one paragraph only the last can be followed by its sample.
        guard options.addsSamples, site.admitsBlock,
            outline.actions.lastIndex(where: { $0.end == site.end }) == index,
            let sample = NewSample(of: action, observed, elision: elisionMark)
        else { return [] }
        // The author's own words are before the sample, and would hold the clock fast.
        let isAnnounced = site.emptyBlock != nil || site.announcementEnd != nil
        let mustSaySimilar = isAnnounced && sample.movesWithClock && !site.emptyBlockIsSimilar
        func edit(_ comment: String?) -> SampleChange.Edit {
            let comments = [comment, mustSaySimilar ? "similar" : nil].compactMap(\.self)
            let comment = comments.isEmpty ? nil : comments.joined(separator: " ")
            if let empty = site.emptyBlock, let edit = text.filling(empty, with: sample.lines, comment: comment) {
                return edit
            }
            return text.adding(sample.lines, behind: site, lead: sample.lead, comment: comment, fence: usualFence)
        }
        let change = SampleChange(
            kind: .added, place: action.place, command: action.text, reason: nil,
            showsError: NewSample.showsError(sample.lines), before: [], after: sample.lines, edit: edit(nil))
        return [.change(change, [edit("sample")])]
    }

    /// How the page's author writes most samples.
    private var usualFence: PageOutline.Fence {
        var counts: [PageOutline.Fence: Int] = [:]
        let fences = outline.samples.compactMap { $0?.fence }
        for fence in fences { counts[fence, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        let usual = fences.first { counts[$0] == most }
        // A language that says the sample is source code says nothing of the next one.
        guard let usual, ["", "text", "console", "output", "plaintext", "txt"].contains(usual.info) else {
            return PageOutline.Fence()
        }
        return usual
    }

    private var elisionMark: String {
        for sample in page.samples where sample.isElided {
            let lines = TextLines(of: sample.text)
            if let index = lines.elisions.firstIndex(of: true) { return lines[index] }
        }
        return "..."
    }
}
