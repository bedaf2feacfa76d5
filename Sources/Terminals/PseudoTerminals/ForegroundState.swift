/// What the kernel knows of the process group that a terminal listens to at one moment.
public struct ForegroundState: Hashable, Sendable {
    /// The foreground process group; 0 when the terminal has none.
    public var processGroup: Int32
    /// The name of the group's leader (`/proc/PID/comm`, at most 15 bytes), or of another member once the leader ended.
    public var command: String
    /// The name of the process that waits for the terminal, which in a pipeline is seldom the leader; empty when none does.
    public var reader: String
    /// `true` when the foreground group is the terminal's own shell.
    public var isShell: Bool
    /// The exact test for idle: no typed input is left unread, every thread of the group is blocked, at least one of
    /// them in a wait that includes the terminal, and no output is left unread on the master.
    public var isWaitingForTerminal: Bool
    /// `true` when the wait that makes the program idle watches the terminal and nothing else, without a time-out.
    public var waitsOnlyForTerminal: Bool
    /// When the wait on the terminal ends by itself, in seconds from its beginning; `nil` for never.
    public var waitTimeout: Double?
    /// `true` when typed input has not been read yet. A line counts, in canonical mode, once Return is pressed.
    public var inputPending: Bool
    /// `true` when the terminal has output that its master has not read yet.
    public var outputPending: Bool
    /// The terminal's line discipline collects whole lines (ICANON).
    public var isCanonical: Bool
    /// The terminal shows typed characters by itself (ECHO).
    public var echoes: Bool
    /// Time spent on a processor by the group's processes, user and system, in clock ticks (usually 10 ms).
    public var cpuTicks: UInt64
    /// A process of the group has a listening TCP or Unix socket.
    public var listensOnSocket: Bool
    /// Every thread of the group is blocked and at least one waits for something other than a clock or a child.
    public var waitsForEvents: Bool
    /// `false` when the kernel lets nobody look at what a thread of the group waits for (a set-user-id program).
    public var isInspectable: Bool
    /// One letter for each process of the group, as in `ps`: R running, S asleep, D waiting for a device, T stopped …
    public var state: String

    /// Unless said otherwise: no foreground group, nothing unread, and a terminal that collects lines and echoes.
    public init(
        processGroup: Int32 = 0, command: String = "", reader: String = "", isShell: Bool = false,
        isWaitingForTerminal: Bool = false, waitsOnlyForTerminal: Bool = false, waitTimeout: Double? = nil,
        inputPending: Bool = false, outputPending: Bool = false, isCanonical: Bool = true, echoes: Bool = true,
        cpuTicks: UInt64 = 0, listensOnSocket: Bool = false, waitsForEvents: Bool = false, isInspectable: Bool = true,
        state: String = ""
    ) {
        self.processGroup = processGroup
        self.command = command
        self.reader = reader
        self.isShell = isShell
        self.isWaitingForTerminal = isWaitingForTerminal
        self.waitsOnlyForTerminal = waitsOnlyForTerminal
        self.waitTimeout = waitTimeout
        self.inputPending = inputPending
        self.outputPending = outputPending
        self.isCanonical = isCanonical
        self.echoes = echoes
        self.cpuTicks = cpuTicks
        self.listensOnSocket = listensOnSocket
        self.waitsForEvents = waitsForEvents
        self.isInspectable = isInspectable
        self.state = state
    }
}

extension ForegroundState {
    private static let encodingVersion: UInt8 = 2

    /// A compact form for a wire between two processes of the same version.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = [Self.encodingVersion]
        func append(_ value: UInt64) {
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        func append(_ text: String) {
            let utf8 = text.utf8.prefix(255)
            bytes.append(UInt8(utf8.count))
            bytes.append(contentsOf: utf8)
        }
        append(UInt64(bitPattern: Int64(processGroup)))
        append(cpuTicks)
        append((waitTimeout ?? -1).bitPattern)
        var bits: UInt64 = 0
        for (position, flag) in flags.enumerated() where flag { bits |= 1 << UInt64(position) }
        append(bits)
        append(command)
        append(reader)
        append(state)
        return bytes
    }

    /// The state that ``encoded()`` wrote, or `nil` when the bytes are none.
    public init?(encoded bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        func integer() -> UInt64? {
            guard rest.count >= 8 else { return nil }
            var value: UInt64 = 0
            for (position, byte) in rest.prefix(8).enumerated() { value |= UInt64(byte) << UInt64(8 * position) }
            rest = rest.dropFirst(8)
            return value
        }
        func text() -> String? {
            guard let length = rest.popFirst(), rest.count >= Int(length) else { return nil }
            defer { rest = rest.dropFirst(Int(length)) }
            return String(decoding: rest.prefix(Int(length)), as: UTF8.self)
        }
        guard rest.popFirst() == Self.encodingVersion, let group = integer(), let ticks = integer(),
            let timeout = integer(), let bits = integer(), let command = text(), let reader = text(),
            let state = text(), rest.isEmpty
        else { return nil }
        func flag(_ position: UInt64) -> Bool { bits & (1 << position) != 0 }
        let seconds = Double(bitPattern: timeout)
        self.init(
            processGroup: Int32(truncatingIfNeeded: group), command: command, reader: reader, isShell: flag(0),
            isWaitingForTerminal: flag(1), waitsOnlyForTerminal: flag(2),
            waitTimeout: seconds >= 0 && seconds.isFinite ? seconds : nil,
            inputPending: flag(3), outputPending: flag(4), isCanonical: flag(5), echoes: flag(6), cpuTicks: ticks,
            listensOnSocket: flag(7), waitsForEvents: flag(8), isInspectable: flag(9), state: state)
    }

    private var flags: [Bool] {
        [
            isShell, isWaitingForTerminal, waitsOnlyForTerminal, inputPending, outputPending, isCanonical, echoes,
            listensOnSocket, waitsForEvents, isInspectable,
        ]
    }
}
