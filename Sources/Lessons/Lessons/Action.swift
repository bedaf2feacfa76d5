public import Diagnostics

/// Something a reader of a lesson clicks: a command to run, keys to press, a text to copy or a file to open.
public struct Action: Hashable, Codable, Sendable {
    /// What the click does.
    public enum Kind: String, Codable, Sendable {
        /// Types the text into a terminal.
        case execute
        /// Copies the text to the clipboard.
        case copy
        /// Opens the file that the text names.
        case open
        /// Presses the keys that the text names (`^C`, `^ESC`), without a newline.
        case keys = "ctrl-seq"
        /// Presses Ctrl-C, waits for the prompt, then types the text.
        case interrupt
    }

    /// Where the code span or the fence opens.
    public var place: SourcePlace
    /// What is typed: LF line ends, without the fence's indentation and without a final newline.
    public var text: String
    /// What a click does with ``text``.
    public var kind: Kind
    /// The number of `Tn`, as written; `nil` when the macro names none.
    public var terminal: Int?
    /// The number of `HOSTn`, as written; `nil` when the macro names none.
    public var host: Int?
    /// `false` for `no-newline`: the text is typed and Return isn't pressed.
    public var pressesReturn: Bool
    /// Words of the macro that name nothing else; some lessons use them to find an element.
    public var tags: [String]
    /// What the author's comments before the action ask for.
    public var directives: ActionDirectives
    /// The sentences around the action say that it fails; `nil` when none does.
    public var announcedFailure: AnnouncedFailure?

    /// By default a click types the text and presses Return, and no terminal is named.
    public init(
        place: SourcePlace, text: String, kind: Kind = .execute, terminal: Int? = nil, host: Int? = nil,
        pressesReturn: Bool = true, tags: [String] = [], directives: ActionDirectives = .init(),
        announcedFailure: AnnouncedFailure? = nil
    ) {
        self.announcedFailure = announcedFailure
        self.place = place
        self.text = text
        self.kind = kind
        self.terminal = terminal
        self.host = host
        self.pressesReturn = pressesReturn
        self.tags = tags
        self.directives = directives
    }
}

/// How a page says that a command fails.
public enum AnnouncedFailure: String, Codable, Sendable {
    /// "This won't work yet", "you'll get an error", "permission denied".
    case failure
    /// It also says that the command isn't there: "command not found", "it isn't installed yet".
    case missingCommand
}

/// What an author's comment (`<!-- lectern: timeout=90s -->`) asks of the action after it.
public struct ActionDirectives: Hashable, Codable, Sendable {
    /// Exit statuses that count as success, beside 0; `nil` when the author says nothing.
    public var allowedStatuses: Set<Int>?
    /// `true` when the action is a pure read that may be typed again until its sample holds.
    public var retries: Bool
    /// How long the action may take, in seconds; `nil` for the run's own limit.
    public var timeout: Double?

    /// By default the author asks for nothing; `timeout` is in seconds.
    public init(allowedStatuses: Set<Int>? = nil, retries: Bool = false, timeout: Double? = nil) {
        self.allowedStatuses = allowedStatuses
        self.retries = retries
        self.timeout = timeout
    }
}

extension Action {
    /// The first line of the text for a report, with a sign where there are more.
    package var firstLine: String {
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return String(lines.first ?? "") + (lines.count > 1 ? " …" : "")
    }
}
