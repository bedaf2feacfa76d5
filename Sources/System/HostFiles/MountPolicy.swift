import Glibc

/// Which of the host's files a lesson's environment may show to its lab.
///
/// A lesson comes from anywhere. Its Compose file may mount what lies in the same checkout, and nothing else of the host.
public enum MountPolicy {
    /// What marks the top of a checkout, or of a package that was unpacked from an archive.
    private static let marks = [".git", "Package.swift"]

    /// The directory that holds everything a Compose file may mount: the checkout around it, or its own directory where
    /// there is none. Symbolic links are resolved.
    public static func root(of composeFile: String) -> String? {
        guard let file = resolved(composeFile), let own = parent(of: file) else { return nil }
        var directory: String? = own
        while let candidate = directory {
            if marks.contains(where: { access("\(candidate)/\($0)", F_OK) == 0 }) { return candidate }
            directory = parent(of: candidate)
        }
        return own
    }

    /// Whether a path, its symbolic links resolved, lies in a directory or is that directory.
    public static func allows(_ path: String, under root: String) -> Bool {
        guard let path = resolved(path) else { return false }
        return path == root || path.hasPrefix(root == "/" ? root : root + "/")
    }

    /// The path with its symbolic links resolved; `nil` when nothing is there.
    public static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The innermost folder above a path that is there.
    public static func deepestFolder(above path: String) -> String {
        var folder = parent(of: path)
        while let candidate = folder, resolved(candidate) == nil { folder = parent(of: candidate) }
        return folder ?? "/"
    }

    private static func parent(of path: String) -> String? {
        guard path != "/", let slash = path.lastIndex(of: "/") else { return nil }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
