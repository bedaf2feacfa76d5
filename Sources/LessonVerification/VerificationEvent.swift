public import Lessons

/// What happens while a lesson is verified, in order, for faces that show progress.
public enum VerificationEvent: Sendable {
    case pageStarted(Page)
    case actionStarted(Action, terminal: String?)
    case actionEnded(ActionOutcome)
    case linkLooked(LinkOutcome)
}
