import Glibc
import NIOCore
import NIOPosix

/// A file of this host, read as it is wanted.
struct FileChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private static let chunk = 1 << 20

    let path: String
    let size: Int64
    private let file: OpenFile
    private let onRead: @Sendable (Int64) -> Void

    /// - Parameter onRead: Told how many bytes have been taken so far.
    /// - Throws: ``DockerError`` with code `.badFile`.
    init(path: String, onRead: @escaping @Sendable (Int64) -> Void = { _ in }) throws {
        self.path = path
        self.onRead = onRead
        file = try OpenFile(path, O_RDONLY, purpose: "read")
        size = try file.size()
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let file: OpenFile
        fileprivate let onRead: @Sendable (Int64) -> Void
        fileprivate var offset: Int64 = 0

        mutating func next() async throws -> ByteBuffer? {
            let (file, start) = (file, offset)
            // Reading may wait for a slow disk.
            let bytes = try await NIOThreadPool.singleton.runIfActive {
                try file.read(at: start, count: FileChunks.chunk)
            }
            offset += Int64(bytes.count)
            onRead(offset)
            return bytes.isEmpty ? nil : ByteBuffer(bytes: bytes)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(file: file, onRead: onRead) }

    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        try file.read(at: offset, count: count)
    }
}

/// A descriptor that is closed when nobody needs it any more.
final class OpenFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Parameter purpose: A verb for the error, such as `read`.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o644, purpose: String) throws {
        self.path = path
        descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Self.failure(path, purpose) }
    }

    deinit { close(descriptor) }

    func size() throws -> Int64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, "read") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DockerError(code: .badFile, problem: "'\(path)' is not a regular file", remedy: "name a file")
        }
        return Int64(status.st_size)
    }

    /// - Returns: Fewer bytes than asked for only at the end.
    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let result = pread(descriptor, place.baseAddress, place.count, off_t(offset) + filled)
                if result < 0, errno == EINTR { continue }
                guard result >= 0 else { throw Self.failure(path, "read") }
                guard result > 0 else { return }
                filled += result
            }
        }
    }

    func write(_ bytes: ByteBufferView) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let result = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if result < 0, errno == EINTR { continue }
                guard result >= 0 else { throw Self.failure(path, "write") }
                rest = rest.dropFirst(result)
            }
        }
    }

    /// Waits until the contents are on the disk.
    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw Self.failure(path, "write") }
    }

    static func failure(_ path: String, _ verb: String) -> DockerError {
        let number = errno
        let reason = String(cString: strerror(number))
        let isFull = number == ENOSPC || number == EDQUOT
        return DockerError(
            code: isFull ? .diskFull : .badFile, problem: "can't \(verb) '\(path)': \(reason)",
            remedy: isFull ? "free up disk space, or write to another disk" : "look at the path and its permissions")
    }
}
