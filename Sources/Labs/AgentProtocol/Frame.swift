/// One unit of the conversation between a supervisor and its peers: a kind, a channel and some bytes.
///
/// On the wire: the length of what follows (`UInt32`), the kind (`UInt8`), the channel (`UInt32`), the payload;
/// integers are big-endian.
public struct Frame: Equatable, Sendable {
    /// What the payload is; each protocol gives the numbers their meaning.
    public var kind: UInt8
    /// The conversation that the frame belongs to.
    public var channel: UInt32
    /// Empty for kinds that say all by themselves; otherwise laid out as ``kind`` demands.
    public var payload: [UInt8]

    /// Checks no length: a receiver whose ``FrameDecoder`` has a lower limit ends the connection.
    public init(kind: UInt8, channel: UInt32, payload: [UInt8] = []) {
        self.kind = kind
        self.channel = channel
        self.payload = payload
    }

    /// Asks the other side for a sign of life; answered by ``pong`` at once, whatever else is under way.
    ///
    /// Both belong to the connection and not to what is said over it: no protocol gives their kinds a meaning of its own.
    public static let ping = Frame(kind: 254, channel: 0)
    /// The answer to ``ping``, also on channel 0 and without a payload.
    public static let pong = Frame(kind: 255, channel: 0)

    /// Bytes before the payload.
    public static let headerSize = 9

    /// Appends the frame as it goes over the wire.
    public func encode(into bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + Self.headerSize + payload.count)
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: payload.count + 5))
        bytes.append(kind)
        bytes.append(bigEndian: channel)
        bytes.append(contentsOf: payload)
    }
}

/// Bytes that no well-behaved peer sends; the connection ends.
public enum FrameError: Error, Equatable {
    /// The length is below the header's own size or above the limit.
    case badLength(UInt32)
    /// The kind is none that this side knows.
    case unknownKind(UInt8)
    /// The payload ends too early, is too long or holds a value out of range.
    case malformedPayload(kind: UInt8)
}

/// Cuts a byte stream into frames, whatever the pieces in which it arrives.
public struct FrameDecoder: Sendable {
    private var buffer: [UInt8] = []
    private var position = 0
    private let limit: Int

    /// - Parameter limit: The longest payload accepted, in bytes; a longer one is an error before it's read.
    public init(limit: Int = 1 << 20) {
        self.limit = limit
    }

    /// Takes in the next piece of the stream, wherever it was cut; ``next()`` hands out the frames that are whole by then.
    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if position == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// - Returns: The next whole frame, or `nil` until more bytes arrive.
    public mutating func next() throws(FrameError) -> Frame? {
        let available = buffer.count - position
        guard available >= 4 else { return nil }
        let length = buffer.bigEndianUInt32(at: position)
        guard length >= 5, Int(length) - 5 <= limit else { throw .badLength(length) }
        guard available >= 4 + Int(length) else {
            compact()
            return nil
        }
        let start = position + Frame.headerSize
        let end = position + 4 + Int(length)
        let frame = Frame(
            kind: buffer[position + 4], channel: buffer.bigEndianUInt32(at: position + 5),
            payload: Array(buffer[start..<end]))
        position = end
        return frame
    }

    /// Forgets bytes already handed out, so that a long half-received frame doesn't hold them.
    private mutating func compact() {
        guard position > 0 else { return }
        buffer.removeSubrange(..<position)
        position = 0
    }
}

extension [UInt8] {
    mutating func append(bigEndian value: UInt32) {
        append(UInt8(truncatingIfNeeded: value >> 24))
        append(UInt8(truncatingIfNeeded: value >> 16))
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    func bigEndianUInt32(at index: Int) -> UInt32 {
        UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
            | UInt32(self[index + 3])
    }
}
