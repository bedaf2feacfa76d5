import AgentProtocol
import Glibc

/// The byte stream to the supervisor, non-blocking, with what couldn't be written yet.
final class Link {
    let input: Int32
    let output: Int32
    private var decoder = FrameDecoder()
    private var pending: [UInt8] = []
    private var written = 0

    init(input: Int32, output: Int32) {
        self.input = input
        self.output = output
        setNonBlocking(input)
        setNonBlocking(output)
    }

    var hasPending: Bool { written < pending.count }

    /// Above this, sources of bytes are no longer read until the supervisor has caught up.
    var isCongested: Bool { pending.count - written > 1 << 20 }

    func send(_ event: AgentEvent, on channel: UInt32) {
        event.frame(on: channel).encode(into: &pending)
    }

    /// Writes as much as the stream takes now.
    ///
    /// - Returns: `false` once the supervisor is gone.
    func flush() -> Bool {
        while hasPending {
            let count = writeRest(of: pending, from: written, to: output)
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EAGAIN
            }
            written += count
        }
        pending.removeAll(keepingCapacity: pending.capacity < 1 << 18)
        written = 0
        return true
    }

    /// Reads what is there and hands over each whole request.
    ///
    /// - Parameter beforePong: Called before it's said that the agent is there: what is sent then arrives first.
    /// - Returns: `false` at the end of the stream, and when the bytes make no sense.
    func receive(beforePong: () -> Void, _ handle: (AgentRequest, UInt32) -> Void) -> Bool {
        var isOpen = true
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            let count = read(input, buffer.baseAddress, buffer.count)
            if count > 0 {
                decoder.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } else {
                isOpen = count < 0 && (errno == EAGAIN || errno == EINTR)
            }
        }
        do {
            while let frame = try decoder.next() {
                if frame.kind == Frame.ping.kind {
                    beforePong()
                    Frame.pong.encode(into: &pending)
                } else {
                    handle(try AgentRequest(frame), frame.channel)
                }
            }
        } catch {
            return false
        }
        return isOpen
    }
}

/// Writes once what follows the first `start` bytes; returns what `write(2)` returns, and leaves `errno` as it does.
func writeRest(of bytes: [UInt8], from start: Int, to descriptor: Int32) -> Int {
    bytes.withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        return write(descriptor, rest.baseAddress, rest.count)
    }
}

func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}
