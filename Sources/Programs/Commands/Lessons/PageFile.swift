import Glibc

/// A Markdown file that a command reads now and may write later.
struct PageFile {
    let path: String
    let bytes: [UInt8]

    /// - Throws: ``CommandError`` when the file can't be read.
    init(reading path: String) throws {
        self.path = path
        bytes = try Self.contents(of: path)
    }

    /// Replaces the file's contents in one step: a reader sees the old bytes or the new ones, never a part.
    ///
    /// Permissions stay as they are; a symbolic link goes on pointing where it does.
    ///
    /// - Throws: ``CommandError`` when the file is no longer what was read, or can't be written. It is then as it was.
    func replace(with new: [UInt8]) throws {
        guard let resolved = realpath(path, nil) else { throw Self.error("can't be found any more", path) }
        defer { free(resolved) }
        let target = String(cString: resolved)
        guard try Self.contents(of: target) == bytes else {
            throw CommandError(
                problem: "'\(path)' was changed while the lesson ran, so nothing was written to it",
                remedy: "save your changes and record again")
        }
        var status = stat()
        guard stat(target, &status) == 0 else { throw Self.error("can't be looked at", path) }
        let draft = "\(target).lectern-\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error("can't be written", path) }
        do {
            try Self.write(new, to: descriptor, path)
            // An owner that can't be kept is no reason not to write: the file is the user's then.
            _ = fchown(descriptor, status.st_uid, status.st_gid)
            guard fchmod(descriptor, status.st_mode & 0o7777) == 0, fsync(descriptor) == 0, close(descriptor) == 0,
                rename(draft, target) == 0
            else { throw Self.error("can't be written", path) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw error("can't be written", path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func contents(of path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error("can't be read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw error("can't be read", path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func error(_ what: String, _ path: String) -> CommandError {
        CommandError(
            problem: "'\(path)' \(what): \(String(cString: strerror(errno)))", remedy: "check its permissions")
    }
}
