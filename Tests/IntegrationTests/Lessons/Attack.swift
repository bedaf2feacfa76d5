/// One way in which a lesson might get out of its sandbox, and what must come of it.
struct Attack {
    /// What is tried.
    var name: String
    /// For bash; most ask ``AttackTool`` for something.
    var command: String
    /// What is printed; empty for nothing.
    var outcome: String
    /// Whether the shell that it's typed into ends by it.
    var endsShell: Bool { command.hasPrefix("for p in /proc") }

    init(_ name: String, _ command: String, _ outcome: String) {
        self.name = name
        self.command = command.replacing("attack ", with: "python3 /root/attack.py ")
        self.outcome = outcome
    }
}

extension Attack {
    /// - Parameters:
    ///   - hostPort: A port of the host's loopback address at which something listens.
    ///   - mark: A number of nine digits that occurs nowhere on the host: what an attack leaves there is known by it
    ///     (see ``HostTraces``). In the commands below it's `MARK`.
    static func all(hostPort: Int, mark: String) -> [Attack] {
        let all =
            keys + sockets + namespaces + mounts + kernel + processes + terminals + processFiles + files + rights
            + network(hostPort: hostPort) + ends
        return all.map { Attack($0.name, $0.command.replacing("MARK", with: mark), $0.outcome) }
    }

    private static let keys = [
        Attack("search the host's session keyring", "attack call keyctl 10 -3 s:user s:host 0", "refused EPERM"),
        Attack("read the user's keyring", "attack call keyctl 11 -4 b:64 64", "refused EPERM"),
        Attack("join a session keyring", "attack call keyctl 1 null", "refused EPERM"),
        Attack("plant a key", "attack call add_key s:user s:MARK s:x 1 -3", "refused EPERM"),
        Attack("plant a key in the user's keyring", "attack call add_key s:user s:MARK s:x 1 -4", "refused EPERM"),
        Attack("plant a key in the thread's keyring", "attack call add_key s:user s:MARK s:x 1 -1", "refused EPERM"),
        Attack("have a key requested", "attack call request_key s:user s:host null -3", "refused EPERM"),
    ]

    private static let sockets = [
        Attack("reach the hypervisor", "attack socket 40 1", "refused EAFNOSUPPORT"),
        Attack("reach the hypervisor by datagrams", "attack socket 40 2", "refused EAFNOSUPPORT"),
        Attack("load the kernel's ciphers", "attack socket 38 5", "refused EAFNOSUPPORT"),
        Attack("see all packets", "attack socket 17 3 768", "refused EAFNOSUPPORT"),
        Attack("manage IPsec keys", "attack socket 15 3 2", "refused EAFNOSUPPORT"),
        Attack("speak Bluetooth", "attack socket 31 1 3", "refused EAFNOSUPPORT"),
        Attack("speak to a car", "attack socket 29 3 1", "refused EAFNOSUPPORT"),
        Attack("speak TIPC", "attack socket 30 1", "refused EAFNOSUPPORT"),
        Attack("speak RDS", "attack socket 21 5", "refused EAFNOSUPPORT"),
        Attack("open an XDP socket", "attack socket 44 3", "refused EAFNOSUPPORT"),
        Attack("hear of the host's devices", "attack socket 16 3 15", "refused EPROTONOSUPPORT"),
        Attack("read the host's audit", "attack socket 16 3 9", "refused EPROTONOSUPPORT"),
        Attack("change firewall rules", "attack socket 16 3 12", "refused EPROTONOSUPPORT"),
        Attack("forge packets", "attack socket 2 3 255", "refused ESOCKTNOSUPPORT"),
        Attack("forge IPv6 packets", "attack socket 10 3 58", "refused ESOCKTNOSUPPORT"),
        Attack("load SCTP", "attack socket 2 1 132", "refused EPROTONOSUPPORT"),
        Attack("load DCCP", "attack socket 2 6 33", "refused ESOCKTNOSUPPORT"),
        Attack("load UDP-Lite", "attack socket 2 2 136", "refused EPROTONOSUPPORT"),
        Attack("make a pair of another family", "attack pair 30", "refused EAFNOSUPPORT"),
    ]

