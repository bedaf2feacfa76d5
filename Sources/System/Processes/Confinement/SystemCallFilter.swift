import Glibc

/// The system calls that a lab's processes are refused, and why.
///
/// Everything a lab runs has no capability, no way to gain one and no user namespace of its own, so most of these would
/// fail anyway. The filter is a second wall, and for some calls (`keyctl`, `socket`, `ioctl`) the only one. A call that
/// isn't named here is allowed as long as its number was known when the filter was written.
///
/// - SeeAlso: seccomp(2).
public struct SystemCallFilter: Sendable {
    /// What is refused to a process of a lab.
    public static let lab = SystemCallFilter(
        refusals: keys + namespaces + mounts + kernel + observation + sockets + rest)

    /// In the order in which they're asked; the first that applies answers.
    public let refusals: [Refusal]

    /// Calls of one kind, refused for one reason.
    public struct Refusal: Sendable {
        /// Names as in the manual, section 2.
        public let calls: [String]
        /// What the call fails with.
        public let errno: Int32
        /// All must be true; none refuses the call whatever its arguments.
        public let conditions: [ArgumentCondition]
        /// Why the lab has no use for the calls, or what they would open; for readers of this list.
        public let reason: String

        init(_ calls: String..., errno: Int32 = EPERM, when conditions: [ArgumentCondition] = [], reason: String) {
            self.calls = calls
            self.errno = errno
            self.conditions = conditions
            self.reason = reason
        }
    }

    /// Something about the lower 32 bits of an argument. The kernel reads no more of any argument that is asked here.
    public struct ArgumentCondition: Sendable {
        /// 0–5.
        public let argument: Int
        /// The bits that are compared.
        public let mask: UInt32
        /// What the masked bits are compared with.
        public let values: [UInt32]
        /// Whether the argument must be one of the values, or none of them.
        public let isMember: Bool

        static func argument(_ number: Int, mask: UInt32 = .max, isOneOf values: UInt32...) -> Self {
            Self(argument: number, mask: mask, values: values, isMember: true)
        }

        static func argument(_ number: Int, mask: UInt32 = .max, isNoneOf values: UInt32...) -> Self {
            Self(argument: number, mask: mask, values: values, isMember: false)
        }

        static func argument(_ number: Int, hasAnyBitOf mask: UInt32) -> Self {
            Self(argument: number, mask: mask, values: [0], isMember: false)
        }
    }

    /// The last number of a call that existed when this list was written (Linux 6.18, `file_setattr`). A later one fails
    /// as on a kernel that doesn't have it. Numbers with bit 30, those of the x32 ABI, lie above it, too.
    static let lastKnownCall: UInt32 = 469
}

extension SystemCallFilter {
    private static let keys = [
        Refusal(
            "keyctl", "add_key", "request_key",
            reason: "keyrings belong to users, not to namespaces: the host's keys could be read, and others planted")
    ]

    /// `CLONE_NEWTIME`, `…NEWNS`, `…NEWCGROUP`, `…NEWUTS`, `…NEWIPC`, `…NEWUSER`, `…NEWPID` and `…NEWNET`.
    private static let namespaceFlags: UInt32 = 0x7E02_0080
    private static let newUser: UInt32 = 0x1000_0000

    private static let namespaces = [
        Refusal(
            "unshare", errno: ENOSPC, when: [.argument(0, hasAnyBitOf: newUser)],
            reason: "in a user namespace of its own a process has capabilities; the kernel's word for none to be had"),
        Refusal(
            "unshare", when: [.argument(0, hasAnyBitOf: namespaceFlags)],
            reason: "other namespaces open parts of the kernel that are seldom tested against hostile callers"),
        Refusal(
            "clone", errno: ENOSPC, when: [.argument(0, hasAnyBitOf: newUser)], reason: "as unshare"),
        Refusal(
            // The lowest byte of clone's flags is a signal, and CLONE_NEWTIME lies in it.
            "clone", when: [.argument(0, hasAnyBitOf: namespaceFlags & ~0xFF)], reason: "as unshare"),
        Refusal(
            "clone3", errno: ENOSYS,
            reason: "its flags lie in memory, which a filter can't read; libraries then call clone"),
        Refusal("setns", reason: "leads into other namespaces"),
    ]

    private static let mounts = [
        Refusal(
            "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount", "fspick", "move_mount",
            "open_tree", "open_tree_attr", "mount_setattr", "swapon", "swapoff", "quotactl", "quotactl_fd",
            reason: "the sandbox's view of the files is made once, by the agent"),
        Refusal(
            "statmount", "listmount", errno: ENOSYS, reason: "tells paths of the host that mounts come from"),
        Refusal(
            "open_by_handle_at", reason: "opens files by number, whether or not a path leads to them"),
    ]

