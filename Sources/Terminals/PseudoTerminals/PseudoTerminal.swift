import CLinux
public import Glibc

/// The master side of a pseudo-terminal.
///
/// The descriptor is non-blocking and close-on-exec; whoever opened it closes it. Reading it fails with `EIO` once the
/// last process that holds the terminal has ended, which is the terminal's end of file and no error.
public struct PseudoTerminal: Sendable {
    /// The master's file descriptor.
    public let master: Int32
    /// The number N of the slave `/dev/pts/N`.
    public let number: Int32

    /// Opens a pseudo-terminal of this size, in character cells.
    ///
    /// - Throws: ``PseudoTerminalError`` when the system has no terminal to give.
    public static func open(columns: Int, rows: Int) throws(PseudoTerminalError) -> PseudoTerminal {
        let master = linux_open_terminal(UInt16(clamping: columns), UInt16(clamping: rows))
        guard master >= 0 else { throw PseudoTerminalError("a pseudo-terminal cannot be opened", errno) }
        let number = linux_terminal_slave(master)
        guard number >= 0 else {
            let reason = errno
            Glibc.close(master)
            throw PseudoTerminalError("a pseudo-terminal has no number", reason)
        }
        return PseudoTerminal(master: master, number: number)
    }

    /// Takes over a master that another process passed.
    ///
    /// Whoever passed it may not be trusted: it is looked at, made non-blocking and never followed anywhere.
    ///
    /// - Parameter descriptor: Belongs to the terminal from now on; closed when this returns `nil`.
    /// - Returns: `nil` when the descriptor is not the master of a pseudo-terminal.
    public init?(adopting descriptor: Int32) {
        let flags = fcntl(descriptor, F_GETFL)
        guard linux_is_terminal_master(descriptor), flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0
        else {
            Glibc.close(descriptor)
            return nil
        }
        self.init(master: descriptor, number: linux_terminal_slave(descriptor))
    }

    private init(master: Int32, number: Int32) {
        self.master = master
        self.number = number
    }

    /// Starts a program as the leader of a new session on this terminal, with default signals and no other descriptors.
    ///
    /// - Parameters:
    ///   - executable: A path; `PATH` isn't searched.
    ///   - arguments: With the program's name as first element.
    ///   - environment: `NAME=value` strings, nothing is inherited.
    ///   - directory: Where the program starts; `nil` for the caller's directory.
    /// - Returns: The process's id, which is also its session and process group. The caller reaps it.
    public func spawn(
        executable: String, arguments: [String], environment: [String], directory: String?
    ) throws(PseudoTerminalError) -> pid_t {
        let argumentStrings = CStrings(arguments)
        let environmentStrings = CStrings(environment)
        var process: pid_t = 0
        var options = linux_spawn_options()
        options.new_session = true
        options.mount_namespace = -1
        let failure = "/dev/pts/\(number)".withCString { terminal in
            withOptionalCString(directory) { directory in
                options.terminal = terminal
                options.directory = directory
                return linux_spawn(
                    executable, argumentStrings.pointers, environmentStrings.pointers, &options, &process)
            }
        }
        withExtendedLifetime((argumentStrings, environmentStrings)) {}
        guard failure == 0 else { throw PseudoTerminalError("'\(executable)' cannot be started", failure) }
        return process
    }

    /// Gives the terminal a new size, in character cells; its foreground process group gets SIGWINCH.
    public func resize(columns: Int, rows: Int) {
        _ = linux_resize_terminal(master, UInt16(clamping: columns), UInt16(clamping: rows))
    }

    /// Sends a signal to the terminal's foreground process group; nothing happens when there is none.
    public func signalForeground(_ signal: Int32) {
        let group = tcgetpgrp(master)
        if group > 0 { kill(-group, signal) }
    }

    /// Closes the master; the terminal's processes get SIGHUP.
    public func close() {
        Glibc.close(master)
    }
}

/// A system call on a pseudo-terminal failed.
public struct PseudoTerminalError: Error, CustomStringConvertible {
    /// What failed, naming the subject.
    public let problem: String
    /// The system's `errno`.
    public let code: Int32

    init(_ problem: String, _ code: Int32) {
        self.problem = problem
        self.code = code
    }

    /// The ``problem``, and what the system calls its ``code``.
    public var description: String { "\(problem): \(String(cString: strerror(code)))" }
}

private func withOptionalCString(_ string: String?, _ body: (UnsafePointer<CChar>?) -> Int32) -> Int32 {
    guard let string else { return body(nil) }
    return string.withCString(body)
}

/// A null-terminated array of C strings, freed with its last reference.
private final class CStrings {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [String]) {
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() { (pointers + index).initialize(to: strdup(string)) }
        (pointers + count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}