    private static let namespaces = [
        Attack("make a user namespace", "attack call unshare 0x10000000", "refused ENOSPC"),
        Attack("make a user and a mount namespace", "attack call unshare 0x10020000", "refused ENOSPC"),
        Attack("make a mount namespace", "attack call unshare 0x20000", "refused EPERM"),
        Attack("make a process namespace", "attack call unshare 0x20000000", "refused EPERM"),
        Attack("make a network namespace", "attack call unshare 0x40000000", "refused EPERM"),
        Attack("make a time namespace", "attack call unshare 0x80", "refused EPERM"),
        Attack("make a control group namespace", "attack call unshare 0x2000000", "refused EPERM"),
        Attack("start a process in a user namespace", "attack call clone 0x10000011 0 0 0 0", "refused ENOSPC"),
        Attack("start a process in a network namespace", "attack call clone 0x40000011 0 0 0 0", "refused EPERM"),
        Attack("hide the flags of a new process", "attack call clone3 b:88 88", "refused ENOSYS"),
        Attack("enter the first process's mounts", "attack read /proc/1/ns/mnt", "refused EACCES"),
        Attack("enter a namespace", "attack call setns 0 0", "refused EPERM"),
    ]

    private static let mounts = [
        Attack("mount memory", "attack call mount s:MARK s:/mnt s:tmpfs 0 null", "refused EPERM"),
        Attack("mount a fresh /proc", "attack call mount s:MARK s:/mnt s:proc 0 null", "refused EPERM"),
        Attack("mount /sys", "attack call mount s:MARK s:/mnt s:sysfs 0 null", "refused EPERM"),
        Attack("make /usr writable", "attack call mount null s:/usr null 0x20 null", "refused EPERM"),
        Attack("uncover a masked file", "attack call umount2 s:/proc/keys 2", "refused EPERM"),
        Attack("uncover /proc/sys", "attack call umount2 s:/proc/sys 2", "refused EPERM"),
        Attack("change the root", "attack call pivot_root s:/ s:/mnt", "refused EPERM"),
        Attack("leave a changed root", "attack escape-root", "refused EPERM"),
        Attack("open a file system", "attack call fsopen s:proc 0", "refused EPERM"),
        Attack("pick a file system", "attack call fspick -100 s:/ 0", "refused EPERM"),
        Attack("clone a tree of mounts", "attack call open_tree -100 s:/usr 1", "refused EPERM"),
        Attack("move a mount", "attack call move_mount -100 s:/usr -100 s:/mnt 0", "refused EPERM"),
        Attack("change a mount's flags", "attack call mount_setattr -100 s:/usr 0 b:32 32", "refused EPERM"),
        Attack("list all mounts", "attack call listmount b:32 b:64 8 0", "refused ENOSYS"),
        Attack("open a file by its number", "attack call open_by_handle_at -100 b:128 0", "refused EPERM"),
    ]

