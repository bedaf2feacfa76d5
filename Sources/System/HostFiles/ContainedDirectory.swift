import CLinux
import Glibc
public import Processes

/// A directory of the host beneath which anything may be hostile or change at any moment: a lab's, or a lesson's.
///
/// Everything is opened relative to the directory's descriptor and never outside it: by `openat2` with `RESOLVE_BENEATH`
/// where the kernel has it, else component by component with `O_NOFOLLOW`. A pipe never blocks, and a file is looked at
/// through its descriptor, so that what was checked is what is read.
public final class ContainedDirectory: Sendable {
    /// What becomes of symbolic links on the way.
    public enum Links: Sendable {
        /// Any of them is an error: for what a running lab can change.
        case refused
        /// Those that stay inside are followed: for a lesson's own files. An absolute one leads out.
        case followedInside
    }

    /// The directory's path as it was given, for messages.
    public let path: String
    let descriptor: Int32
    private let usesOpenat2: Bool

    /// Opens a directory that the user, or Lectern itself, has named: links in the path are followed.
    ///
    /// - Throws: `SystemFailure` naming the path.
    public convenience init(_ path: String) throws(SystemFailure) {
        try self.init(path, usesOpenat2: true)
    }

    /// - Parameter usesOpenat2: `false` as on a kernel before 5.6.
    package init(_ path: String, usesOpenat2: Bool) throws(SystemFailure) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure("'\(path)'") }
        self.path = path
        self.descriptor = descriptor
        self.usesOpenat2 = usesOpenat2
    }

    private init(adopting descriptor: Int32, path: String, usesOpenat2: Bool) {
        self.path = path
        self.descriptor = descriptor
        self.usesOpenat2 = usesOpenat2
    }

    deinit { close(descriptor) }

    // MARK: Opening

    /// Opens a regular file for reading; anything else isn't opened in a way that could block.
    ///
    /// - Parameter path: Relative to the directory; a leading `/` leads out.
    public func file(_ path: String, links: Links = .refused) throws(ContainedFailure) -> ContainedFile {
        let descriptor = try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, links: links)
        return try ContainedFile(adopting: descriptor)
    }

    /// The bytes of a regular file.
    ///
    /// - Parameter limit: In bytes; a file with more is refused unread.
    public func contents(
        of path: String, limit: Int, links: Links = .refused
    ) throws(ContainedFailure) -> [UInt8] {
        try file(path, links: links).contents(limit: limit)
    }

    /// Opens a directory beneath this one.
    public func directory(_ path: String, links: Links = .refused) throws(ContainedFailure) -> ContainedDirectory {
        let descriptor = try open(path, O_RDONLY | O_DIRECTORY, links: links)
        return ContainedDirectory(
            adopting: descriptor, path: "\(self.path)/\(path)", usesOpenat2: usesOpenat2)
    }

    /// Makes a file that isn't there yet, for writing.
    ///
    /// - Returns: A descriptor that the caller closes.
    public func create(_ path: String, mode: UInt32) throws(ContainedFailure) -> Int32 {
        try open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, links: .refused)
    }

    /// Makes a directory, and those that lead to it; one that is there isn't an error.
    public func makeDirectory(_ path: String) throws(ContainedFailure) {
        var directory = self
        for part in path.split(separator: "/") where part != "." {
            guard part != ".." else { throw .outside }
            let name = String(part)
            if mkdirat(directory.descriptor, name, 0o755) != 0, errno != EEXIST {
                throw ContainedFailure(number: errno)
            }
            directory = try directory.directory(name)
        }
    }

    /// The names in the directory itself, without `.` and `..`, in no order.
    public var names: [String] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            if copy >= 0 { close(copy) }
            return []
        }
        defer { closedir(stream) }
        return namesOfEntries(in: stream)
    }

    /// What a name of the directory itself refers to, links not followed; `nil` for nothing.
    func status(of name: String) -> stat? {
        var status = stat()
        guard !name.utf8.contains(UInt8(ascii: "/")), fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        else { return nil }
        return status
    }

    /// The text of a symbolic link in the directory itself.
    func destination(of name: String) -> String? {
        linkDestination(name, in: descriptor)
    }

    // MARK: The two ways

    private func open(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, links: Links
    ) throws(ContainedFailure) -> Int32 {
        guard !path.utf8.contains(0) else { throw .absent }
        let path = path.isEmpty ? "." : path
        if usesOpenat2 {
            // The kernel gives up where something was renamed meanwhile; nobody renames forever.
            for _ in 0..<8 {
                let opened = linux_open_beneath(descriptor, path, flags, mode, links == .followedInside)
                if opened >= 0 { return opened }
                switch errno {
                case EAGAIN, EINTR: continue
                case ENOSYS, EPERM:
                    return try DescriptorWalk(root: descriptor).open(path, flags, mode: mode, links: links)
                default: throw ContainedFailure(number: errno)
                }
            }
        }
        return try DescriptorWalk(root: descriptor).open(path, flags, mode: mode, links: links)
    }
}

/// A regular file that is open for reading; what is said of it holds for the very bytes that are read.
public final class ContainedFile: Sendable {
    /// In bytes, when it was opened.
    public let size: Int
    /// Permission bits.
    public let mode: UInt32
    let descriptor: Int32
    let modified: timespec

    /// - Parameter descriptor: Belongs to the file from now on, also when this throws.
    init(adopting descriptor: Int32) throws(ContainedFailure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notRegular(isDirectory: status.st_mode & S_IFMT == S_IFDIR)
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
        mode = status.st_mode & 0o7777
        modified = status.st_mtim
    }

    /// Opens a regular file that the user has named, wherever it is: links are followed.
    public convenience init(named path: String) throws(ContainedFailure) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // A directory without read permission says so; what a link leads to is the user's business.
            throw errno == ELOOP ? .system(ELOOP) : ContainedFailure(number: errno)
        }
        try self.init(adopting: descriptor)
    }

    deinit { close(descriptor) }

    /// Whether this process may write it.
    public var isWritable: Bool { access("/proc/self/fd/\(descriptor)", W_OK) == 0 }

    /// Whether its owner may run it.
    public var isExecutable: Bool { mode & 0o100 != 0 }

    /// All bytes from the beginning.
    ///
    /// - Parameter limit: In bytes; a file with more, also one that grew meanwhile, is refused.
    public func contents(limit: Int) throws(ContainedFailure) -> [UInt8] {
        guard size <= limit else { throw .tooLarge(bytes: size) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var block = [UInt8](repeating: 0, count: min(max(size + 1, 512), 256 * 1024))
        while true {
            let count = pread(descriptor, &block, block.count, off_t(bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            if count == 0 { return bytes }
            bytes += block[..<count]
            guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count) }
        }
    }
}
