import Glibc
import ProcessSpawning

/// Writes a whole file; one that is there is emptied first.
///
/// Nothing is forced to the disk, unlike Foundation's way: what is written here means nothing once the machine has been
/// switched off, and a lab's start would wait several milliseconds for each file.
///
/// - Throws: `SystemFailure` naming the file.
public func writeFile(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemFailure("'\(path)' can't be written") }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw SystemFailure("'\(path)' can't be written") }
        rest = rest.dropFirst(count)
    }
}

/// Writes a whole file in one move: whoever reads it meanwhile finds what was there before.
///
/// - Throws: `SystemFailure` naming the file; what was there before is left.
public func replaceFile(_ path: String, with bytes: [UInt8]) throws {
    let new = "\(path).\(getpid()).new"
    do {
        try writeFile(bytes, to: new)
        guard rename(new, path) == 0 else { throw SystemFailure("'\(path)' can't be replaced") }
    } catch {
        unlink(new)
        throw error
    }
}
