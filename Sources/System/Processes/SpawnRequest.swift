public import CLinux
public import Glibc

/// A program to start as the leader of a process group, with default signals and only the descriptors it's given.
public struct SpawnRequest {
    /// The program's path, or a name to look up in the `PATH` of ``environment``, and its arguments; never empty.
    public var arguments: [String]
    /// `NAME=value` each; nothing is inherited.
    public var environment: [String]
    /// Where it starts; `nil` for the caller's working directory.
    public var directory: String?
    /// What it reads and writes.
    public var input: Input
    /// `true` makes it the leader of a session, which no terminal's signals reach. One with a terminal always leads one.
    public var startsSession: Bool
    /// What keeps it from reaching further than it should; by default nothing.
    public var confinement = Confinement()

    /// Where the program's descriptors come from.
    public enum Input {
        /// The caller's descriptors that become 0, 1, 2 and so on; at most eight. They stay open on this side.
        case descriptors([Int32])
        /// The path, in the program's view of the file system, of a terminal that becomes 0, 1 and 2 and controls it.
        case terminal(String)
    }

    /// A program with descriptors of the caller's.
    ///
    /// - Parameters:
    ///   - arguments: The program's path or name, and its arguments; not empty.
    ///   - environment: `NAME=value` each; nothing is inherited.
    ///   - descriptors: Become 0, 1, 2 and so on; at most eight.
    public init(
        _ arguments: [String], environment: [String], directory: String? = nil, descriptors: [Int32],
        startsSession: Bool = false
    ) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = .descriptors(descriptors)
        self.startsSession = startsSession
    }

    /// A program that leads a session of its own, with a controlling terminal.
    ///
    /// - Parameters:
    ///   - arguments: The program's path or name, and its arguments; not empty.
    ///   - environment: `NAME=value` each; nothing is inherited.
    ///   - terminal: The terminal's path, in the program's view of the file system.
    public init(_ arguments: [String], environment: [String], directory: String? = nil, terminal: String) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = .terminal(terminal)
        self.startsSession = true
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
                withOptions { options in linux_spawn(program, arguments, environment, &options, &pid) }
            }
        }
        guard result == 0 else { throw SystemFailure("'\(name)'", number: result) }
        return pid
    }

    private func withOptions(_ body: (inout linux_spawn_options) -> Int32) -> Int32 {
        var options = linux_spawn_options()
        options.new_session = startsSession
        options.new_keyring = confinement.hasOwnKeyring
        options.mount_namespace = confinement.mountNamespace ?? -1
        options.drops_capabilities = confinement.dropsCapabilities
        options.oom_score = confinement.oomScore
        var descriptors: [Int32] = []
        var terminal: String?
        switch input {
        case .descriptors(let numbers): descriptors = numbers
        case .terminal(let path): terminal = path
        }
        return withOptionalCString(directory) { directory in
            withOptionalCString(terminal) { terminal in
                descriptors.withUnsafeBufferPointer { descriptors in
                    confinement.controlGroups.withUnsafeBufferPointer { groups in
                        confinement.filter.withUnsafeBufferPointer { filter in
                            options.directory = directory
                            options.terminal = terminal
                            options.descriptors = descriptors.baseAddress
                            options.descriptor_count = Int32(descriptors.count)
                            options.groups = groups.baseAddress
                            options.group_count = Int32(groups.count)
                            options.filter = filter.isEmpty ? nil : filter.baseAddress
                            options.filter_length = UInt16(filter.count)
                            return body(&options)
                        }
                    }
                }
            }
        }
    }
}

/// What keeps a program from reaching further than it should.
public struct Confinement {
    /// Gives it a session keyring without a key of the caller's.
    public var hasOwnKeyring = false
    /// A descriptor of the mount namespace that it lives in; `nil` for the caller's.
    public var mountNamespace: Int32?
    /// Takes all capabilities from it, and every way to gain one.
    public var dropsCapabilities = false
    /// Judges its system calls and those of all that it starts, none of which gains privileges any more; empty for none.
    public var filter: [linux_filter_instruction] = []
    /// Descriptors of `cgroup.procs` files of the control groups that it joins.
    public var controlGroups: [Int32] = []
    /// How much more readily than others the kernel ends it when memory runs out, 0–1000.
    public var oomScore: Int32 = 0

    /// Confines nothing.
    public init() {}
}

private func withOptionalCString(_ string: String?, _ body: (UnsafePointer<CChar>?) -> Int32) -> Int32 {
    guard let string else { return body(nil) }
    return string.withCString(body)
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
