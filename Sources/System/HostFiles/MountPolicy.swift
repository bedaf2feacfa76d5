import Glibc

/// Which of the host's files belong to a lesson.
///
/// A lesson comes from anywhere. It may read and show to its lab what lies in its own repository, and nothing else of the
/// host.
public enum MountPolicy {
    /// What marks the top of a repository, or of a package that was unpacked from an archive.
    private static let marks = [".git", "Package.swift"]

    /// The directory that holds everything a Compose file may use: the repository around it, or its own directory where
    /// there is none. Symbolic links are resolved.
    ///
    /// Never a directory that holds other people's things, nor anything above one: the root, a home directory, a
    /// directory that everybody may write to.
    ///
    /// - Parameter homes: Home directories, links resolved.
    /// - Returns: `nil` when the file isn't there, or lies in such a directory itself.
    public static func root(of composeFile: String, homes: Set<String> = homeDirectories) -> String? {
        resolved(composeFile).flatMap(parent).flatMap { root(around: $0, homes: homes) }
    }

    /// The same for what lies in a directory, such as a scenario's.
    public static func root(around directory: String, homes: Set<String> = homeDirectories) -> String? {
        guard let own = resolved(directory), !isShared(own, homes), !isTemporary(own) else { return nil }
        var candidate = own
        while true {
            if marks.contains(where: { access("\(candidate)/\($0)", F_OK) == 0 }) { return candidate }
            guard let above = parent(of: candidate), !isShared(above, homes), !isOpenToAll(above) else { return own }
            candidate = above
        }
    }

    /// Whether a path, its symbolic links resolved, lies in a directory or is that directory.
    public static func allows(_ path: String, under root: String) -> Bool {
        guard let path = resolved(path) else { return false }
        return relative(path, to: root) != nil
    }

    /// The path with its symbolic links resolved; `nil` when nothing is there.
    public static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where a path lies beneath a root, as ``ContainedDirectory`` takes it: the directories that lead to it are resolved,
    /// its last component isn't.
    ///
    /// - Returns: `nil` for a path outside, whether or not anything is there.
    public static func place(of path: String, under root: String) -> String? {
        guard let above = parent(of: path) else { return root == "/" ? "" : nil }
        let name = path[path.index(path.startIndex, offsetBy: above == "/" ? 1 : above.count + 1)...]
        guard name != "..", name != "." else { return resolved(path).flatMap { relative($0, to: root) } }
        if let directory = resolved(above) {
            // The root itself has its name outside.
            if resolved(path) == root { return "" }
            return relative(directory, to: root).map { $0.isEmpty ? String(name) : "\($0)/\(name)" }
        }
        // Nothing is there: it's inside when the innermost directory that is there is.
        guard relative(maxFolderDepth(above: path), to: root) != nil else { return nil }
        return relative(path, to: root) ?? String(name)
    }

    /// The innermost directory above a path that is there, links resolved.
    public static func maxFolderDepth(above path: String) -> String {
        var folder = parent(of: path)
        while let candidate = folder {
            if let resolved = resolved(candidate) { return resolved }
            folder = parent(of: candidate)
        }
        return "/"
    }

    /// The rest of a path behind a directory, without a leading `/`; empty for the directory itself.
    private static func relative(_ path: String, to root: String) -> String? {
        if path == root { return "" }
        let prefix = root == "/" ? root : root + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    private static func parent(of path: String) -> String? {
        guard path != "/", let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    // MARK: Directories of others

    private static func isShared(_ directory: String, _ homes: Set<String>) -> Bool {
        directory == "/" || homes.contains(directory) || parent(of: directory) == "/home"
    }

    private static func isOpenToAll(_ directory: String) -> Bool {
        var status = stat()
        return stat(directory, &status) != 0 || status.st_mode & S_IWOTH != 0
    }

    /// `/tmp` and its like: everybody may write, and nobody may remove what is another's.
    private static func isTemporary(_ directory: String) -> Bool {
        var status = stat()
        return stat(directory, &status) != 0 || status.st_mode & (S_IWOTH | S_ISVTX) == S_IWOTH | S_ISVTX
    }

    /// The home directories of this host's users, by `HOME` and `/etc/passwd`.
    public static let homeDirectories: Set<String> = {
        var homes = getenv("HOME").map { [String(cString: $0)] } ?? []
        for line in endOfFile("/etc/passwd", limit: 1 << 20).split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 5 { homes.append(String(fields[5])) }
        }
        return Set(homes.compactMap(resolved))
    }()
}
