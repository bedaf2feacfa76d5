import Glibc

/// The beginning of a file under `/proc`, at most 16 kB; `nil` when it can't be read, with the reason in `errno`.
func contents(of path: String, limit: Int = 16_384) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        while count < limit {
            let length = read(descriptor, buffer.baseAddress.map { $0 + count }, limit - count)
            if length < 0 { failed = true }
            guard length > 0 else { break }
            count += length
            // A short file comes whole in one read; only long tables are worth another system call.
            if count < 1024 { break }
        }
    }
    return failed ? nil : bytes
}

/// Calls `body` with every entry of a directory whose name is a number.
func forEachNumber(in directory: String, _ body: (pid_t) -> Void) {
    guard let stream = opendir(directory) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
        var number: pid_t = 0
        let isNumber = withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
                var index = 0
                while index < 10, bytes[index] >= 0x30, bytes[index] <= 0x39 {
                    number = number &* 10 &+ pid_t(bytes[index] - 0x30)
                    index += 1
                }
                return index > 0 && bytes[index] == 0
            }
        }
        if isNumber { body(number) }
    }
}

/// What `/proc/PID/stat` says of a process.
struct ProcessStatus {
    var command: String
    var state: UInt8
    var terminal: Int32
    var cpuTicks: UInt64
    /// When it began, in clock ticks since the machine did.
    var startTicks: UInt64

    init?(of process: pid_t) {
        guard let text = contents(of: "/proc/\(process)/stat") else { return nil }
        // The command may hold blanks and parentheses: the last one ends it.
        guard let opening = text.firstIndex(of: UInt8(ascii: "(")),
            let closing = text.lastIndex(of: UInt8(ascii: ")")), opening < closing
        else { return nil }
        let fields = text[(closing + 1)...].split(separator: UInt8(ascii: " "))
        // Fields from `state` on: ppid pgrp session tty_nr … utime is the 12th, stime the 13th, starttime the 20th.
        guard fields.count > 19, let state = fields[0].first else { return nil }
        command = String(decoding: text[(opening + 1)..<closing], as: UTF8.self)
        self.state = state
        terminal = Int32(truncatingIfNeeded: decimal(fields[4]))
        cpuTicks = decimal(fields[11]) &+ decimal(fields[12])
        startTicks = decimal(fields[19])
    }
}

/// How often a thread has been taken off a processor: as long as that stays the same, a blocked one has not run.
///
/// - Returns: `nil` when the thread ended meanwhile.
func contextSwitches(of thread: pid_t, process: pid_t) -> UInt64? {
    contents(of: "/proc/\(process)/task/\(thread)/status").flatMap(contextSwitches(in:))
}

/// - Parameter status: What `/proc/PID/task/TID/status` says.
func contextSwitches(in status: [UInt8]) -> UInt64? {
    // Told by their names: what is after them differs from kernel to kernel.
    let names = ["voluntary_ctxt_switches:\t", "nonvoluntary_ctxt_switches:\t"]
    let counts = status.split(separator: UInt8(ascii: "\n")).compactMap { line in
        names.first { line.starts(with: $0.utf8) }.map { decimal(line.dropFirst($0.utf8.count)) }
    }
    return counts.count == 2 ? counts[0] &+ counts[1] : nil
}

func decimal(_ digits: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for digit in digits {
        guard digit >= 0x30, digit <= 0x39 else { break }
        value = value &* 10 &+ UInt64(digit - 0x30)
    }
    return value
}

func hexadecimal(_ digits: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for digit in digits {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - 0x30)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - 0x57)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(digit - 0x37)
        case UInt8(ascii: "x"): value = 0
        default: return value
        }
    }
    return value
}
