import Glibc

/// The size of a file in bytes; 0 when it isn't there.
public func sizeOfFile(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
}

/// The end of a text file; empty when it can't be read.
public func endOfFile(_ path: String, limit: Int) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    // Files of /proc have no size, and are read from their beginning.
    let size = lseek(file, 0, SEEK_END)
    lseek(file, max(0, size - limit), SEEK_SET)
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
        while bytes.count < limit {
            let count = read(file, buffer.baseAddress!, min(buffer.count, limit - bytes.count))
            guard count > 0 else { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Hands over a file piece by piece, from its beginning; one that isn't there is empty.
///
/// - Parameter follow: Goes on with what is appended, until the task is cancelled or `body` throws.
public func readFile(
    _ path: String, follow: Bool, _ body: ([UInt8]) async throws -> Void
) async throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    defer { if file >= 0 { close(file) } }
    while file >= 0 {
        let bytes = readSome(file)
        if !bytes.isEmpty {
            try await body(bytes)
        } else if follow {
            // A look at the file's end ten times a second costs less than a watch, and misses nothing.
            try await Task.sleep(for: .milliseconds(100))
        } else {
            return
        }
    }
}

private func readSome(_ file: Int32) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
        let count = read(file, buffer.baseAddress!, buffer.count)
        return count > 0 ? Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])) : []
    }
}
