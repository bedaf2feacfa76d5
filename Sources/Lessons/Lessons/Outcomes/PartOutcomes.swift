public import Diagnostics

/// What a script of the lesson did.
public struct ScriptOutcome: Codable, Sendable {
    /// When a script runs, and what for.
    public enum Kind: String, Codable, Sendable {
        /// Typed into the visible terminal.
        case foreground
        /// Run hidden, beside everything else.
        case background
        /// Looks whether the page has been followed.
        case verify
        /// Looks whether a challenge's task counts as done before anything was done.
        case verifyBefore = "verify-before"
        /// Does what the page asks for.
        case solution
        /// Asked for a hint.
        case hint
        /// Waited for what a challenge's background script makes when it's done.
        case start
    }

    /// When it ran, and what for.
    public var kind: Kind
    /// The path as the user can open it.
    public var file: String
    /// Where `index.json` names it.
    public var place: SourcePlace?
    /// The terminal it was typed into; `nil` for one that ran hidden.
    public var terminal: String?
    /// `.notRun` for one that nothing started.
    public var verdict: Verdict
    /// In seconds.
    public var duration: Double
    /// How often it ran: more than once for a check that was looked at again until it passed.
    public var attempts: Int
    /// The exit status, 128 plus the signal for one that was killed; `nil` when it has none or isn't over.
    public var status: Int32?
    /// One sentence that says what is wrong, when it did not pass.
    public var problem: String?
    /// The end of what it printed, standard error after standard output for a check.
    public var output: String
    /// The terminal's screen, when a script that was typed did not pass; blank lines at the end are left out.
    public var screen: [String] = []
    /// What was going on when the time of a script that was typed was over; `nil` when it ended in time.
    public var timeout: ActionTimeout?
    /// What a check said on its channel (`LECTERN_CHECK`).
    public var report: CheckReport
    /// What a reader of the report should know though nothing failed.
    public var notes: [String]

    /// One attempt that took no time and has neither a status nor an output: the run fills them in.
    public init(
        _ kind: Kind, file: String, place: SourcePlace? = nil, terminal: String? = nil, verdict: Verdict = .passed
    ) {
        self.kind = kind
        self.file = file
        self.place = place
        self.terminal = terminal
        self.verdict = verdict
        duration = 0
        attempts = 1
        status = nil
        problem = nil
        output = ""
        report = CheckReport()
        notes = []
    }
}

/// What a check script tells the learner, beside its exit status.
public struct CheckReport: Hashable, Codable, Sendable {
    /// One line.
    public var message: String?
    /// One line.
    public var hint: String?
    /// What the check counted; `nil` when it counts nothing.
    public var points: Points?

    /// `3/5`: what was reached, of what can be.
    public struct Points: Hashable, Codable, Sendable {
        /// From 0 to ``possible``.
        public var reached: Int
        /// From 1 to 10,000.
        public var possible: Int

        /// Takes the numbers as they are; the bounds are checked where the check's channel is read.
        public init(reached: Int, possible: Int) {
            self.reached = reached
            self.possible = possible
        }
    }

    /// `nil` for what the check doesn't say; each text should be one line.
    public init(message: String? = nil, hint: String? = nil, points: Points? = nil) {
        self.message = message
        self.hint = hint
        self.points = points
    }
}

/// What the click on a file block did.
public struct FileBlockOutcome: Codable, Sendable {
    /// As the page has it.
    public var block: FileBlock
    /// The file in the lab; empty for the clipboard.
    public var path: String
    /// Whether the file could be written.
    public var verdict: Verdict
    /// Why it could not; `nil` when it was.
    public var problem: String?
    /// What a reader of the report should know though nothing failed.
    public var notes: [String]

    /// Takes the values as they are; the verdict isn't derived from the problem.
    public init(
        block: FileBlock, path: String, verdict: Verdict = .passed, problem: String? = nil, notes: [String] = []
    ) {
        self.block = block
        self.path = path
        self.verdict = verdict
        self.problem = problem
        self.notes = notes
    }
}

/// Whether a question can be answered.
public struct QuizOutcome: Codable, Sendable {
    /// As the page has it.
    public var quiz: Quiz
    /// `.failed` when no answer can be right, or a choice is both right and wrong.
    public var verdict: Verdict
    /// What is wrong with the answers; `nil` when nothing is.
    public var problem: String?

    /// Takes the values as they are; the answers aren't looked at.
    public init(quiz: Quiz, verdict: Verdict = .passed, problem: String? = nil) {
        self.quiz = quiz
        self.verdict = verdict
        self.problem = problem
    }
}
