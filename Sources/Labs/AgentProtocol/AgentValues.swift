/// How a process ended.
public enum ExitStatus: Hashable, Codable, Sendable {
    /// It called `exit`; 0–255.
    case code(Int32)
    /// A signal ended it.
    case signal(Int32)

    /// Reads what `waitpid` reports.
    public init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .code((waitStatus >> 8) & 0xff) : .signal(signal)
    }

    /// `true` for code 0 only; an end by a signal never counts as success.
    public var isSuccess: Bool { self == .code(0) }

    /// The number that a shell gives as `$?`: the code, or 128 plus the signal.
    public var shellStatus: Int32 {
        switch self {
        case .code(let code): code
        case .signal(let signal): 128 + signal
        }
    }
}

extension ExitStatus: CustomStringConvertible {
    /// `exit status N` or `signal N`, for messages.
    public var description: String {
        switch self {
        case .code(let code): "exit status \(code)"
        case .signal(let signal): "signal \(signal)"
        }
    }
}

/// What the agent is to run.
public struct ProcessSpec: Equatable, Sendable {
    /// The program, looked up in the environment's `PATH` unless it has a slash, and its arguments; never empty.
    public var arguments: [String]
    /// `NAME=value` each; nothing is inherited.
    public var environment: [String]
    /// Absolute, as the sandbox sees it.
    public var directory: String
    /// Whose processes it sees.
    public var place: Place

    /// The parts of a lab that know nothing of each other's processes, where the agent keeps them apart.
    public enum Place: UInt32, Sendable {
        /// Terminals, scripts and checks.
        case workspace
        /// Services, and what looks after them.
        case services
    }

    /// Checks nothing; the agent answers ``AgentEvent/failed(_:_:)`` when it can't start the program.
    public init(arguments: [String], environment: [String], directory: String, place: Place = .workspace) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.place = place
    }
}

/// A service's process as the agent sees it.
public struct ProcessUsage: Equatable, Sendable {
    /// The channel of the service or terminal; 0 for the agent and whatever belongs to none.
    public var channel: UInt32
    /// Bytes that the process and its descendants would free: shared pages are counted in parts.
    public var proportionalBytes: UInt64
    /// Bytes resident, shared pages counted whole.
    public var residentBytes: UInt64

    /// Both sizes are in bytes, for the process and its descendants together.
    public init(channel: UInt32, proportionalBytes: UInt64, residentBytes: UInt64) {
        self.channel = channel
        self.proportionalBytes = proportionalBytes
        self.residentBytes = residentBytes
    }
}

/// What a helper command printed, standard output and standard error together, with the middle left out when it is long.
public struct BoundedOutput: Equatable, Sendable {
    /// The beginning, at most half of what the request lets the agent keep.
    public var head: [UInt8]
    /// Bytes left out between head and tail.
    public var omitted: UInt64
    /// The end; empty when ``head`` holds everything. It may exceed half of the limit by 64 KiB, as it's cut in large steps.
    public var tail: [UInt8]

    /// Empty unless given, as before a command has printed anything.
    public init(head: [UInt8] = [], omitted: UInt64 = 0, tail: [UInt8] = []) {
        self.head = head
        self.omitted = omitted
        self.tail = tail
    }
}
