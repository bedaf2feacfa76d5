import Glibc
import Processes

/// Puts a `/proc` of the caller's process namespace in the place of the one that is there, and masks it.
///
/// The caller must be in a mount namespace of its own, with `CAP_SYS_ADMIN`.
func replaceProcessFiles() throws(SystemFailure) {
    let place = "/.proc"
    mkdir(place, 0o700)
    defer { rmdir(place) }
    // The new one first: a process namespace may be shown only to those who could see one before.
    try mountFileSystem("proc", at: place)
    guard umount2("/proc", Int32(MNT_DETACH)) == 0, mount(place, "/proc", nil, UInt(MS_MOVE), nil) == 0 else {
        throw SystemFailure("/proc")
    }
    try maskProcessFiles()
}

/// Hides those files of `/proc` that tell of the host, and makes those read-only that change it.
func maskProcessFiles() throws(SystemFailure) {
    for name in KernelFiles.emptied where isThere("/proc/\(name)") {
        try bind("/dev/null", over: "/proc/\(name)")
    }
    for name in KernelFiles.emptiedDirectories where isThere("/proc/\(name)") {
        try bind(emptyDirectory, over: "/proc/\(name)")
    }
    for name in KernelFiles.readOnly where isThere("/proc/\(name)") {
        try bind("/proc/\(name)", over: "/proc/\(name)")
    }
}

/// One for all: a file system for each would be one more line of `df`.
private let emptyDirectory = "/var/empty"

private let harmless = UInt(MS_NOSUID) | UInt(MS_NODEV) | UInt(MS_NOEXEC)

private func isThere(_ path: String) -> Bool {
    access(path, F_OK) == 0
}

private func mountFileSystem(
    _ type: String, at place: String
) throws(SystemFailure) {
    guard mount(type, place, type, harmless, nil) == 0 else { throw SystemFailure("'\(place)'") }
}

/// Shows one file or directory in the place of another, read-only.
private func bind(_ source: String, over place: String) throws(SystemFailure) {
    // A bind mount takes its flags only when it's mounted again; a device must go on being one.
    let flags = UInt(MS_BIND) | UInt(MS_REMOUNT) | UInt(MS_RDONLY) | UInt(MS_NOSUID) | UInt(MS_NOEXEC)
    guard mount(source, place, nil, UInt(MS_BIND), nil) == 0, mount(nil, place, nil, flags, nil) == 0 else {
        throw SystemFailure("'\(place)'")
    }
}
