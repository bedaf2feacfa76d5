import CLinux
import Glibc

/// The system call a thread is blocked in, as `/proc/PID/task/TID/syscall` tells it.
struct SystemCallWait: Equatable {
    enum Look {
        case running
        case blocked(SystemCallWait)
        /// The thread ended meanwhile.
        case gone
        /// The kernel doesn't let the caller trace the process.
        case unreadable
    }

    let kind: linux_wait_kind
    private let arguments: [UInt64]

    static func of(thread: pid_t, process: pid_t) -> Look {
        guard let text = contents(of: "/proc/\(process)/task/\(thread)/syscall", limit: 512) else {
            return errno == EACCES || errno == EPERM ? .unreadable : .gone
        }
        guard let first = text.first, first != UInt8(ascii: "r") else { return text.isEmpty ? .gone : .running }
        // -1: blocked, but in no system call (a page fault, a stop).
        guard first != UInt8(ascii: "-") else { return .running }
        let fields = text.split(separator: UInt8(ascii: " "))
        let kind = linux_wait_kind_of_system_call(Int(decimal(fields[0])))
        return .blocked(SystemCallWait(kind: kind, arguments: fields.dropFirst().prefix(6).map { hexadecimal($0) }))
    }

    /// What the call waits to read from.
    func descriptors(of process: pid_t) -> [Int32] {
        guard arguments.count == 6 else { return [] }
        switch kind {
        case LINUX_WAIT_READ: return [Int32(truncatingIfNeeded: arguments[0])]
        case LINUX_WAIT_POLL, LINUX_WAIT_PPOLL: return polled(of: process)
        case LINUX_WAIT_SELECT, LINUX_WAIT_PSELECT: return selected(of: process)
        case LINUX_WAIT_EPOLL, LINUX_WAIT_EPOLL_PWAIT2: return registered(of: process)
        default: return []
        }
    }

    /// How long the call waits at most, in seconds; `nil` without a limit.
    func timeout(of process: pid_t) -> Double? {
        guard arguments.count == 6 else { return nil }
        switch kind {
        case LINUX_WAIT_POLL: return milliseconds(arguments[2])
        case LINUX_WAIT_EPOLL: return milliseconds(arguments[3])
        case LINUX_WAIT_PPOLL: return time(at: arguments[2], of: process, fraction: 1e-9)
        case LINUX_WAIT_PSELECT: return time(at: arguments[4], of: process, fraction: 1e-9)
        case LINUX_WAIT_SELECT: return time(at: arguments[4], of: process, fraction: 1e-6)
        case LINUX_WAIT_EPOLL_PWAIT2: return time(at: arguments[3], of: process, fraction: 1e-9)
        default: return nil
        }
    }

    private func milliseconds(_ argument: UInt64) -> Double? {
        let value = Int32(truncatingIfNeeded: argument)
        return value < 0 ? nil : Double(value) / 1000
    }

    private func time(at address: UInt64, of process: pid_t, fraction: Double) -> Double? {
        guard address != 0, let words = memory(of: process, at: address, count: 2, as: Int64.self) else { return nil }
        return Double(words[0]) + Double(words[1]) * fraction
    }

    private func polled(of process: pid_t) -> [Int32] {
        let count = Int(min(arguments[1], 1024))
        let entries = memory(of: process, at: arguments[0], count: count, as: pollfd.self) ?? []
        return entries.filter { $0.fd >= 0 && $0.events & Int16(POLLIN) != 0 }.map(\.fd)
    }

    private func selected(of process: pid_t) -> [Int32] {
        let count = Int(min(arguments[0], 1024))
        guard count > 0, arguments[1] != 0,
            let words = memory(of: process, at: arguments[1], count: (count + 63) / 64, as: UInt64.self)
        else { return [] }
        return (0..<count).filter { words[$0 / 64] & (1 << UInt64($0 % 64)) != 0 }.map { Int32($0) }
    }

    private func registered(of process: pid_t) -> [Int32] {
        let path = "/proc/\(process)/fdinfo/\(Int32(truncatingIfNeeded: arguments[0]))"
        guard let text = contents(of: path) else { return [] }
        // Lines like `tfd:       17 events:       19 data: …`; bit 0 of the events, in hexadecimal, is EPOLLIN.
        return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count > 3, words[0].elementsEqual("tfd:".utf8), hexadecimal(words[3]) & 1 != 0 else {
                return nil
            }
            return Int32(truncatingIfNeeded: decimal(words[1]))
        }
    }
}

/// Values from another process's memory; `nil` when they can't be read whole.
private func memory<Value: BitwiseCopyable>(
    of process: pid_t, at address: UInt64, count: Int, as type: Value.Type
) -> [Value]? {
    guard count > 0 else { return [] }
    let descriptor = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = count * MemoryLayout<Value>.stride
    var complete = false
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
        complete = pread(descriptor, buffer.baseAddress, size, off_t(bitPattern: UInt(address))) == size
        initialized = complete ? count : 0
    }
    return complete ? values : nil
}
