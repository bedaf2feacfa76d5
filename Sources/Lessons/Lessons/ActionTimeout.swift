/// What a terminal was doing when the time for what was typed into it was over.
public struct ActionTimeout: Hashable, Codable, Sendable {
    /// The time it had, in seconds.
    public var limit: Double
    /// The name of the program in the foreground; empty when nothing could be learned.
    public var program: String
    /// One letter for each process of the foreground group, as in `ps`.
    public var state: String
    /// Every thread of the foreground group was blocked, at least one on the terminal, with nothing left unread on either
    /// side; `false` too when nothing could be learned.
    public var isWaitingForTerminal: Bool
    /// Whether Ctrl-C and signals didn't free the terminal, so that only the end of its shell ended what ran.
    public var outlivedSignals: Bool

    /// Takes the values as they are; `limit` is in seconds.
    public init(limit: Double, program: String, state: String, isWaitingForTerminal: Bool, outlivedSignals: Bool) {
        self.limit = limit
        self.program = program
        self.state = state
        self.isWaitingForTerminal = isWaitingForTerminal
        self.outlivedSignals = outlivedSignals
    }
}

extension ActionTimeout: CustomStringConvertible {
    /// One sentence, without its full stop.
    public var description: String {
        let limit = limit == limit.rounded() ? "\(Int(limit))" : "\(limit)"
        let subject = program.isEmpty ? "the program" : "'\(program)'"
        let doing = isWaitingForTerminal ? "waited for input" : "was still running\(states)"
        let end = outlivedSignals ? ", and only ended with its shell" : ", and was ended"
        return "timed out after \(limit) s: \(subject) \(doing)\(end)"
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
