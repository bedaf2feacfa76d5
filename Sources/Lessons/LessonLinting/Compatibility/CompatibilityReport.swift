public import Diagnostics
public import Lessons

/// A script that `index.json` names, as far as it could be read.
public struct ScriptText: Sendable {
    /// The whole text, or a sentence that says why it can't be read.
    public enum Content: Sendable {
        case text(String)
        case problem(String)
    }

    /// The path as the user can open it; findings in the script name it.
    public var file: String
    /// A problem counts as a file that is missing.
    public var content: Content

    /// Reads nothing: the caller has read the script, or knows why it can't be read.
    public init(file: String, content: Content) {
        self.file = file
        self.content = content
    }
}

/// One reason why a scenario isn't fully supported.
public struct Finding: Hashable, Codable, Sendable {
    /// A scenario has at most one finding for each reason.
    public var reason: Reason
    /// What was met first: a command, a name, an address.
    public var detail: String
    /// Where it was met first; `nil` for what has no line, such as a file that is missing.
    public var place: SourcePlace?
    /// How often.
    public var count: Int
}

/// What Lectern makes of one scenario.
public struct ScenarioCompatibility: Codable, Sendable {
    /// Relative to the repository; `.` for the repository itself.
    public var path: String
    /// The scenario's own, or the one by which a course lists it; empty when neither gives one.
    public var title: String
    /// That of the weightiest finding; `.supported` without findings.
    public var level: Level
    /// Over all pages but those behind "Show solution".
    public var counts: Counts
    /// Weightiest first, one for each reason.
    public var findings: [Finding]

    /// Looks through the scenario; nothing is run, and nothing is read beyond what is passed.
    public init(_ scenario: Scenario, path: String, scripts: [ScriptText]) {
        self.path = path
        title = scenario.title
        counts = Counts(of: scenario)
        findings = Examination.findings(of: scenario, scripts: scripts)
        level = findings.map(\.reason.level).max() ?? .supported
    }
}

/// What Lectern makes of a repository of lessons.
///
/// Members may be added in later versions; none goes away.
public struct CompatibilityReport: Codable, Sendable {
    /// A scenario that the reader gave up on: it has no level, and adds nothing to the totals.
    public struct Unreadable: Codable, Sendable {
        /// Relative to the repository; `.` for the repository itself.
        public var path: String
        /// Lower case, no full stop; begins with the place where there is one.
        public var problem: String

        /// Takes the values as they are; nothing is checked.
        public init(path: String, problem: String) {
            self.path = path
            self.problem = problem
        }
    }

    /// A course file, without the list of its entries.
    public struct CourseSummary: Codable, Sendable {
        /// Empty when the file gives none.
        public var title: String
        /// Relative to the repository.
        public var file: String
        /// `structure`, `pathway`, `profile` or `training`: the raw value of a `Course.Kind`.
        public var kind: String
        /// How many entries the file lists, those that lead nowhere included.
        public var entries: Int

        /// Takes the values as they are; nothing is checked.
        public init(title: String, file: String, kind: String, entries: Int) {
            self.title = title
            self.file = file
            self.kind = kind
            self.entries = entries
        }
    }

    /// A reason in words, with the number of scenarios that it affects.
    public struct ReasonCount: Codable, Sendable {
        /// Each is listed once, and only where a scenario has it.
        public var reason: Reason
        /// The reason's own; it is the same in every scenario.
        public var level: Level
        /// Completes "the lesson …".
        public var asks: String
        /// What happens instead: lower case, no full stop.
        public var consequence: String
        /// Scenarios that have it.
        public var scenarios: Int
    }

    /// The path as the user gave it, without a final slash.
    public var repository: String
    /// Those that could be read, in the order of `LessonRepository.scenarios`.
    public var scenarios: [ScenarioCompatibility]
    /// In the same order; not among ``scenarios``, nor counted in ``levels`` and ``totals``.
    public var unreadable: [Unreadable]
    /// Scenarios that a `structure.json` passes over; not looked into.
    public var unlisted: [String]
    /// In the order in which they were found.
    public var courses: [CourseSummary]
    /// Of course files, with their places.
    public var problems: [String]
    /// Of translations at the repository's root, as their directories name them: `de`, `pt-BR`.
    public var languages: [String]
    /// How many scenarios of each level; all levels are there.
    public var levels: [Level: Int]
    /// The sum over ``scenarios``.
    public var totals: Counts
    /// Most frequent first.
    public var reasons: [ReasonCount]

    /// Works out ``levels``, ``totals`` and ``reasons`` from the scenarios, and takes everything else as it is.
    public init(
        repository: String, scenarios: [ScenarioCompatibility], unreadable: [Unreadable] = [], unlisted: [String] = [],
        courses: [CourseSummary] = [], problems: [String] = [], languages: [String] = []
    ) {
        self.repository = repository
        self.scenarios = scenarios
        self.unreadable = unreadable
        self.unlisted = unlisted
        self.courses = courses
        self.problems = problems
        self.languages = languages
        totals = scenarios.reduce(Counts()) { $0 + $1.counts }
        levels = [:]
        for level in Level.allCases { levels[level] = scenarios.count { $0.level == level } }
        var counts: [Reason: Int] = [:]
        for finding in scenarios.flatMap(\.findings) { counts[finding.reason, default: 0] += 1 }
        reasons = counts.sorted { ($1.value, $0.key.order) < ($0.value, $1.key.order) }.map { reason, count in
            ReasonCount(
                reason: reason, level: reason.level, asks: reason.asks, consequence: reason.consequence,
                scenarios: count)
        }
    }
}