    private static let kernel = [
        Attack("load a BPF program", "attack call bpf 5 b:128 128", "refused EPERM"),
        Attack("make a BPF map", "attack call bpf 0 b:128 128", "refused EPERM"),
        Attack("count the processor's events", "attack call perf_event_open b:128 0 -1 -1 0", "refused EPERM"),
        Attack("handle page faults", "attack call userfaultfd 0", "refused EPERM"),
        Attack("handle page faults of user mode", "attack call userfaultfd 1", "refused EPERM"),
        Attack("make a ring of calls", "attack call io_uring_setup 8 b:120", "refused ENOSYS"),
        Attack("register a ring of calls", "attack call io_uring_register -1 0 null 0", "refused ENOSYS"),
        Attack("watch a file system", "attack call fanotify_init 0x200 0", "refused EPERM"),
        Attack("load a module", "attack call finit_module 0 s: 0", "refused EPERM"),
        Attack("load another kernel", "attack call kexec_load 0 0 null 0", "refused EPERM"),
        Attack("switch the machine off", "attack call reboot 0xfee1dead 672274793 0x4321fedc null", "refused EPERM"),
        Attack("swap to a file", "attack call swapon s:/root/MARK 0", "refused EPERM"),
        Attack("read the kernel's messages", "attack call syslog 3 b:4096 4096", "refused EPERM"),
        Attack("set the clock", "attack call clock_settime 0 b:16", "refused EPERM"),
        Attack("turn the clock", "attack call adjtimex b:208", "refused EPERM"),
        Attack("rename the lab", "attack call sethostname s:MARK 9", "refused EPERM"),
        Attack("hang up terminals", "attack call vhangup", "refused EPERM"),
        Attack("make data executable", "attack call personality 0x400000", "refused EPERM"),
        Attack("use a call of a later kernel", "attack call next", "refused ENOSYS"),
    ]

    private static let processes = [
        Attack("trace the first process", "attack call ptrace 16 1 0 0", "refused EPERM"),
        Attack("seize the first process", "attack call ptrace 0x4206 1 0 0", "refused EPERM"),
        Attack("read the first process's memory", "attack read /proc/1/mem", "refused EACCES"),
        Attack("read the first process's environment", "attack read /proc/1/environ", "refused EACCES"),
        Attack("follow the first process's root", "ls /proc/1/root/ 2>&1 | tail -c 18", "Permission denied"),
        Attack("find a descriptor of the first process", "ls /proc/1/fd 2>/dev/null | wc -l", "0"),
        Attack("find a path of the host in a command line", "grep -l bwrap /proc/[0-9]*/cmdline; echo", ""),
        Attack("take a descriptor", "attack call pidfd_getfd 0 0 0", "refused EPERM"),
        Attack("read memory across processes", "attack call process_vm_readv 1 b:16 1 b:16 1 0", "refused EPERM"),
        Attack("write memory across processes", "attack call process_vm_writev 1 b:16 1 b:16 1 0", "refused EPERM"),
        Attack("compare with another process", "attack call kcmp 1 1 0 0 0", "refused EPERM"),
        Attack("move another process's pages", "attack call migrate_pages 1 64 b:8 b:8", "refused EPERM"),
        Attack("stop the first process", "attack signal 19", "done init lives"),
        Attack("kill the first process", "attack signal 9", "done init lives"),
        Attack("end the first process", "attack signal 15", "done init lives"),
        Attack("find the services' processes", "attack visible sleep-of-a-service", "done 0"),
        Attack("have a descriptor of the host's", "attack descriptors", "done /dev/pts"),
    ]

    private static let terminals = [
        Attack("type into the terminal", "attack ioctl 0x5412", "refused EPERM"),
        Attack("type with the upper bits set", "attack ioctl 0x100005412", "refused EPERM"),
        Attack("paste into a console", "attack ioctl 0x541C", "refused EPERM"),
        Attack("take over the console", "attack ioctl 0x541D", "refused EPERM"),
        Attack("load a line discipline", "attack ioctl 0x5423", "refused EPERM"),
        Attack("find the host's terminals", "ls /dev/tty[0-9]* /dev/vcs* /dev/console 2>/dev/null | wc -l", "0"),
    ]

