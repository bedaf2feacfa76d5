import Glibc
public import Processes

/// Copies a file or a directory of a lesson to a place that nobody else knows yet.
///
/// What is copied are regular files, directories, and links that stay inside the copy. Left out are `.git`, pipes, sockets,
/// devices, and links that lead elsewhere. Set-user-id and set-group-id bits are not kept; times are.
public struct TreeCopy {
    /// What a copy may hold.
    public struct Limits: Sendable {
        /// How many files, directories and links together.
        public var entries: Int
        /// The size of all regular files together.
        public var bytes: Int

        /// The defaults are far above what a lesson ships, and far below what fills a disk.
        public init(entries: Int = 20_000, bytes: Int = 512 << 20) {
            self.entries = entries
            self.bytes = bytes
        }
    }

    /// Why a copy is not complete. What was copied before is left where it is.
    public enum Failure: Error {
        /// More than the limits allow.
        case tooLarge
        /// A path of the source that can't be read.
        case unreadable(String, ContainedFailure)
        /// The copy can't be written.
        case system(SystemFailure)
    }

    private static let maxDepth = 64

    private var entriesLeft: Int
    private var bytesLeft: Int

    /// Copies what a path beneath a directory names.
    ///
    /// - Parameters:
    ///   - path: Relative to the source; links that stay inside it are followed on the way.
    ///   - target: Must not be there; the directory above it must.
    public static func copy(
        _ path: String, in source: ContainedDirectory, to target: String, limits: Limits = Limits()
    ) throws(Failure) {
        var copy = TreeCopy(limits)
        let file: ContainedFile
        do throws(ContainedFailure) {
            file = try source.file(path, links: .followedInside)
        } catch .notRegular(isDirectory: true) {
            let directory: ContainedDirectory
            do throws(ContainedFailure) { directory = try source.directory(path, links: .followedInside) } catch {
                throw .unreadable(path, error)
            }
            return try copy.copyDirectory(directory, to: target, below: "")
        } catch {
            throw .unreadable(path, error)
        }
        try copy.copyFile(file, to: target)
    }

    private init(_ limits: Limits) {
        entriesLeft = limits.entries
        bytesLeft = limits.bytes
    }

    /// - Parameter inner: The directory's place in the copy, without a leading `/`.
    private mutating func copyDirectory(
        _ source: ContainedDirectory, to target: String, below inner: String
    ) throws(Failure) {
        guard inner.utf8.count(where: { $0 == UInt8(ascii: "/") }) < Self.maxDepth else { throw .tooLarge }
        guard mkdir(target, 0o700) == 0 else { throw .system(SystemFailure("'\(target)'")) }
        for name in source.names.sorted() where name != ".git" {
            guard let status = source.status(of: name) else { continue }
            entriesLeft -= 1
            guard entriesLeft >= 0 else { throw .tooLarge }
            let path = inner.isEmpty ? name : "\(inner)/\(name)"
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                if let inner = try opened(path, { () throws(ContainedFailure) in try source.directory(name) }) {
                    try copyDirectory(inner, to: "\(target)/\(name)", below: path)
                }
            case S_IFREG:
                if let file = try opened(path, { () throws(ContainedFailure) in try source.file(name) }) {
                    try copyFile(file, to: "\(target)/\(name)")
                }
            case S_IFLNK: try copyLink(name, in: source, to: "\(target)/\(name)", at: path)
            default: break
            }
        }
        try settle(target, like: source.descriptor)
    }

    /// - Returns: `nil` for what is gone, or has changed since it was looked at.
    private func opened<Opened>(
        _ path: String, _ open: () throws(ContainedFailure) -> Opened
    ) throws(Failure) -> Opened? {
        do throws(ContainedFailure) { return try open() } catch {
            switch error {
            case .absent, .notRegular, .outside: return nil
            case .tooLarge, .system: throw .unreadable(path, error)
            }
        }
    }

    private mutating func copyFile(_ source: ContainedFile, to target: String) throws(Failure) {
        let file = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system(SystemFailure("'\(target)'")) }
        defer { close(file) }
        var block = [UInt8](repeating: 0, count: min(max(source.size, 1), 256 * 1024))
        var offset = 0
        while true {
            let count = pread(source.descriptor, &block, block.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(SystemFailure("'\(target)'")) }
            if count == 0 { break }
            offset += count
            bytesLeft -= count
            guard bytesLeft >= 0 else { throw .tooLarge }
            guard writeAll(Array(block[..<count]), to: file) else { throw .system(SystemFailure("'\(target)'")) }
        }
        fchmod(file, source.mode & 0o777 | 0o400)
        var times = [source.modified, source.modified]
        futimens(file, &times)
    }

    private func copyLink(
        _ name: String, in source: ContainedDirectory, to target: String, at path: String
    ) throws(Failure) {
        guard let destination = source.destination(of: name), Self.staysInside(destination, from: path) else { return }
        guard symlink(destination, target) == 0 else { throw .system(SystemFailure("'\(target)'")) }
    }

    /// Whether a link at a path of the copy leads to another place of it.
    private static func staysInside(_ destination: String, from path: String) -> Bool {
        guard !destination.hasPrefix("/") else { return false }
        var depth = path.utf8.count { $0 == UInt8(ascii: "/") }
        for part in destination.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return false }
        }
        return true
    }

    private func settle(_ target: String, like source: Int32) throws(Failure) {
        var status = stat()
        guard fstat(source, &status) == 0, chmod(target, status.st_mode & 0o777 | 0o700) == 0 else {
            throw .system(SystemFailure("'\(target)'"))
        }
        var times = [status.st_mtim, status.st_mtim]
        utimensat(AT_FDCWD, target, &times, AT_SYMLINK_NOFOLLOW)
    }
}
