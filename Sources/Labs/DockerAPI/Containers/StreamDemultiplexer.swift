import NIOCore

/// Which of a process's two outputs.
public enum OutputStream: UInt8, Codable, Sendable {
    case output = 1
    case errors = 2
}

/// Takes apart the stream in which an engine carries a process's two outputs.
///
/// Each frame is a header of eight bytes (stream, three zeros, length in network order) and so many bytes. Pieces are
/// handed on as they come, without waiting for the whole frame.
///
/// - SeeAlso: Docker Engine API, `POST /containers/{id}/attach`, "Stream format".
struct StreamDemultiplexer {
    private var buffer = ByteBuffer()
    private var stream = OutputStream.output
    private var left = 0

    mutating func append(_ bytes: ByteBuffer) {
        var bytes = bytes
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeBuffer(&bytes)
        }
    }

    /// - Returns: `nil` when more bytes are needed.
    /// - Throws: ``DockerError`` with code `.badAnswer` on a header that can't be one.
    mutating func next() throws -> (stream: OutputStream, bytes: ByteBuffer)? {
        while left == 0 {
            guard let header = buffer.readMultipleIntegers(as: (UInt8, UInt8, UInt16, UInt32).self) else { return nil }
            // Some engines speak of standard input (0), and of their own errors (3).
            guard header.0 <= 3, header.1 == 0, header.2 == 0 else {
                throw DockerError.badAnswer("the output isn't in frames")
            }
            stream = header.0 < 2 ? .output : .errors
            left = Int(header.3)
        }
        let count = min(left, buffer.readableBytes)
        guard count > 0, let bytes = buffer.readSlice(length: count) else { return nil }
        left -= count
        return (stream, bytes)
    }
}
