import Glibc

/// Why something beneath a ``ContainedDirectory`` cannot be opened.
public enum ContainedFailure: Error, Hashable, Sendable {
    /// Nothing is there.
    case absent
    /// The path leads out of the directory, or through a symbolic link that may not be followed.
    case outside
    /// What is there is a directory, a pipe, a socket or a device.
    case notRegular(isDirectory: Bool)
    /// The file has more bytes than it may have.
    case tooLarge(bytes: Int)
    /// An `errno`, such as that of a missing permission.
    case system(Int32)

    init(number: Int32) {
        switch number {
        case ENOENT, ENOTDIR: self = .absent
        case EXDEV, ELOOP: self = .outside
        default: self = .system(number)
        }
    }

    /// Completes "'x' …".
    public var reason: String {
        switch self {
        case .absent: "does not exist"
        case .outside: "leads out of its directory"
        case .notRegular(let isDirectory): isDirectory ? "is a directory" : "is not a regular file"
        case .tooLarge(let bytes): "has \(bytes) bytes, which is too large"
        case .system(let number): "cannot be opened: \(String(cString: strerror(number)))"
        }
    }
}
