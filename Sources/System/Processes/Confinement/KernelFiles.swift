/// What of `/proc` a lab doesn't see, or can't change, though the kernel would let it.
///
/// The files are the host's, not a namespace's: as root a lesson could read all of them, as another user some.
public enum KernelFiles {
    /// Files that read as empty.
    public static let emptied = [
        // Keys of the host's users.
        "keys", "key-users",
        // Addresses and contents of the kernel's memory.
        "kallsyms", "kcore", "kmsg", "kpagecgroup", "kpagecount", "kpageflags", "modules", "iomem", "ioports",
        // What the kernel and the host's other processes do.
        "slabinfo", "vmallocinfo", "pagetypeinfo", "buddyinfo", "zoneinfo", "allocinfo", "timer_list", "timer_stats",
        "sched_debug", "latency_stats", "interrupts", "softirqs", "lockdep", "locks", "lock_stat", "stack_erasing",
        // How the host was started, what its disks are called and what is mounted for swap.
        "cmdline", "bootconfig", "config.gz", "diskstats", "partitions", "swaps", "mdstat", "mtrr",
    ]

    /// Directories that are empty.
    public static let emptiedDirectories = [
        "acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "pressure", "scsi",
    ]

    /// What may be read, but not written.
    public static let readOnly = ["sys", "sysrq-trigger"]
}
