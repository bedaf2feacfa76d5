public import Diagnostics

/// What running something showed.
public enum Verdict: String, Codable, Sendable {
    /// It did what the lesson says.
    case passed
    /// It ran, and did something else than the lesson says.
    case failed
    /// It could not be told: the environment broke, or the lesson could not be read.
    case inconclusive
    /// It was left out, because something before it failed or because the user chose so.
    case notRun
}

/// What running a lesson showed, page by page.
public struct ScenarioOutcome: Codable, Sendable {
    /// As `index.json` has it.
    public var title: String
    /// The directory or the file, as the user named it.
    public var path: String
    /// In the order of the lesson; those that were not reached are there too.
    public var pages: [PageOutcome]
    /// Why nothing could be told, when ``verdict`` is `.inconclusive`.
    public var problem: String?
    /// What to try next; goes with ``problem``.
    public var remedy: String?
    /// The end of the log that explains ``problem``, such as that of a service which ended; `nil` when there's none.
    public var problemLog: String?
    /// What a reader of the report should know though nothing failed.
    public var notes: [String] = []
    /// How long it took to stand up the lab and seed it, in seconds.
    public var provisioning: Double
    /// Everything, provisioning and teardown included, in seconds.
    public var duration: Double
    /// The user ended the run before the lesson was through; its last action then is `.inconclusive`.
    public var interrupted = false
    /// Where an interrupted run was, to complete a sentence: `while the lab was started`, `at step1.md:3: make`.
    public var position: String?
    /// Where the terminals were recorded.
    public var recordings: [Recording] = []

    /// Times are in seconds. As long as there are no pages, ``verdict`` is `.inconclusive`.
    public init(
        title: String, path: String, pages: [PageOutcome] = [], problem: String? = nil, remedy: String? = nil,
        provisioning: Double = 0, duration: Double = 0
    ) {
        self.title = title
        self.path = path
        self.pages = pages
        self.problem = problem
        self.remedy = remedy
        self.provisioning = provisioning
        self.duration = duration
    }

    /// `.inconclusive` when something broke, the run was interrupted or nothing was verified, else `.failed` when a part failed, else
    /// `.passed`.
    public var verdict: Verdict {
        if problem != nil || interrupted { return .inconclusive }
        let verdicts = pages.map(\.verdict)
        if verdicts.contains(.inconclusive) { return .inconclusive }
        if verdicts.contains(.failed) { return .failed }
        return pages.contains(where: \.hasVerified) ? .passed : .inconclusive
    }
}

/// A terminal's recording (asciicast, version 2).
public struct Recording: Codable, Sendable {
    /// `T1`, `T2`, …
    public var terminal: String
    /// The file on the host.
    public var path: String
    /// Why it isn't complete; `nil` when it is.
    public var problem: String?

    /// Takes the values as they are; the file isn't looked at.
    public init(terminal: String, path: String, problem: String? = nil) {
        self.terminal = terminal
        self.path = path
        self.problem = problem
    }
}

/// What running one page showed.
public struct PageOutcome: Codable, Sendable {
    /// Of the page, as the index or its first heading has it.
    public var title: String
    /// Intro, step with its number, or finish.
    public var role: Page.Role
    /// The path as the user can open it.
    public var file: String
    /// In the order of the page; those that were not reached are there too.
    public var actions: [ActionOutcome]
    /// Only those into the lab and to files of the lesson: no other is followed.
    public var links: [LinkOutcome]
    /// In the order in which they ended; the page's own, wherever in the run that was.
    public var scripts: [ScriptOutcome] = []
    /// In the order of the page.
    public var fileBlocks: [FileBlockOutcome] = []
    /// Those whose answer key isn't consistent, and those that are fine.
    public var quizzes: [QuizOutcome] = []
    /// What a reader of the report should know though nothing failed.
    public var notes: [String] = []

    /// Takes title, role and file from the page; scripts, file blocks and quizzes are added during the run.
    public init(page: Page, actions: [ActionOutcome] = [], links: [LinkOutcome] = []) {
        self.title = page.title
        self.role = page.role
        self.file = page.file
        self.actions = actions
        self.links = links
    }

