public import CProcessSpawning
public import Glibc

/// A program to start as the leader of a process group, with default signals and only the descriptors it's given.
public struct SpawnRequest {
    /// The program's path, or a name to look up in the `PATH` of ``environment``, and its arguments; never empty.
    public var arguments: [String]
    /// `NAME=value` each; nothing is inherited.
    public var environment: [String]
    /// Where it starts; `nil` for the caller's working directory.
    public var directory: String?
    /// The caller's descriptors that become 0, 1, 2 and so on; at most eight. They stay open on this side.
    public var descriptors: [Int32]
    /// `true` makes it the leader of a session, which no terminal's signals reach.
    public var startsSession: Bool

    public init(
        _ arguments: [String], environment: [String], directory: String? = nil, descriptors: [Int32],
        startsSession: Bool = false
    ) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.descriptors = descriptors
        self.startsSession = startsSession
    }

    /// Starts the program.
    ///
    /// - Returns: The process's id, which is its process group's too. The caller reaps it.
    public func spawn() throws(SystemFailure) -> pid_t {
        guard let name = arguments.first else { throw SystemFailure("an empty command", number: EINVAL) }
        guard let program = findProgram(name, path: environment.last { $0.hasPrefix("PATH=") }?.dropFirst(5)) else {
            throw SystemFailure("'\(name)'", number: ENOENT)
        }
        var pid: pid_t = 0
        let result = withCStrings(arguments) { arguments in
            withCStrings(environment) { environment in
                cps_spawn(
                    program, arguments, environment, directory, descriptors, Int32(descriptors.count), startsSession,
                    &pid)
            }
        }
        guard result == 0 else { throw SystemFailure("'\(name)'", number: result) }
        return pid
    }
}

/// Finds a program as a shell does.
///
/// - Parameters:
///   - name: Taken as it is when it has a slash.
///   - path: Directories between colons; `nil` for the system's usual ones.
/// - Returns: `nil` when no directory has an executable file of this name.
public func findProgram(_ name: String, path: Substring?) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return name }
    for directory in (path ?? "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin").split(separator: ":") {
        let candidate = "\(directory)/\(name)"
        if access(candidate, X_OK) == 0 { return candidate }
    }
    return nil
}

/// A call of the operating system failed.
public struct SystemFailure: Error, CustomStringConvertible {
    /// An `errno`.
    public let number: Int32
    /// The subject and the system's words for the number.
    public let description: String

    /// - Parameter number: The calling thread's `errno` unless the call returned it otherwise.
    public init(_ subject: String, number: Int32 = errno) {
        self.number = number
        description = "\(subject): \(String(cString: strerror(number)))"
    }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Value>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