    /// Files of the kernel that read as empty, or aren't there.
    private static let processFiles =
        [
            "keys", "key-users", "kallsyms", "kmsg", "kpagecount", "kpageflags", "kpagecgroup", "slabinfo",
            "vmallocinfo",
            "timer_list", "pagetypeinfo", "sched_debug", "iomem", "interrupts", "cmdline", "kcore",
        ].map { Attack("read /proc/\($0)", "head -c 100 /proc/\($0) 2>/dev/null | wc -c", "0") }
        + [
            Attack("set a helper of the kernel's", "attack write /proc/sys/kernel/core_pattern MARK", "refused EROFS"),
            Attack(
                "switch address randomisation off", "attack write /proc/sys/kernel/randomize_va_space 0",
                "refused EROFS"),
            Attack("empty the host's caches", "attack write /proc/sys/vm/drop_caches 3", "refused EROFS"),
            Attack("allow user namespaces", "attack write /proc/sys/user/max_user_namespaces MARK", "refused EROFS"),
            Attack(
                "register a format of programs", "attack write /proc/sys/fs/binfmt_misc/register x", "refused ENOENT"),
            Attack(
                "press the magic key", "test -w /proc/sysrq-trigger && attack write /proc/sysrq-trigger h; echo $?", "1"
            ),
            Attack("find /sys", "attack read /sys/kernel/notes", "refused ENOENT"),
        ]

    private static let files = [
        Attack("make a disk's device", "attack mknod b 254 0", "refused EPERM"),
        Attack("make a device of memory", "attack mknod c 1 1", "refused EPERM"),
        Attack(
            "find devices of the host", "ls /dev/kvm /dev/mem /dev/vda /dev/fuse /dev/vsock 2>/dev/null | wc -l", "0"),
        Attack("write to /usr", "attack write /usr/bin/MARK", "refused EROFS"),
        Attack("write to a library", "attack write /lib/MARK", "refused EROFS"),
        Attack("change the agent", "attack write /opt/lectern/bin/lectern-agent", "refused EROFS"),
        Attack("change the agent through its process", "attack write /proc/1/exe", "refused EACCES"),
        Attack("read the host's passwords", "attack read /etc/shadow", "refused ENOENT"),
        Attack("find the engine of containers", "ls /run/docker.sock /var/run/docker.sock 2>/dev/null | wc -l", "0"),
        Attack("find the supervisor's socket", "find / -xdev -name control.sock 2>/dev/null | wc -l", "0"),
        Attack(
            "fill the device directory", "head -c 1m /dev/zero 2>/dev/null > /dev/fill; stat -c %s /dev/fill", "65536"),
        Attack("leave a tree too deep for paths", "attack deep-tree", "done made"),
    ]

    private static let rights = [
        Attack("have a capability", "attack capabilities", "done none"),
        Attack("take capabilities", "attack call capset b:8 b:24 ", "refused EINVAL"),
        Attack("gain rights by a set-user-id program", "attack set-user-id", "done 0 NoNewPrivs:1"),
        Attack("become another user", "attack call setresuid 1 1 1", "refused EINVAL"),
        Attack("choose groups", "attack call setgroups 0 null", "refused EPERM"),
        Attack("allow new privileges", "attack call prctl 38 0 0 0 0", "refused EINVAL"),
    ]

    private static func network(hostPort: Int) -> [Attack] {
        [
            Attack("reach the host's loopback", "attack connect 127.0.0.1 \(hostPort)", "refused ECONNREFUSED"),
            Attack("reach a private network", "attack connect 10.0.0.1 80", "refused ENETUNREACH"),
            Attack("reach a cloud's metadata", "attack connect 169.254.169.254 80", "refused ENETUNREACH"),
            Attack("find an interface", "ls /proc/sys/net/ipv4/conf | tr '\\n' ' '", "all default lo"),
        ]
    }

    /// What comes last: it ends what the others need.
    private static let ends = [
        Attack("stop the agent's number", "kill -STOP 2 2>/dev/null; kill -9 2 2>/dev/null; echo alive", "alive"),
        Attack("kill every process that is seen", "(sleep 1000 &); kill -9 -1; echo $?", "0"),
        Attack("kill every process by its number", "for p in /proc/[0-9]*; do kill -9 ${p#/proc/}; done", ""),
    ]
}
