import ComposeFiles

/// The capabilities of Linux that a container has of those that root has outside one.
///
/// Every other one is dropped, whatever the Compose file says.
enum ContainerCapabilities {
    /// What each container has unless its service drops it, and why.
    static let usual = [
        "CHOWN",  // entry points hand their data directory to the user that they become; installing packages
        "DAC_OVERRIDE",  // root reads and writes the files of the container's other users
        "FOWNER",  // `chmod` on the files of other users
        "KILL",  // root ends the processes of other users, as the masters of httpd and php-fpm do
        "SETGID",  // entry points, `su` and apt become another user
        "SETUID",  // likewise
    ]

    /// What a service may ask for by `cap_add`, and why it does no harm outside its container.
    static let allowed: Set<String> = Set(usual).union([
        "AUDIT_WRITE",  // sshd and sudo write to the audit log, which is rate-limited
        "FSETID",  // keeps the set-group-id bit of a directory whose owner changes
        "IPC_LOCK",  // locked memory counts towards the container's limit
        "NET_BIND_SERVICE",  // ports below 1024, in the lab's own network
        "SETFCAP",  // packages whose programs have capabilities: within what the container has
        "SETPCAP",  // a process gives up capabilities of its own
        "SYS_CHROOT",  // sshd and vsftpd shut their helpers in
    ])

    /// What the container of a service gets back after everything was dropped, in order.
    static func kept(by service: Service) -> [String] {
        let dropped = Set(service.droppedCapabilities)
        let usual = dropped.contains("ALL") ? [] : usual.filter { !dropped.contains($0) }
        return Set(usual).union(service.addedCapabilities.filter(allowed.contains)).sorted()
    }
}
