/// What the supervisor asks of the agent; the frame's channel says for which conversation.
///
/// The supervisor picks channel numbers. A channel lives from the request that opens it (``start(_:)``,
/// ``run(_:outputLimit:milliseconds:)``, ``openTerminal(_:columns:rows:passesMaster:)``, ``connect(port:address:)``,
/// ``editFile(_:_:mode:)``) to ``close`` or the
/// event that ends it.
public enum AgentRequest: Equatable, Sendable {
    /// Starts a service in a process group of its own; what it prints comes back as ``AgentEvent/data(_:)``.
    case start(ProcessSpec)
    /// Runs a helper to its end; it's killed after so many milliseconds (0: never).
    case run(ProcessSpec, outputLimit: UInt32, milliseconds: UInt32)
    /// Opens a pseudo-terminal with a shell. With `passesMaster` the terminal's master goes to the supervisor under the
    /// channel's number, before ``AgentEvent/started(pid:)``, over ``AgentEvent/passingDescriptor``; where it arrives it is
    /// read and written there, and the agent relays no bytes.
    case openTerminal(ProcessSpec, columns: UInt16, rows: UInt16, passesMaster: Bool = false)
    /// Opens a TCP stream to a port of the lab's loopback, or of another address in the lab's network.
    case connect(port: UInt16, address: LabAddress = .loopback)
    /// Bytes for a terminal or a stream.
    case data([UInt8])
    /// So many more bytes may be sent back on this channel.
    case credit(UInt32)
    /// Nothing more will be written to the stream.
    case finish
    /// Drops the channel: a process is killed with its group, a stream reset.
    case close
    /// Sends a signal to the process group of a service, or to a terminal's foreground group.
    case signal(Int32)
    /// Kills the jobs of a terminal's shell that began not longer ago.
    case killJobs(milliseconds: UInt32)
    case resize(columns: UInt16, rows: UInt16)
    /// Asks which program owns the terminal and what it does.
    case foreground
    /// Asks for the memory of everything that runs.
    case usage
    /// Writes a file and the directories above it; ``AgentEvent/closed`` says that it's there.
    case writeFile(String, [UInt8])
    /// Notes what lies in these directories now, for ``tidy``; ``AgentEvent/closed`` says that it's done.
    case snapshot([String])
    /// Ends every process that belongs to no channel, and removes from the remembered directories what wasn't there;
    /// ``AgentEvent/closed`` says that it's done.
    case cleanUp
    /// Begins to edit a file, whose directories are made: ``data(_:)`` brings the bytes, and after ``finish`` the file
    /// changes at once or not at all; ``AgentEvent/closed`` says that it has. The mode is for a file that isn't there yet.
    case editFile(String, FileEdit, mode: UInt32)
}

extension AgentRequest {
    /// Encodes the request; ``init(_:)`` reads it back. The bytes of ``data(_:)`` are the payload as they are.
    public func frame(on channel: UInt32) -> Frame {
        var writer = PayloadWriter()
        let kind: UInt8
        switch self {
        case .start(let spec):
            kind = 1
            writer.write(spec)
        case .run(let spec, let outputLimit, let milliseconds):
            kind = 2
            writer.write(spec)
            writer.write(outputLimit)
            writer.write(milliseconds)
        case .openTerminal(let spec, let columns, let rows, let passesMaster):
            kind = 3
            writer.write(spec)
            writer.write(UInt32(columns))
            writer.write(UInt32(rows))
            writer.write(UInt32(passesMaster ? 1 : 0))
        case .connect(let port, let address):
            kind = 4
            writer.write(UInt32(port))
            writer.write(address.rawValue)
        case .data(let bytes):
            return Frame(kind: 5, channel: channel, payload: bytes)
        case .credit(let count):
            kind = 6
            writer.write(count)
        case .finish:
            kind = 7
        case .close:
            kind = 8
        case .signal(let number):
            kind = 9
            writer.write(number)
        case .resize(let columns, let rows):
            kind = 10
            writer.write(UInt32(columns))
            writer.write(UInt32(rows))
        case .foreground:
            kind = 11
        case .usage:
            kind = 12
        case .writeFile(let path, let contents):
            kind = 13
            writer.write(path)
            writer.write(contents)
        case .snapshot(let directories):
            kind = 14
            writer.write(directories)
        case .cleanUp:
            kind = 15
        case .editFile(let path, let edit, let mode):
            kind = 16
            writer.write(path)
            writer.write(edit)
            writer.write(mode)
        case .killJobs(let milliseconds):
            kind = 17
            writer.write(milliseconds)
        }
        return Frame(kind: kind, channel: channel, payload: writer.bytes)
    }

    /// Decodes what ``frame(on:)`` made; the frame's channel is for the caller to look at.
    /// - Throws: ``FrameError`` for a kind that belongs to no request, and for a payload that is too short or too long or has
    /// a value out of range.
    public init(_ frame: Frame) throws(FrameError) {
        if frame.kind == 5 {
            self = .data(frame.payload)
            return
        }
        var reader = PayloadReader(frame)
        switch frame.kind {
        case 1: self = .start(try reader.readSpec())
        case 2:
            self = .run(
                try reader.readSpec(), outputLimit: try reader.readUInt32(), milliseconds: try reader.readUInt32())
        case 3:
            self = .openTerminal(
                try reader.readSpec(), columns: try reader.readUInt16(), rows: try reader.readUInt16(),
                passesMaster: try reader.readUInt32() != 0)
        case 4:
            self = .connect(port: try reader.readUInt16(), address: LabAddress(rawValue: try reader.readUInt32()))
        case 6: self = .credit(try reader.readUInt32())
        case 7: self = .finish
        case 8: self = .close
        case 9: self = .signal(try reader.readInt32())
        case 10: self = .resize(columns: try reader.readUInt16(), rows: try reader.readUInt16())
        case 11: self = .foreground
        case 12: self = .usage
        case 13: self = .writeFile(try reader.readString(), try reader.readBytes())
        case 14: self = .snapshot(try reader.readStrings())
        case 15: self = .cleanUp
        case 16:
            self = .editFile(try reader.readString(), try reader.readEdit(), mode: try reader.readUInt32())
        case 17: self = .killJobs(milliseconds: try reader.readUInt32())
        default: throw .unknownKind(frame.kind)
        }
        try reader.finish()
    }
}

extension PayloadWriter {
    fileprivate mutating func write(_ spec: ProcessSpec) {
        write(spec.arguments)
        write(spec.environment)
        write(spec.directory)
        write(spec.place.rawValue)
    }
}

extension PayloadReader {
    fileprivate mutating func readSpec() throws(FrameError) -> ProcessSpec {
        var spec = ProcessSpec(
            arguments: try readStrings(), environment: try readStrings(), directory: try readString())
        guard let place = ProcessSpec.Place(rawValue: try readUInt32()) else { throw malformed }
        spec.place = place
        return spec
    }
}
