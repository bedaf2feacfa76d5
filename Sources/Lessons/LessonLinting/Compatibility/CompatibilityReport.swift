public import Diagnostics
public import Lessons

/// A script that `index.json` names, as far as it could be read.
public struct ScriptText: Sendable {
    public enum Content: Sendable {
        case text(String)
        case problem(String)
    }

    public var file: String
    public var content: Content

    public init(file: String, content: Content) {
        self.file = file
        self.content = content
    }
}

/// One reason why a scenario isn't fully supported.
public struct Finding: Hashable, Codable, Sendable {
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
    public var title: String
    public var level: Level
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
    public struct Unreadable: Codable, Sendable {
        public var path: String
        public var problem: String

        public init(path: String, problem: String) {
            self.path = path
            self.problem = problem
        }
    }

    public struct CourseSummary: Codable, Sendable {
        public var title: String
        public var file: String
        public var kind: String
        public var entries: Int

        public init(title: String, file: String, kind: String, entries: Int) {
            self.title = title
            self.file = file
            self.kind = kind
            self.entries = entries
        }
    }

    public struct ReasonCount: Codable, Sendable {
        public var reason: Reason
        public var level: Level
        public var asks: String
        public var consequence: String
        /// Scenarios that have it.
        public var scenarios: Int
    }

    public var repository: String
    public var scenarios: [ScenarioCompatibility]
    public var unreadable: [Unreadable]
    /// Scenarios that a `structure.json` passes over; not looked into.
    public var unlisted: [String]
    public var courses: [CourseSummary]
    /// Of course files, with their places.
    public var problems: [String]
    public var languages: [String]
    /// How many scenarios of each level; all levels are there.
    public var levels: [Level: Int]
    public var totals: Counts
    /// Most frequent first.
    public var reasons: [ReasonCount]

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
