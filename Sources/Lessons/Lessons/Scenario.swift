public import Diagnostics

/// A lesson: a directory with an `index.json` and one Markdown file a page.
public struct Scenario: Hashable, Codable, Sendable {
    /// The path as the user gave it.
    public var directory: String
    /// Empty when `index.json` has none.
    public var title: String
    /// The index's `description`; empty when it has none.
    public var summary: String
    /// Intro, steps and finish in the order in which a reader sees them.
    public var pages: [Page]
    /// The `lectern` key of `index.json`.
    public var settings: ScenarioSettings
    /// What the rest of `index.json` asks of the platform: machine image, layout, files to upload.
    public var platform: ScenarioPlatform

    /// Takes the values as they are; no file is read.
    public init(
        directory: String, title: String, summary: String = "", pages: [Page], settings: ScenarioSettings,
        platform: ScenarioPlatform = .init()
    ) {
        self.directory = directory
        self.title = title
        self.summary = summary
        self.pages = pages
        self.settings = settings
        self.platform = platform
    }
}

/// One Markdown file of a lesson, read.
public struct Page: Hashable, Codable, Sendable {
    /// Where in the lesson the page is shown.
    public enum Role: Hashable, Codable, Sendable {
        case intro
        /// Counted from 1, as readers count.
        case step(Int)
        case finish
        /// A Markdown file on its own, without an `index.json`.
        case alone
    }

    /// Where in the lesson it is shown.
    public var role: Role
    /// As the index has it, else the first heading; empty without either.
    public var title: String
    /// The path as the user can open it.
    public var file: String
    /// In document order.
    public var actions: [Action]
    /// In document order.
    public var samples: [Sample]
    /// In the order of the page, each once a line.
    public var links: [Link]
    /// What the reader found wrong without giving up; a linter or a verifier shows it.
    public var warnings: [PageWarning]
    /// Blocks that write into a file when clicked, in document order.
    public var fileBlocks: [FileBlock]
    /// In the order of the page.
    public var quizzes: [Quiz]
    /// What `index.json` runs or shows around the page.
    public var scripts: PageScripts
    /// The `lectern` key of the page's object in `index.json`.
    public var settings: PageSettings
    /// The page behind "Show solution", when `index.json` names one that is there; at most one.
    public var answers: [Page]

    /// Takes the values as they are; `samples` refer to `actions` by index.
    public init(
        role: Role, title: String, file: String, actions: [Action] = [], samples: [Sample] = [],
        links: [Link] = [], warnings: [PageWarning] = [], fileBlocks: [FileBlock] = [], quizzes: [Quiz] = [],
        scripts: PageScripts = .init(), settings: PageSettings = .init(), answers: [Page] = []
    ) {
        self.settings = settings
        self.answers = answers
        self.role = role
        self.title = title
        self.file = file
        self.actions = actions
        self.samples = samples
        self.links = links
        self.warnings = warnings
        self.fileBlocks = fileBlocks
        self.quizzes = quizzes
        self.scripts = scripts
    }
}

extension Page {
    /// Whether a run can tell anything of the page: something to type or to ask, a script, a file to write, or a link that is
    /// looked at.
    public var canBeVerified: Bool {
        let isTyped = actions.contains { $0.kind != .copy && $0.kind != .open }
        let isLooked = links.contains { if case .external = $0.target { false } else { true } }
        let isScripted = scripts.foreground != nil || scripts.background != nil || scripts.verify != nil
        return isTyped || isLooked || isScripted || !quizzes.isEmpty || fileBlocks.contains { $0.target != .clipboard }
    }
}

/// A link or picture of a page.
public struct Link: Hashable, Codable, Sendable {
    /// What a link leads to.
    public enum Target: Hashable, Codable, Sendable {
        /// A port of the lab (a Katacoda or Killercoda placeholder URL), with the path after the host, at least "/".
        case labPort(Int, path: String)
        /// A file of the lesson, relative to the page, as written.
        case file(String)
        /// Anything else: listed, never fetched.
        case external(String)
    }

    /// Where the page has it.
    public var place: SourcePlace
    /// What it leads to.
    public var target: Target

    /// Takes the values as they are; nothing is checked.
    public init(place: SourcePlace, target: Target) {
        self.place = place
        self.target = target
    }
}

/// A problem of a page that doesn't keep it from being read.
public struct PageWarning: Hashable, Codable, Sendable {
    /// What was not read as intended.
    public var kind: Kind
    /// Where that is.
    public var place: SourcePlace
    /// Lower case, subject quoted, no full stop.
    public var problem: String
    /// An error keeps the page from being run, a warning does not.
    public var severity: Severity
    /// The line with `^` under what is wrong, two lines without a final newline; `nil` where the place says enough.
    public var excerpt: String?

