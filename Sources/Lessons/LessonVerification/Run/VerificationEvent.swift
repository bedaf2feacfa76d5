public import Lessons

/// What happens while a lesson is verified, in order, for faces that show progress.
public enum VerificationEvent: Sendable {
    case pageStarted(Page)
    case actionStarted(Action, terminal: String?)
    case actionEnded(ActionOutcome)
    /// A link is about to be looked at.
    case linkOpened(Link)
    case linkChecked(LinkOutcome)
    /// A script begins to be typed or run.
    case scriptStarted(ScriptOutcome.Kind, file: String, terminal: String?)
    /// A background script may end while a later page is open: `page` counts, from 0, the pages that were started.
    case scriptEnded(ScriptOutcome, page: Int)
    case fileBlockClicked(FileBlockOutcome)
    case quizChecked(QuizOutcome)
}
