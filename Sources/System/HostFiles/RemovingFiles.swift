import Glibc
public import Processes

/// Makes a directory, and those above it, for the owner alone. One that is there already isn't an error.
public func makeDirectory(_ path: String) throws(SystemFailure) {
    var parent = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
        parent += "\(part)"
        if mkdir(parent, 0o700) != 0, errno != EEXIST { throw SystemFailure("'\(path)'") }
        parent += "/"
    }
}

/// The names in a directory, without `.` and `..`, in no order; empty when it can't be read.
public func namesInDirectory(_ path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    return namesOfEntries(in: stream)
}

/// Removes a file, or a directory and all in it, whatever permissions a lesson left there. What isn't there is not an error.
///
/// Links are removed, never followed, also when something changes meanwhile.
public func removeTree(_ path: String) {
    remove(path, in: AT_FDCWD)
}

/// Takes the set-user-id and set-group-id bits from everything in a directory. Links are not followed.
public func removeSetIDBits(in directory: ContainedDirectory) {
    for name in directory.names {
        guard let status = directory.status(of: name) else { continue }
        let bits = status.st_mode & 0o7777
        if status.st_mode & S_IFMT != S_IFLNK, bits & 0o6000 != 0 {
            fchmodat(directory.descriptor, name, bits & 0o1777, AT_SYMLINK_NOFOLLOW)
        }
        if status.st_mode & S_IFMT == S_IFDIR, let inner = try? directory.directory(name) {
            removeSetIDBits(in: inner)
        }
    }
}

private func remove(_ name: String, in parent: Int32) {
    if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return }
    // A directory without write or search permission would keep its entries. Not by its name where that may have become
    // a link: its target's permissions are not ours to change.
    let directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if directory < 0 {
        fchmodat(parent, name, 0o700, AT_SYMLINK_NOFOLLOW)
    } else {
        fchmod(directory, 0o700)
    }
    let opened = directory >= 0 ? directory : openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if opened >= 0, let stream = fdopendir(opened) {
        for name in namesOfEntries(in: stream) { remove(name, in: opened) }
        closedir(stream)
    }
    unlinkat(parent, name, AT_REMOVEDIR)
}

func namesOfEntries(in stream: OpaquePointer) -> [String] {
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}
