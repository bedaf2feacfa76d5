import CLinux
public import Glibc

/// Makes the memory and the open files of this process unreadable to others of its user: no `ptrace`, no `/proc/PID/fd`,
/// no `pidfd_getfd`. What it starts is readable again.
public func refuseInspection() throws(SystemFailure) {
    guard linux_refuse_inspection() == 0 else { throw SystemFailure("PR_SET_DUMPABLE") }
}

/// Runs `body` with the capabilities that this process may use in effect, and puts them out of effect again.
///
/// A process of one thread only: a capability belongs to a thread.
public func withCapabilities<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
) throws(Failure) -> Value {
    _ = linux_use_capabilities(true)
    defer { _ = linux_use_capabilities(false) }
    return try body()
}

/// Gives up all capabilities of this process for good.
public func dropCapabilities() throws(SystemFailure) {
    let failure = linux_drop_capabilities()
    guard failure == 0 else { throw SystemFailure("capabilities", number: failure) }
}

/// Closes every descriptor from this number on.
public func closeDescriptors(from first: Int32) {
    linux_close_from(first)
}

/// Makes a process namespace and starts its first process, which runs `body` and must never return from it.
///
/// For a process of one thread, with `CAP_SYS_ADMIN`.
///
/// - Returns: The process, and a descriptor of the namespace for ``withChildren(inProcessNamespace:_:)``.
public func makeProcessNamespace(
    _ body: () -> Never
) throws(SystemFailure) -> (initialProcess: pid_t, namespace: Int32) {
    let own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC)
    guard own >= 0 else { throw SystemFailure("/proc/self/ns/pid") }
    defer { close(own) }
    guard linux_new_pid_namespace_for_children() == 0 else { throw SystemFailure("a process namespace") }
    defer { _ = linux_enter_pid_namespace_for_children(own) }
    let process = linux_fork()
    if process == 0 { body() }
    guard process > 0 else { throw SystemFailure("the first process of a namespace") }
    let namespace = open("/proc/self/ns/pid_for_children", O_RDONLY | O_CLOEXEC)
    guard namespace >= 0 else {
        let failure = SystemFailure("/proc/self/ns/pid_for_children")
        kill(process, SIGKILL)
        throw failure
    }
    return (process, namespace)
}

/// Runs `body`, whose children begin in a process namespace made by ``makeProcessNamespace(_:)``.
public func withChildren<Value>(
    inProcessNamespace namespace: Int32, _ body: () throws(SystemFailure) -> Value
) throws(SystemFailure) -> Value {
    let own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC)
    guard own >= 0 else { throw SystemFailure("/proc/self/ns/pid") }
    defer { close(own) }
    guard linux_enter_pid_namespace_for_children(namespace) == 0 else { throw SystemFailure("a process namespace") }
    defer { _ = linux_enter_pid_namespace_for_children(own) }
    return try body()
}

/// Gives this process a copy of its mounts that it alone changes.
public func makeMountNamespace() throws(SystemFailure) {
    guard linux_new_mount_namespace() == 0 else { throw SystemFailure("a mount namespace") }
}

/// Sets the name that lists of processes show; at most 15 bytes.
public func setProcessName(_ name: String) {
    linux_set_name(name)
}

/// Becomes user and group 0, and no member of any other group. The capabilities of this process stay; it still can't be
/// inspected, and still ends with its parent.
public func becomeRoot() throws(SystemFailure) {
    let failure = linux_become_root()
    guard failure == 0 else { throw SystemFailure("user 0", number: failure) }
}

/// Gives up all capabilities of this process but these.
///
/// - Parameter kept: Numbers, as in `linux/capability.h`.
public func keepCapabilities(_ kept: [Int]) throws(SystemFailure) {
    let set = kept.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    guard linux_keep_capabilities(set) == 0 else { throw SystemFailure("capabilities") }
}
