/// What a terminal was doing when the time for what was typed into it was over.
public struct ActionTimeout: Hashable, Codable, Sendable {
    /// The time it had, in seconds.
    public var limit: Double
    /// The name of the program in the foreground; empty when nothing could be learned.
    public var program: String
    /// One letter for each process of the foreground group, as in `ps`.
    public var state: String
    public var isWaitingForTerminal: Bool
    /// Whether what ran in the foreground was ended, so that the terminal can be used again.
    public var wasEnded: Bool

    public init(limit: Double, program: String, state: String, isWaitingForTerminal: Bool, wasEnded: Bool) {
        self.limit = limit
        self.program = program
        self.state = state
        self.isWaitingForTerminal = isWaitingForTerminal
        self.wasEnded = wasEnded
    }
}

extension ActionTimeout: CustomStringConvertible {
    /// One sentence, without its full stop.
    public var description: String {
        let limit = limit == limit.rounded() ? "\(Int(limit))" : "\(limit)"
        let subject = program.isEmpty ? "the program" : "'\(program)'"
        let doing = isWaitingForTerminal ? "waited for input" : "was still running\(states)"
        return "timed out after \(limit) s: \(subject) \(doing)\(wasEnded ? ", and was ended" : ", and can't be ended")"
    }

    private var states: String {
        var names: [String] = []
        for letter in state {
            let name =
                switch letter {
                case "R": "running"
                case "S", "I": "asleep"
                case "D": "waiting for a device"
                case "T", "t": "stopped"
                case "Z": "ended, not collected"
                default: "state \(letter)"
                }
            if !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    }
}
