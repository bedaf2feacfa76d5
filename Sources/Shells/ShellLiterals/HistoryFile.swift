import Glibc

/// Lines that a user has typed, kept from one start of a shell to the next.
///
/// The file belongs to its user alone (mode 0600) and never grows beyond a bound. What is not an ordinary file is neither
/// read nor written: a history is a convenience, and no failure here is worth a message.
public struct HistoryFile: Sendable {
    /// Lines that ``lines()`` gives at most.
    public static let maxLines = 1000
    /// Bytes of the file, of which the last ones count, and of a line.
    private static let maxSize = 1 << 20
    private static let maxLineLength = 10_000

    private let path: String

    /// - Parameter path: Created with the first line that is appended; the directory above it must exist.
    public init(path: String) { self.path = path }

    /// The lines, oldest first.
    public func lines() -> [String] {
        guard let descriptor = opened(O_RDONLY) else { return [] }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        let start = max(0, size - Self.maxSize)
        lseek(descriptor, start, SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: Int(min(size, Self.maxSize)))
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return [] }
        var parts = bytes[..<count].split(separator: UInt8(ascii: "\n"))
        // The first line may have been cut.
        if start > 0 { parts = Array(parts.dropFirst()) }
        return parts.suffix(Self.maxLines).map { String(decoding: $0, as: UTF8.self) }.filter(Self.isKept)
    }

    /// Adds a line; an empty one, and one that would change the terminal when it is shown, is left out.
    public func append(_ line: String) {
        guard Self.isKept(line), let descriptor = opened(O_WRONLY | O_APPEND | O_CREAT) else { return }
        defer { close(descriptor) }
        guard lseek(descriptor, 0, SEEK_END) < Self.maxSize else { return }
        write([line], to: descriptor)
    }

    /// Drops the oldest lines when there are too many; to be called once at a start.
    public func shorten() {
        guard let descriptor = opened(O_RDONLY) else { return }
        let size = lseek(descriptor, 0, SEEK_END)
        close(descriptor)
        let lines = lines()
        guard size > Self.maxSize / 2 || lines.count >= Self.maxLines else { return }
        // Half of them, so that this isn't needed at every start.
        let temporary = "\(path).\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        write(lines.suffix(Self.maxLines / 2), to: file)
        close(file)
        if rename(temporary, path) != 0 { unlink(temporary) }
    }

    private func opened(_ flags: Int32) -> Int32? {
        let descriptor = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, fchmod(descriptor, 0o600) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private func write(_ lines: some Sequence<String>, to descriptor: Int32) {
        let bytes = lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
        // In one piece, so that the lines of two shells do not mix.
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    private static func isKept(_ line: String) -> Bool {
        !line.allSatisfy(\.isWhitespace) && line.utf8.count <= maxLineLength
            && line.unicodeScalars.allSatisfy { $0 == "\t" || !(0..<32 ~= $0.value || 0x7F...0x9F ~= $0.value) }
    }
}
