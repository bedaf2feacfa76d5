/// What went wrong, for a person at a prompt.
public struct KafkaShellError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Names the subject in quotes, lower case, no full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String?

    public init(_ problem: String, remedy: String? = nil) {
        self.problem = problem
        self.remedy = remedy
    }

    public var description: String { "error: \(problem)" + (remedy.map { "\n  try: \($0)" } ?? "") }
}
