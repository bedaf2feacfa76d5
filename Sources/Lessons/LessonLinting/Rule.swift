/// How much a problem matters.
public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    /// Good to know; often right as it is.
    case note
    /// Probably not what the author meant.
    case warning
    /// The lesson can't work there.
    case error

    /// From `note` up to `error`: the greatest is the worst.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// What one kind of problem is.
///
/// Codes are stable: one that is given up is never used for another rule.
public struct Rule: Sendable {
    /// `LL` and three digits.
    public let code: String
    /// The code's name, words with hyphens.
    public let name: String
    /// What its problems are unless they say otherwise.
    public let severity: Severity
    /// One sentence without a full stop.
    public let summary: String
    /// The rule's page in Markdown, without its heading.
    public let explanation: String

    /// The page that `explanation` is the body of, under a heading with code and name.
    public var page: String {
        "# \(code) \(name)\n\n\(summary). Severity: \(severity.rawValue).\n\n\(explanation)\n"
    }

    /// The rule with the code or the name, in either case.
    public static func named(_ text: String) -> Rule? {
        let text = text.lowercased()
        return all.first { $0.code.lowercased() == text || $0.name == text }
    }
}

extension Rule: Hashable {
    /// By ``code`` alone, which no two rules share.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    /// Feeds ``code`` alone, as equality asks.
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
