import CLinux
public import Glibc
public import Processes

/// What a file takes of the disk, and what tells it from others.
public struct FileUsage: Hashable, Sendable {
    /// The number of the file system, which inode numbers are unique within.
    public var device: UInt64
    /// Its inode's number, which is the device's own.
    public var number: UInt64
    /// How many names it has; 0 once the last was removed.
    public var links: UInt64
    /// What it takes of the disk, which is less than its length where it has holes.
    public var bytes: UInt64
    /// `false` for directories, links, pipes, sockets and devices.
    public var isRegular: Bool

    /// Takes the numbers of a `stat`; ``bytes`` are blocks times 512.
    public init(device: UInt64, number: UInt64, links: UInt64, bytes: UInt64, isRegular: Bool) {
        self.device = device
        self.number = number
        self.links = links
        self.bytes = bytes
        self.isRegular = isRegular
    }
}

/// Calls `visit` for a directory and everything below it, however deep, without following a link or leaving the file
/// system. What can't be read is left out.
///
/// For a process of one thread: it goes down by changing the working directory, and comes back.
public func visitFiles(below directory: String, _ visit: (FileUsage) -> Void) {
    withoutActuallyEscaping(visit) { visit in
        var visitor = visit
        withUnsafeMutablePointer(to: &visitor) { visitor in
            _ = linux_visit_files(
                directory,
                { file, context in
                    guard let file = file?.pointee,
                        let visit = context?.assumingMemoryBound(to: ((FileUsage) -> Void).self).pointee
                    else { return }
                    visit(
                        FileUsage(
                            device: file.device, number: file.number, links: file.links, bytes: file.bytes,
                            isRegular: file.is_regular))
                }, visitor)
        }
    }
}

/// Gives a directory and everything in it to a user and the group of the same number. No link is followed, and what lies
/// on another file system is left.
///
/// Nobody else may change names there meanwhile.
public func giveFiles(below directory: String, to user: uid_t) throws(SystemFailure) {
    let failure = linux_give_files(directory, user)
    guard failure == 0 else { throw SystemFailure("'\(directory)'", number: failure) }
}
