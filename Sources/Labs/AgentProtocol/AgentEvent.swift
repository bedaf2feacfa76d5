/// What the agent reports; the frame's channel says of which conversation.
public enum AgentEvent: Equatable, Sendable {
    /// The agent runs; the first event, on channel 0.
    case ready(version: UInt32)
    /// The process or shell runs, under this id inside the sandbox.
    case started(pid: Int32)
    /// The process, or the terminal's shell, ended; the channel is gone.
    case exited(ExitStatus)
    /// A helper ended; the channel is gone.
    case finished(ExitStatus, BoundedOutput)
    /// The stream is open.
    case connected
    /// What the request wanted can't be had; the channel is gone. The number is an `errno`.
    case failed(Int32, String)
    /// Bytes from a service, a terminal or a stream.
    case data([UInt8])
    /// So many bytes that were sent on this channel have been written.
    case credit(UInt32)
    /// The stream's other side will send nothing more.
    case endOfStream
    /// The stream is closed in both directions; the channel is gone.
    case closed
    /// The answer to ``AgentRequest/foreground``, in the encoding of `ForegroundState`.
    case foreground([UInt8])
    /// The answer to ``AgentRequest/usage``.
    case usage([ProcessUsage])

    /// The version of the protocol that ``ready(version:)`` carries.
    public static let version: UInt32 = 5
    /// The agent's descriptor, in a sandbox, of the socket over which it passes masters of terminals.
    public static let passingDescriptor: Int32 = 5
    /// How many bytes either side may send on a fresh channel before it gets credit.
    public static let window = 256 * 1024
}

extension AgentEvent {
    /// Encodes the event; ``init(_:)`` reads it back. The bytes of ``data(_:)`` and ``foreground(_:)`` are the payload as is.
    public func frame(on channel: UInt32) -> Frame {
        var writer = PayloadWriter()
        let kind: UInt8
        switch self {
        case .ready(let version):
            kind = 1
            writer.write(version)
        case .started(let pid):
            kind = 2
            writer.write(pid)
        case .exited(let status):
            kind = 3
            writer.write(status)
        case .finished(let status, let output):
            kind = 4
            writer.write(status)
            writer.write(output.head)
            writer.write(output.omitted)
            writer.write(output.tail)
        case .connected:
            kind = 5
        case .failed(let number, let message):
            kind = 6
            writer.write(number)
            writer.write(message)
        case .data(let bytes):
            return Frame(kind: 7, channel: channel, payload: bytes)
        case .credit(let count):
            kind = 8
            writer.write(count)
        case .endOfStream:
            kind = 9
        case .closed:
            kind = 10
        case .foreground(let bytes):
            return Frame(kind: 11, channel: channel, payload: bytes)
        case .usage(let entries):
            kind = 12
            writer.write(UInt32(truncatingIfNeeded: entries.count))
            for entry in entries {
                writer.write(entry.channel)
                writer.write(entry.proportionalBytes)
                writer.write(entry.residentBytes)
            }
        }
        return Frame(kind: kind, channel: channel, payload: writer.bytes)
    }

    /// Decodes what ``frame(on:)`` made; the frame's channel is for the caller to look at.
    /// - Throws: ``FrameError`` for a kind that belongs to no event, and for a payload that is too short or too long.
    public init(_ frame: Frame) throws(FrameError) {
        switch frame.kind {
        case 7:
            self = .data(frame.payload)
            return
        case 11:
            self = .foreground(frame.payload)
            return
        default: break
        }
        var reader = PayloadReader(frame)
        switch frame.kind {
        case 1: self = .ready(version: try reader.readUInt32())
        case 2: self = .started(pid: try reader.readInt32())
        case 3: self = .exited(try reader.readStatus())
        case 4:
            self = .finished(
                try reader.readStatus(),
                BoundedOutput(
                    head: try reader.readBytes(), omitted: try reader.readUInt64(), tail: try reader.readBytes()))
        case 5: self = .connected
        case 6: self = .failed(try reader.readInt32(), try reader.readString())
        case 8: self = .credit(try reader.readUInt32())
        case 9: self = .endOfStream
        case 10: self = .closed
        case 12:
            var entries: [ProcessUsage] = []
            for _ in 0..<(try reader.readUInt32()) {
                entries.append(
                    ProcessUsage(
                        channel: try reader.readUInt32(), proportionalBytes: try reader.readUInt64(),
                        residentBytes: try reader.readUInt64()))
            }
            self = .usage(entries)
        default: throw .unknownKind(frame.kind)
        }
        try reader.finish()
    }
}

extension PayloadWriter {
    fileprivate mutating func write(_ status: ExitStatus) {
        switch status {
        case .code(let code):
            write(UInt32(0))
            write(code)
        case .signal(let signal):
            write(UInt32(1))
            write(signal)
        }
    }
}

extension PayloadReader {
    fileprivate mutating func readStatus() throws(FrameError) -> ExitStatus {
        let isSignal = try readUInt32()
        let value = try readInt32()
        return isSignal == 0 ? .code(value) : .signal(value)
    }
}