    private static let kernel = [
        Refusal(
            "bpf", "perf_event_open", "userfaultfd", "fanotify_init", "modify_ldt",
            reason: "large or subtle parts of the kernel that have given root away before, and that no lesson needs"),
        Refusal(
            "io_uring_setup", "io_uring_enter", "io_uring_register", errno: ENOSYS,
            reason: "makes other calls without a filter seeing them; programs fall back to epoll"),
        Refusal(
            "init_module", "finit_module", "delete_module", "create_module", "query_module", "get_kernel_syms",
            "kexec_load", "kexec_file_load", "reboot", "acct", "iopl", "ioperm", "settimeofday", "clock_settime",
            "clock_adjtime", "sethostname", "setdomainname", "vhangup", "file_setattr",
            reason: "changes the machine, or what the lab is told to be"),
        Refusal(
            "adjtimex", when: [.argument(0, isNoneOf: 0)],
            reason: "sets the machine's clock, or tells by how much it's wrong"),
        Refusal(
            "_sysctl", "uselib", "ustat", "sysfs", "nfsservctl", "lookup_dcookie", errno: ENOSYS,
            reason: "obsolete; nothing has called them for ten years but attacks"),
    ]

    /// `ptrace` is allowed, so that gdb and strace work: a process namespace holds only what the same lesson started, and
    /// the agent and each first process can't be traced.
    private static let observation = [
        Refusal(
            "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp", "process_madvise", "process_mrelease",
            "move_pages", "migrate_pages",
            reason: "reaches into other processes; debuggers do without"),
        Refusal("syslog", reason: "reads the host's kernel messages, where dmesg_restrict is off"),
        Refusal(
            // What a debugger asks for (ADDR_NO_RANDOMIZE) changes the caller alone; uname26 and the like are harmless.
            "personality", when: [.argument(0, isNoneOf: 0, 0x0004_0000, 0xFFFF_FFFF)],
            reason: "READ_IMPLIES_EXEC, MMAP_PAGE_ZERO and other systems' personalities make exploits easier"),
    ]

    private enum Family {
        static let unix: UInt32 = 1
        static let inet: UInt32 = 2
        static let inet6: UInt32 = 10
        static let netlink: UInt32 = 16
    }

    private static let sockets = [
        Refusal(
            "socket", errno: EAFNOSUPPORT,
            when: [.argument(0, isNoneOf: Family.unix, Family.inet, Family.inet6, Family.netlink)],
            reason: "AF_VSOCK reaches the hypervisor past the network namespace; AF_ALG, AF_PACKET and forty more load "
                + "kernel modules on demand"),
        Refusal(
            "socketpair", errno: EAFNOSUPPORT, when: [.argument(0, isNoneOf: Family.unix)],
            reason: "as socket; only AF_UNIX has pairs that programs use"),
        Refusal(
            "socket", errno: EPROTONOSUPPORT,
            // NETLINK_ROUTE for getaddrinfo and ip, NETLINK_SOCK_DIAG for ss: both of the lab's own network.
            when: [.argument(0, isOneOf: Family.netlink), .argument(2, isNoneOf: 0, 4)],
            reason: "netlink protocols for firewalls, audit, devices and crypto speak to the host's kernel"),
        Refusal(
            "socket", errno: ESOCKTNOSUPPORT,
            // SOCK_STREAM and SOCK_DGRAM, with or without SOCK_CLOEXEC and SOCK_NONBLOCK.
            when: [
                .argument(0, isOneOf: Family.inet, Family.inet6), .argument(1, mask: 0xF, isNoneOf: 1, 2),
            ],
            reason: "raw sockets forge packets; SCTP and DCCP load kernel modules"),
        Refusal(
            "socket", errno: EPROTONOSUPPORT,
            // The default, ICMP, TCP, UDP and ICMPv6.
            when: [
                .argument(0, isOneOf: Family.inet, Family.inet6), .argument(2, isNoneOf: 0, 1, 6, 17, 58),
            ],
            reason: "rare protocols load kernel modules"),
    ]

    private static let rest = [
        Refusal(
            "ioctl",
            // TIOCSTI, TIOCLINUX, TIOCCONS and TIOCSETD.
            when: [.argument(1, isOneOf: 0x5412, 0x541C, 0x541D, 0x5423)],
            reason: "types into terminals, reads consoles, or loads line disciplines")
    ]
}