    /// What is wrong, for programs that tell problems apart.
    public enum Kind: String, Codable, Sendable {
        case openFence = "open-fence"
        case openMacro = "open-macro"
        case strayMacro = "stray-macro"
        case unknownVerb = "unknown-verb"
        case unknownTerminal = "unknown-terminal"
        case fileBlock = "file-block"
        case quiz
        /// A comment for Lectern that can't be obeyed.
        case comment
    }

    /// How much a warning matters.
    public enum Severity: String, Codable, Sendable {
        /// The page can be run; something on it is probably not what its author meant.
        case warning
        /// Running the page could not tell the truth: the author asked for something that does not exist.
        case error
    }

    /// By default a warning: the page can still be run.
    public init(
        _ kind: Kind, place: SourcePlace, problem: String, severity: Severity = .warning, excerpt: String? = nil
    ) {
        self.kind = kind
        self.place = place
        self.problem = problem
        self.severity = severity
        self.excerpt = excerpt
    }
}

extension PageWarning: CustomStringConvertible {
    /// The place, the problem and, below them, the excerpt.
    public var description: String { "\(place): \(problem)" + (excerpt.map { "\n\($0)" } ?? "") }
}

/// What a lesson asks of Lectern in the `lectern` key of its `index.json`; other players ignore the key.
public struct ScenarioSettings: Hashable, Codable, Sendable {
    /// Compose files relative to the scenario's directory; empty for a workspace without services.
    public var environment: [String]
    /// What the lab's seed command is asked for once the lab is ready; `nil` when the lesson starts without data.
    public var seeding: Seeding?
    /// How long one action may take, in seconds; `nil` for the run's own limit.
    public var timeout: Double?
    /// How long one `verify` script may take, in seconds; `nil` for the run's own limit.
    public var checkTimeout: Double?
    /// How long one background script may take, in seconds; `nil` for as long as the lab lasts.
    public var backgroundTimeout: Double?
    /// The machine to look up in place of `backend.imageid`.
    public var image: String?
    /// The terminals' size; `nil` for the run's own.
    public var terminals: TerminalSize?
    /// What the lesson's lab makes do with; `nil` for the run's own limits.
    public var limits: Limits?
    /// Whether the lesson needs the internet in its lab; whoever runs it decides.
    public var asksForInternet: Bool

    /// What a lab may take of its host, where a lesson needs less than it would get.
    public struct Limits: Hashable, Codable, Sendable {
        /// Bytes.
        public var memory: Int?
        /// Processes and threads at a time.
        public var processes: Int?
        /// Bytes of files.
        public var disk: Int?

        /// `nil` for the run's own limit; memory and disk are in bytes. Nothing is checked.
        public init(memory: Int? = nil, processes: Int? = nil, disk: Int? = nil) {
            self.memory = memory
            self.processes = processes
            self.disk = disk
        }
    }

    /// In character cells.
    public struct TerminalSize: Hashable, Codable, Sendable {
        /// In characters.
        public var columns: Int
        /// In lines.
        public var rows: Int

        /// Nothing is checked here; an index may ask for 20 to 500 columns and 5 to 200 rows.
        public init(columns: Int = 120, rows: Int = 40) {
            self.columns = columns
            self.rows = rows
        }
    }

    /// By default a lesson that asks for nothing. Times are in seconds and aren't checked; an index may ask for up to a day.
    public init(
        environment: [String] = [], seeding: Seeding? = nil, timeout: Double? = nil, checkTimeout: Double? = nil,
        backgroundTimeout: Double? = nil, image: String? = nil, terminals: TerminalSize? = nil,
        limits: Limits? = nil, asksForInternet: Bool = false
    ) {
        self.environment = environment
        self.seeding = seeding
        self.timeout = timeout
        self.checkTimeout = checkTimeout
        self.backgroundTimeout = backgroundTimeout
        self.image = image
        self.terminals = terminals
        self.limits = limits
        self.asksForInternet = asksForInternet
    }
}

/// What one page asks of Lectern, in the `lectern` key of its object in `index.json`.
public struct PageSettings: Hashable, Codable, Sendable {
    /// In seconds; `nil` for the scenario's.
    public var timeout: Double?
    /// In seconds; `nil` for the scenario's.
    public var checkTimeout: Double?

    /// Times are in seconds, and aren't checked; `nil` for the scenario's.
    public init(timeout: Double? = nil, checkTimeout: Double? = nil) {
        self.timeout = timeout
        self.checkTimeout = checkTimeout
    }
}
