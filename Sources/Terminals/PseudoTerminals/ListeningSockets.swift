import Glibc

/// Whether a process holds a listening TCP or Unix socket of its network namespace.
func hasListeningSocket(_ process: pid_t) -> Bool {
    var inodes: Set<UInt64> = []
    forEachNumber(in: "/proc/\(process)/fd") { descriptor in
        var target = [CChar](repeating: 0, count: 64)
        guard readlink("/proc/\(process)/fd/\(descriptor)", &target, target.count) > 8 else { return }
        let name = target.map { UInt8(bitPattern: $0) }
        if name.starts(with: "socket:[".utf8) { inodes.insert(decimal(name[8...])) }
    }
    guard !inodes.isEmpty else { return false }
    for table in ["tcp", "tcp6"] {
        // sl, local and remote address, st (0A is LISTEN), queues, timer, retransmits, uid, timeout, inode
        let found = listens(in: "/proc/\(process)/net/\(table)", inodes) { fields in
            fields.count > 9 && fields[3].elementsEqual("0A".utf8) ? decimal(fields[9]) : nil
        }
        if found { return true }
    }
    // Num, RefCount, Protocol, Flags (__SO_ACCEPTCON is 0x10000), Type, St, Inode
    return listens(in: "/proc/\(process)/net/unix", inodes) { fields in
        fields.count > 6 && hexadecimal(fields[3]) & 0x10000 != 0 ? decimal(fields[6]) : nil
    }
}

private func listens(
    in table: String, _ inodes: Set<UInt64>, _ listener: ([ArraySlice<UInt8>]) -> UInt64?
) -> Bool {
    guard let text = contents(of: table, limit: 4 << 20) else { return false }
    return text.split(separator: UInt8(ascii: "\n")).dropFirst().contains { line in
        listener(line.split(separator: UInt8(ascii: " "))).map(inodes.contains) ?? false
    }
}
