/// What went wrong, for a person at a prompt.
public struct KafkaShellError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Names the subject in quotes, lower case, no full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String?

    /// - Parameters:
    ///   - problem: Lower case, quoting the subject, without a full stop.
    ///   - remedy: The next thing to try, if there is one.
    public init(_ problem: String, remedy: String? = nil) {
        self.problem = problem
        self.remedy = remedy
    }

    /// The problem after `error: `, then the remedy on a line of its own.
    public var description: String { "error: \(problem)" + (remedy.map { "\n  try: \($0)" } ?? "") }
}
