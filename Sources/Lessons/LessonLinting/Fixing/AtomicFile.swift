#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum AtomicFile {
    /// Replaces the text of a file that is there: a new file beside it takes its place once it is complete.
    ///
    /// The permissions and a byte order mark stay. A symbolic link stays one: what it leads to is replaced.
    static func write(_ text: String, over path: String) throws(LintError) {
        guard let resolved = realpath(path, nil) else { throw fault(path) }
        defer { free(resolved) }
        let target = String(cString: resolved)
        var status = stat()
        guard stat(target, &status) == 0, access(target, W_OK) == 0 else { throw fault(path) }
        var bytes = Array(text.utf8)
        if startsWithMark(target) { bytes.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }
        var template = Array((target + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw fault(path) }
        let temporary = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        let isWritten =
            writeAll(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o7777) == 0
            && fsync(descriptor) == 0
        let number = errno
        guard close(descriptor) == 0, isWritten, rename(temporary, target) == 0 else {
            unlink(temporary)
            errno = number
            throw fault(path)
        }
    }

    private static func startsWithMark(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var mark = [UInt8](repeating: 0, count: 3)
        return read(descriptor, &mark, 3) == 3 && mark == [0xEF, 0xBB, 0xBF]
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.writeOnce(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func fault(_ path: String) -> LintError {
        LintError(
            problem: "'\(path)' can't be written: \(String(cString: strerror(errno)))",
            remedy: "see who owns the file and its directory; nothing of it was changed")
    }
}
