import Glibc
import Processes

/// Writes a file that wasn't there or is replaced, and the directories above it.
func writeFile(_ path: String, _ contents: [UInt8]) throws(SystemFailure) {
    makeDirectories(above: path)
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemFailure("'\(path)'") }
    defer { close(file) }
    try writeAll(contents, to: file, path: path)
}

/// Makes what is missing of the directories that lead to a file.
func makeDirectories(above path: String) {
    var directory = ""
    for part in path.split(separator: "/").dropLast() {
        directory += "/\(part)"
        mkdir(directory, 0o755)
    }
}

/// - Parameter path: Names the file in the error.
func writeAll(_ contents: [UInt8], to file: Int32, path: String) throws(SystemFailure) {
    var written = 0
    while written < contents.count {
        let count = writeRest(of: contents, from: written, to: file)
        guard count > 0 || errno == EINTR else { throw SystemFailure("'\(path)'") }
        written += max(count, 0)
    }
}