    /// `.inconclusive` when a part is, else `.failed` when one is, else `.passed` unless all were left out.
    public var verdict: Verdict {
        let verdicts =
            actions.map(\.verdict) + links.map(\.verdict) + scripts.map(\.verdict) + fileBlocks.map(\.verdict)
            + quizzes.map(\.verdict)
        if verdicts.contains(.inconclusive) { return .inconclusive }
        if verdicts.contains(.failed) { return .failed }
        return verdicts.isEmpty || verdicts.contains(.passed) ? .passed : .notRun
    }

    /// Whether the run looked at anything of the page, and found it as it should be.
    public var hasVerified: Bool {
        actions.contains { $0.verdict == .passed && $0.terminal != nil } || links.contains { $0.verdict == .passed }
            || scripts.contains { $0.verdict == .passed } || quizzes.contains { $0.verdict == .passed }
            || fileBlocks.contains { $0.verdict == .passed && !$0.path.isEmpty }
    }
}

/// What one click showed.
public struct ActionOutcome: Codable, Sendable {
    /// As the page has it.
    public var action: Action
    /// The terminal it was typed into (`T1`); `nil` when nothing was typed.
    public var terminal: String?
    /// Of the action with its samples.
    public var verdict: Verdict
    /// In seconds, waiting for the sample included.
    public var duration: Double
    /// How often it was typed: 1, or more for a read that was looked at again until its sample held.
    public var attempts: Int
    /// One sentence that says what is wrong, when it did not pass.
    public var problem: String?
    /// Those that were compared, in the order of the page.
    public var samples: [SampleOutcome]
    /// What it printed, as a person sees it. Of an action that passed, no more than the first and the last 8 KiB, with a
    /// line between them that says how much is left out.
    public var output: String
    /// The terminal's screen from its top, when the action did not pass; blank lines at the end are left out.
    public var screen: [String]
    /// What was going on when its time was over; `nil` when it ended in time.
    public var timeout: ActionTimeout?
    /// The program, such as an editor that is still open, that took what is most likely a command for the shell.
    public var takenBy: String?
    /// An earlier action that failed and may have caused the failure of this one, in a run that kept going.
    public var consequenceOf: SourcePlace?
    /// It printed an error that nothing on the page speaks of, though it passed.
    public var showsError: Bool = false
    /// What a reader of the report should know though nothing failed.
    public var notes: [String]

    /// No time, no attempts, no samples and no output: the run fills them in.
    public init(action: Action, terminal: String? = nil, verdict: Verdict) {
        self.action = action
        self.terminal = terminal
        self.verdict = verdict
        self.duration = 0
        self.attempts = 0
        self.problem = nil
        self.samples = []
        self.output = ""
        self.screen = []
        self.notes = []
    }
}

/// How one documented sample compared.
public struct SampleOutcome: Codable, Sendable {
    /// Where the page shows the sample.
    public var place: SourcePlace
    /// The one that counted: an author's comment goes before the sentence.
    public var wording: Wording
    /// What it was compared with.
    public var source: SampleDirectives.Source
    /// Whether the output is what the sample documents.
    public var verdict: Verdict
    /// Sentences such as `customer.email: missing`.
    public var differences: [String]
    /// Both sides, the differing parts marked, without escape codes; empty when the sample matches.
    public var explanation: String

    /// Takes the values as they are; the verdict isn't derived from the differences.
    public init(
        place: SourcePlace, wording: Wording, source: SampleDirectives.Source, verdict: Verdict,
        differences: [String] = [], explanation: String = ""
    ) {
        self.place = place
        self.wording = wording
        self.source = source
        self.verdict = verdict
        self.differences = differences
        self.explanation = explanation
    }
}

/// What looking at a link showed.
public struct LinkOutcome: Codable, Sendable {
    /// As the page has it.
    public var link: Link
    /// `.notRun` for links to the world: they are listed, not followed.
    public var verdict: Verdict
    /// What answered instead; `nil` when the link works.
    public var problem: String?

    /// Takes the values as they are; the verdict isn't derived from the problem.
    public init(link: Link, verdict: Verdict, problem: String? = nil) {
        self.link = link
        self.verdict = verdict
        self.problem = problem
    }
}
