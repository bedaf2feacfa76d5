/// What is tried in containers, by what it aims at.
enum ContainerAttacks {
    private static let denied = ["Operation not permitted", "Permission denied"]
    /// What the agent's filter of system calls answers, beside that of the engine.
    private static let filtered =
        denied + [
            "Address family not supported", "Function not implemented", "No space left on device",
            "Protocol not supported",
            "Socket type not supported",
        ]

    /// The kernel that the container shares with the host.
    static let kernel: [LabAttack] = [
        .call("mount a file system", .mount, "$n, $p, $n, 0, 0", after: #"$n = "tmpfs"; $p = "/mnt";"#),
        // MS_REMOUNT | MS_BIND
        .call("make /proc/sys writable", .mount, "0, $p, 0, 4128, 0", after: #"$p = "/proc/sys";"#),
        LabAttack(
            "choose the host's program for crashes", "echo '|/tmp/x' 2>&1 > /proc/sys/kernel/core_pattern",
            refusedWith: "Read-only file system"),
        LabAttack(
            "command the kernel by its magic keys", "echo b 2>&1 > /proc/sysrq-trigger",
            refusedWith: "Read-only file system"),
        LabAttack(
            "make the host a router", "echo 1 2>&1 > /proc/sys/net/ipv4/ip_forward",
            refusedWith: "Read-only file system"),
        LabAttack(
            "lift its own limit on memory",
            "for f in /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max; do echo 1 2>&1 > $f; done",
            refusedWith: "Read-only file system"),
        LabAttack(
            "change the kernel through /sys", "echo x 2>&1 > /sys/kernel/mm/transparent_hugepage/enabled",
            refusedWith: "Read-only file system"),
        .call(
            "have the host run a program when a control group ends", .mount, "$n, $p, $n, 0, $o",
            after: #"$n = "cgroup"; $p = "/mnt"; $o = "memory";"#),
        LabAttack("read the kernel's log", "dmesg 2>&1", refusedWith: "Operation not permitted"),
        LabAttack("read the kernel's memory", "head -c 1 /proc/kcore | wc -c", refusedWith: "0"),
        LabAttack("read the kernel's keys", "wc -c < /proc/keys", refusedWith: "0"),
        LabAttack("read the kernel's timers", "wc -c < /proc/timer_list", refusedWith: "0"),
        LabAttack(
            "make the node of a disk", "mknod /tmp/disk b 254 0 2>&1; head -c 1 /tmp/disk 2>&1",
            refusedWith: "Operation not permitted"),
        LabAttack(
            "find devices of the host",
            "ls /dev/kmsg /dev/mem /dev/kvm /dev/vda /dev/sda /dev/fuse 2>&1 | grep -vc 'No such'",
            refusedWith: "0"),
        LabAttack("set the clock", "date -s 2001-01-01 2>&1", refusedWith: "Operation not permitted"),
        .call("name the host", .setHostName, "$n, 1", after: #"$n = "x";"#),
        LabAttack(
            "become root of another user namespace", "unshare -Ur id 2>&1", refusedWith: "Operation not permitted",
            "No space left on device"),
        LabAttack(
            "look at the kernel's first process's files", "ls /proc/1/root/ 2>&1", refusedWith: "Permission denied"),
        .call("add a key to the host's", .addKey, "$t, $d, $p, 1, -2", after: #"$t = "user"; $d = "d"; $p = "p";"#),
        .call("read a key of the host's", .getKey),
        .call("load a program into the kernel", .bpf),
        .call("measure the host's processors", .perfEvent, refusedWith: denied),
        .call("hold the kernel up at a page fault", .userFault),
        .call("load another kernel", .kexecLoad),
        .call("load a module", .initModule),
        .call("open a file of the host by its number", .openByHandle),
        .call("enter another namespace", .setNamespace),
        .call("make namespaces", .unshare, "0x10000000", refusedWith: filtered),
        .call("change its root", .pivotRoot),
        .call("prepare a mount by the newer calls", .fsOpen),
        .call("take a mount apart by the newer calls", .openTree),
        .call("move a mount by the newer calls", .moveMount),
        .call("swap to a file", .swapOn),
        .call("switch the machine off", .reboot, "0xfee1dead, 672274793, 0x1234567, 0"),
        .call("name the domain", .setDomainName, "$n, 1", after: #"$n = "x";"#),
        .call("log what processes do", .account),
        .call("set quotas of a disk", .quota),
        .call("come before all others", .setPriority, "0, 0, -20", refusedWith: denied),
        .call("have a processor for itself", .setScheduler, "0, 1, $p", after: #"$p = pack("i", 50);"#),
    ]

    /// The agent, which is the first process of the workspace's container.
    static let agent: [LabAttack] = [
        LabAttack("read the agent's memory", "head -c 1 /proc/1/mem 2>&1", refusedWith: "Permission denied"),
        LabAttack("read the agent's environment", "cat /proc/1/environ 2>&1", refusedWith: "Permission denied"),
        LabAttack("see what the agent has open", "ls -l /proc/1/fd/0 2>&1", refusedWith: "Permission denied"),
        LabAttack("write into the agent's output", "echo x 2>&1 > /proc/1/fd/1", refusedWith: "Permission denied"),
        .call("trace the agent", .ptrace, "16, 1, 0, 0"),
        .call(
            "read what the agent holds", .processRead, "1, $l, 1, $l, 1, 0",
            after: #"$b = "x" x 8; $l = pack("PQ", $b, 8);"#),
        .call(
            "take a descriptor from the agent", .pidfdGetFD, "$f, 0, 0",
            after: "$f = syscall(\(SystemCall.pidfdOpen.number), 1, 0);", refusedWith: denied),
    ]

    /// Sockets that lead elsewhere than to the lab.
    static let sockets: [LabAttack] = [
        .socket("send raw packets", family: 2, type: 3, protocol: 1, refusedWith: filtered),
        .socket("listen to all packets", family: 17, type: 3, refusedWith: filtered),
        .socket("use the kernel's ciphers by a socket", family: 38, type: 5, refusedWith: filtered),
        .socket("speak to a hypervisor", family: 40, type: 1, refusedWith: filtered),
        LabAttack("have an interface beside loopback", "ls /sys/class/net | tr '\\n' ' '", refusedWith: "lo \0"),
        LabAttack(
            "use the engine's socket",
            "ls /var/run/docker.sock /run/docker.sock /run/containerd 2>&1 | grep -vc 'No such'",
            refusedWith: "0"),
    ]

    /// System calls that engines let services make, and that the workspace has no use for.
    static let calls: [LabAttack] = [
        .call("speak to the kernel by io_uring", .ioUring, "1, $p", after: #"$p = "\0" x 128;"#, refusedWith: filtered)
    ]

    /// More than its share.
    static let bounds: [LabAttack] = [
        LabAttack(
            "gain rights by a set-user-id program",
            "cp $(command -v id) /tmp/id && chmod 4755 /tmp/id && su -s /bin/sh nobody -c '/tmp/id -u'",
            refusedWith: "65534"),
        LabAttack(
            "have more capabilities than the small set", "grep CapBnd /proc/self/status",
            refusedWith: "00000000000000eb"),
        LabAttack("lift a limit that it was given", "ulimit -f unlimited 2>&1", refusedWith: "not permitted", "bad"),
        LabAttack("leave core dumps to the host", "ulimit -Hc", refusedWith: "0"),
        LabAttack("have 20 GiB of shared memory", "df -B1M --output=size /dev/shm | tail -n 1", refusedWith: " 300"),
        LabAttack(
            "have more processes than its share",
            "for i in $(seq 80); do sleep 20 & done 2>&1; wait 2>/dev/null",
            refusedWith: "Resource temporarily unavailable", "Cannot fork"),
        LabAttack(
            "use more memory than its share", "head -c 400m /dev/zero | tail -c 390m | wc -c; echo lived",
            refusedWith: "lived"),
        LabAttack(
            "write to what comes with the lesson", "echo x 2>&1 > /lesson/page.md; chmod 777 /lesson/page.md 2>&1",
            refusedWith: "Read-only file system"),
        .call("make the lesson writable", .mount, "0, $p, 0, 4128, 0", after: #"$p = "/lesson";"#),
        LabAttack(
            "put a set-user-id program where the host sees it", "cp /bin/sh /lesson/sh 2>&1",
            refusedWith: "Read-only file system"),
    ]

    /// Signals to everything that it can reach; the lab goes on.
    static let killers = [
        "kill -9 -1", "kill -9 1", "kill -TERM 1; kill -INT 1; kill -HUP 1; kill -QUIT 1; kill -SEGV 1; kill -STOP 1",
        "for p in /proc/[0-9]*; do kill -9 ${p#/proc/}; done",
        "rm -rf /.lectern; pkill -9 .",
    ]

    static var all: [LabAttack] { kernel + agent + sockets + calls + bounds }
}
