import Glibc
public import Processes

/// Writes a whole file of Lectern's own; one that is there is emptied first. Not for a directory of the user's or of a
/// lab's: see ``replaceFile(_:with:mode:isDurable:keepsOwner:)``.
///
/// Nothing is forced to the disk, unlike Foundation's way: what is written here means nothing once the machine has been
/// switched off, and a lab's start would wait several milliseconds for each file.
///
/// - Throws: `SystemFailure` naming the file.
public func writeFile(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemFailure("'\(path)' cannot be written") }
    defer { close(file) }
    guard writeAll(bytes, to: file) else { throw SystemFailure("'\(path)' cannot be written") }
}

/// Writes a whole file in one move: whoever reads it meanwhile finds what was there before.
///
/// A new file takes the place of whatever is there. A symbolic link is replaced, never followed.
///
/// - Parameters:
///   - mode: Permission bits; `nil` for those of any new file.
///   - isDurable: Waits until the bytes are on the disk.
///   - keepsOwner: Gives the new file to the owner of the old one, where that may be done.
/// - Throws: `SystemFailure` naming the file; what was there before is left.
public func replaceFile(
    _ path: String, with bytes: [UInt8], mode: UInt32? = nil, isDurable: Bool = false, keepsOwner: Bool = false
) throws(SystemFailure) {
    let draft = try FileDraft(for: path)
    if keepsOwner { draft.takeOwner() }
    guard writeAll(bytes, to: draft.descriptor), mode.map({ fchmod(draft.descriptor, $0) == 0 }) ?? true,
        !isDurable || fsync(draft.descriptor) == 0
    else {
        let failure = SystemFailure("'\(path)' cannot be written")
        draft.discard()
        throw failure
    }
    close(try draft.takePlace())
}

/// Makes an empty file in the place of whatever is there, to be written piece by piece. A symbolic link is replaced,
/// never followed.
///
/// - Returns: A descriptor for writing that the caller closes.
/// - Throws: `SystemFailure` naming the file; what was there before is left.
public func makeFile(inPlaceOf path: String) throws(SystemFailure) -> Int32 {
    try FileDraft(for: path).takePlace()
}

/// A new file beside the one whose place it will take, under a name that nobody can foresee.
private struct FileDraft {
    let descriptor: Int32
    private let path: String
    private let directory: Int32
    private let name: String
    private let draft: String

    init(for path: String) throws(SystemFailure) {
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        self.path = path
        directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw SystemFailure("'\(path)' cannot be written") }
        var status = stat()
        // A device or a pipe isn't ours to replace, nor is a link that the system keeps beside them.
        let isThere = fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        let isReplaceable = [S_IFREG, S_IFLNK, S_IFDIR].contains(status.st_mode & S_IFMT)
        guard !isThere || isReplaceable && MountPolicy.resolved(parent) != "/dev" else {
            close(directory)
            throw SystemFailure("'\(path)' is not a regular file", number: EEXIST)
        }
        draft = ".\(name.utf8.count > FileName.maxLength ? "" : name).\(UInt64.random(in: .min ... .max))"
        descriptor = openat(directory, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let failure = SystemFailure("'\(path)' cannot be written")
            close(directory)
            throw failure
        }
    }

    func takeOwner() {
        var status = stat()
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
        _ = fchown(descriptor, status.st_uid, status.st_gid)
    }

    /// - Returns: The descriptor, which is the caller's from now on.
    func takePlace() throws(SystemFailure) -> Int32 {
        guard renameat(directory, draft, directory, name) == 0 else {
            let failure = SystemFailure("'\(path)' cannot be replaced")
            discard()
            throw failure
        }
        close(directory)
        return descriptor
    }

    func discard() {
        unlinkat(directory, draft, 0)
        close(descriptor)
        close(directory)
    }
}

/// - Returns: `false` with `errno` when not all could be written.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}
