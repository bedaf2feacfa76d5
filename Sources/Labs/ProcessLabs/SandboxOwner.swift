import Glibc
import HostFiles
import Processes

/// The user of the host that a lab's user 0 is, where root starts the lab.
///
/// Root's sandbox isn't root's: what runs in it belongs, for the kernel, to a user who owns nothing on the host. The kernel's
/// limits then bind it, files that only root may read are closed to it though a mount shows them, and what it leaves on the
/// disk has an owner without rights. The files' root is mapped, too, as the lab's `nobody`, but only the sandbox's own
/// start ever is that user.
struct SandboxOwner: Hashable, Sendable {
    let user: uid_t

    /// What the host's user 0 is inside.
    static let rootInside: uid_t = 65534

    /// Numbers of the host that stand for nobody: far above those of people and of containers, and, where this process
    /// itself is in a user namespace of few users, one below the usual `nobody`.
    private static let candidates: [uid_t] = [2_000_170_011, 65533]

    /// Chooses an owner for a sandbox of this process's.
    ///
    /// - Parameter installation: What of the host the sandbox shows.
    /// - Returns: `nil` where the sandbox must belong to the caller: it isn't root, may not hand out users, or has parts
    ///   that can be read by root only.
    static func choose(showing installation: Installation) -> SandboxOwner? {
        guard geteuid() == 0, maySetUsers, installation.bindings.map(\.source).allSatisfy(isForAll) else { return nil }
        let users = numbers(in: endOfFile("/proc/self/uid_map", limit: 1 << 16))
        let groups = numbers(in: endOfFile("/proc/self/gid_map", limit: 1 << 16))
        return candidates.first { number in
            users.contains { $0.contains(number) } && groups.contains { $0.contains(number) }
        }.map(SandboxOwner.init)
    }

    /// The numbers that a map of a user namespace gives a meaning to.
    ///
    /// - Parameter map: Lines of first number inside, first number outside, and count; see user_namespaces(7).
    static func numbers(in map: String) -> [Range<uid_t>] {
        map.split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: " ").compactMap { uid_t($0) }
            guard numbers.count == 3 else { return nil }
            let (end, overflows) = numbers[0].addingReportingOverflow(numbers[2])
            return numbers[0]..<(overflows ? .max : end)
        }
    }

    /// `CAP_SETUID` and `CAP_SETGID` in this process's own user namespace.
    private static var maySetUsers: Bool {
        let status = endOfFile("/proc/self/status", limit: 1 << 16)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let set = UInt64(line.dropFirst("CapEff:".count).drop(while: \.isWhitespace), radix: 16)
        else { return false }
        return set >> 6 & 3 == 3
    }

    private static func isForAll(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return true }
        return status.st_mode & 0o004 != 0 && (status.st_mode & S_IFMT != S_IFDIR || status.st_mode & 0o001 != 0)
    }

    /// Gives a directory of the host, and all in it, to the lab; before anything of the lab has run.
    func takeOver(_ directory: String) throws(SystemFailure) {
        try giveFiles(below: directory, to: user)
    }

    /// Says who the users of a new sandbox are.
    ///
    /// - Parameter process: In the sandbox's user namespace, and waiting.
    func map(_ process: pid_t) throws(SystemFailure) {
        for map in ["uid_map", "gid_map"] {
            let path = "/proc/\(process)/\(map)"
            let text = Array("0 \(user) 1\n\(Self.rootInside) 0 1\n".utf8)
            let file = open(path, O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { throw SystemFailure("'\(path)'") }
            defer { close(file) }
            // The kernel takes it at once or not at all.
            guard write(file, text, text.count) == text.count else { throw SystemFailure("'\(path)'") }
        }
    }
}
