import Diagnostics
import LessonVerification
import Lessons
import Synchronization

/// Keeps the outcomes of pages as they come, and where the run is, so that nothing of that is lost when the lab breaks or
/// the user ends the run.
final class RunProgress: Sendable {
    private struct State {
        var pages: [PageOutcome] = []
        var current: ActionOutcome?
        var position = "before the lab was started"
        var leftOut: Set<LessonStart> = []
        /// The part of the lesson that runs.
        var underWay: String?
    }

    private let state = Mutex(State())

    /// The action that is under way is the last one, inconclusive.
    var pages: [PageOutcome] {
        state.withLock { state in
            var pages = state.pages
            if let current = state.current { pages[pages.count - 1].actions.append(current) }
            return pages
        }
    }

    /// Completes "interrupted …".
    var position: String { state.withLock { $0.position } }

    /// What the lab had done before of the lesson's start.
    var leftOut: Set<LessonStart> { state.withLock { $0.leftOut } }

    /// What is waited for at this moment; `nil` between two parts of the lesson.
    var wait: WaitDisplay.Wait? {
        state.withLock { $0.underWay.map { WaitDisplay.Wait($0) } }
    }

    /// Says where the run is from now on.
    func reach(_ position: String) { state.withLock { $0.position = position } }

    /// The lab had done these parts of the lesson's start before.
    func skip(_ parts: Set<LessonStart>) { state.withLock { $0.leftOut = parts } }

    func take(_ event: VerificationEvent) {
        state.withLock { state in
            let last = state.pages.count - 1
            state.underWay = event.beginning
            switch event {
            case .pageStarted(let page):
                state.pages.append(PageOutcome(page: page))
                state.position = "at the beginning of \(page.file)"
            case .actionStarted(let action, let terminal):
                state.current = ActionOutcome(action: action, terminal: terminal, verdict: .inconclusive)
                state.position = "at \(action.place): \(action.firstLine)"
            case .actionEnded(let outcome):
                state.current = nil
                state.pages[last].actions.append(outcome)
                state.position = "after \(outcome.action.place): \(outcome.action.firstLine)"
            case .linkOpened(let link): state.position = "at the link of \(link.place)"
            case .linkChecked(let outcome):
                state.pages[last].links.append(outcome)
                state.position = "after the link of \(outcome.link.place)"
            case .scriptStarted(let kind, let file, _): state.position = "in \(Self.name(of: kind)) '\(file)'"
            case .scriptEnded(let outcome, let page):
                if state.pages.indices.contains(page) { state.pages[page].scripts.append(outcome) }
                if outcome.kind != .background {
                    state.position = "after \(Self.name(of: outcome.kind)) '\(outcome.file)'"
                }
            case .fileBlockClicked(let outcome):
                state.pages[last].fileBlocks.append(outcome)
                state.position = "after the file block of \(outcome.block.place)"
            case .quizChecked(let outcome): state.pages[last].quizzes.append(outcome)
            }
        }
    }

    fileprivate static func name(of kind: ScriptOutcome.Kind) -> String {
        switch kind {
        case .foreground: "the foreground script"
        case .background: "the background script"
        case .verify, .verifyBefore: "the check"
        case .solution: "the solution"
        case .hint: "the hint script"
        case .start: "the wait for"
        }
    }
}

extension VerificationEvent {
    /// What begins, and may take a while; `nil` for what tells of an end.
    fileprivate var beginning: String? {
        switch self {
        case .actionStarted(let action, _): "\(action.place): \(action.firstLine)"
        case .linkOpened(let link): "\(link.place): the link"
        case .scriptStarted(let kind, let file, _): "\(RunProgress.name(of: kind)) '\(file)'"
        case .pageStarted, .actionEnded, .linkChecked, .scriptEnded, .fileBlockClicked, .quizChecked: nil
        }
    }
}
