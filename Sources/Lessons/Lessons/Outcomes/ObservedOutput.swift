public import Diagnostics

/// What an action showed when a lesson was run to update its pages.
public struct ObservedOutput: Hashable, Sendable {
    /// How the terminal stood once the action had come to rest.
    public enum State: Hashable, Sendable {
        /// The command has ended, or a prompt that is known is back: nothing more will come.
        case finished
        /// It runs on and may print more, as a server does.
        case runningOn
        /// It asks for input at something that isn't known as its prompt: a program that was just started, a question.
        case asking
        /// The shell has ended.
        case ended
    }

    /// The page's action: an index.
    public var action: Int
    /// The sample that was looked for after a later action; `nil` for what the action showed right away.
    public var sample: SourcePlace?
    /// What was printed: LF line ends, no escape sequences, no notices of background jobs.
    public var text: String
    /// Whether more may come.
    public var state: State
    /// The terminal's screen, row by row.
    public var screen: [String]
    /// Whether a program draws the whole screen, as an editor does, before or after the action.
    public var isFullScreen: Bool
    /// Why what was printed is no result to write down: a status that isn't a success, a time-out.
    public var problem: String?

    /// By default a command that has finished without a problem; the index isn't checked.
    public init(
        action: Int, sample: SourcePlace? = nil, text: String, state: State = .finished, screen: [String] = [],
        isFullScreen: Bool = false, problem: String? = nil
    ) {
        self.action = action
        self.sample = sample
        self.text = text
        self.state = state
        self.screen = screen
        self.isFullScreen = isFullScreen
        self.problem = problem
    }
}
