import Glibc

/// The end of a text file of Lectern's own or of the kernel's; empty when it can't be read, or isn't a regular file.
///
/// What a lab or a lesson can change is read through a ``ContainedDirectory``.
public func endOfFile(_ path: String, limit: Int) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return "" }
    // Files of /proc have no size, and are read from their beginning.
    let size = lseek(file, 0, SEEK_END)
    lseek(file, max(0, size - limit), SEEK_SET)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count < limit {
        let count = read(file, &block, min(block.count, limit - bytes.count))
        guard count > 0 else { break }
        bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}
