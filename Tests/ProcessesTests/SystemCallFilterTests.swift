import CLinux
import Glibc
import Testing

@testable import Processes

@Suite struct SystemCallFilterTests {
    private static let program = FilterProgram(.lab)

    /// What the kernel answers: 0 for allowed, else the errno.
    private func answer(
        to name: String, _ arguments: [UInt64] = [], architecture: UInt32 = linux_architecture()
    ) throws -> Int32 {
        let number = linux_system_call(name)
        try #require(number >= 0, "'\(name)' is a system call of this processor")
        return try ClassicBPF(Self.program.instructions).answer(
            to: SystemCallData(number: UInt32(number), architecture: architecture, arguments: arguments))
    }

    @Test(
        "every name in the list is in the table of numbers", arguments: SystemCallFilter.lab.refusals.flatMap(\.calls))
    func known(_ name: String) {
        #expect(linux_system_call(name) != -2)
        #expect(linux_system_call(name) <= Int(SystemCallFilter.lastKnownCall))
    }

    @Test(
        "keyrings, mounts, namespaces, io_uring and the like are refused whatever their arguments",
        arguments: [
            ("keyctl", EPERM), ("add_key", EPERM), ("request_key", EPERM), ("mount", EPERM), ("move_mount", EPERM),
            ("open_tree", EPERM), ("fsopen", EPERM), ("setns", EPERM), ("bpf", EPERM), ("perf_event_open", EPERM),
            ("userfaultfd", EPERM), ("io_uring_setup", ENOSYS), ("clone3", ENOSYS), ("open_by_handle_at", EPERM),
            ("process_vm_readv", EPERM), ("pidfd_getfd", EPERM), ("finit_module", EPERM), ("kexec_load", EPERM),
            ("statmount", ENOSYS), ("syslog", EPERM),
        ])
    func refused(_ name: String, _ errno: Int32) throws {
        #expect(try answer(to: name) == errno)
        #expect(try answer(to: name, [.max, .max, .max, .max, .max, .max]) == errno)
    }

    @Test(
        "only sockets of the lab's own network and of files are made",
        arguments: [
            (family: 1, type: 1, protocol: 0, errno: 0), (2, 1, 0, 0), (2, 2, 17, 0), (10, 0x80801, 6, 0), (2, 2, 1, 0),
            (16, 3, 0, 0), (16, 0x80003, 4, 0), (40, 1, 0, EAFNOSUPPORT), (38, 5, 0, EAFNOSUPPORT),
            (17, 3, 0, EAFNOSUPPORT),
            (16, 3, 15, EPROTONOSUPPORT), (16, 3, 12, EPROTONOSUPPORT), (2, 3, 1, ESOCKTNOSUPPORT),
            (10, 0x80803, 58, ESOCKTNOSUPPORT), (2, 1, 132, EPROTONOSUPPORT), (2, 1, 262, EPROTONOSUPPORT),
            (0, 1, 0, EAFNOSUPPORT), (0xFFFF_FFFF, 1, 0, EAFNOSUPPORT),
        ] as [(UInt64, UInt64, UInt64, Int32)])
    func sockets(_ socket: (family: UInt64, type: UInt64, protocol: UInt64, errno: Int32)) throws {
        #expect(try answer(to: "socket", [socket.family, socket.type, socket.protocol]) == socket.errno)
    }

    @Test("bits that the kernel doesn't look at don't hide a family")
    func upperHalves() throws {
        #expect(try answer(to: "socket", [1 << 32 | 40, 1, 0]) == EAFNOSUPPORT)
        #expect(try answer(to: "ioctl", [0, 1 << 32 | 0x5412]) == EPERM)
    }

    @Test("threads and processes are made, namespaces are not")
    func clones() throws {
        #expect(try answer(to: "clone", [0x3d0f00]) == 0)
        #expect(try answer(to: "clone", [0x0120_0011]) == 0)
        #expect(try answer(to: "clone", [0x1000_0011]) == ENOSPC)
        for flag in [0x2_0000, 0x200_0000, 0x400_0000, 0x800_0000, 0x2000_0000, 0x4000_0000] as [UInt64] {
            #expect(try answer(to: "clone", [flag | 17]) == EPERM)
            #expect(try answer(to: "unshare", [flag]) == EPERM)
        }
        #expect(try answer(to: "unshare", [0x80]) == EPERM)
        #expect(try answer(to: "unshare", [0x1002_0000]) == ENOSPC)
        // CLONE_FS and CLONE_FILES: no namespace.
        #expect(try answer(to: "unshare", [0x600]) == 0)
    }

    @Test("nothing types into a terminal but its user")
    func terminals() throws {
        for request in [0x5412, 0x541C, 0x5423] as [UInt64] { #expect(try answer(to: "ioctl", [0, request]) == EPERM) }
        for request in [0x5401, 0x5410, 0x5413] as [UInt64] { #expect(try answer(to: "ioctl", [0, request]) == 0) }
    }

    @Test("a debugger may trace and switch off address randomisation")
    func debuggers() throws {
        #expect(try answer(to: "ptrace", [0]) == 0)
        #expect(try answer(to: "personality", [0x0004_0000]) == 0)
        #expect(try answer(to: "personality", [0xFFFF_FFFF]) == 0)
        #expect(try answer(to: "personality", [0x0040_0000]) == EPERM)
    }

    @Test("programs of other architectures, and calls younger than the list, find a kernel without them")
    func otherKernels() throws {
        // AUDIT_ARCH_I386 and AUDIT_ARCH_ARM.
        for architecture in [0x4000_0003, 0x4000_0028] as [UInt32] {
            #expect(try answer(to: "ptrace", architecture: architecture) == ENOSYS)
        }
        for number in [0x4000_0000, 0x4000_0029, 470, 600, .max] as [UInt32] {
            let call = SystemCallData(number: number, architecture: linux_architecture(), arguments: [])
            #expect(try ClassicBPF(Self.program.instructions).answer(to: call) == ENOSYS)
        }
    }

    @Test("the program fits what the kernel takes, and every jump lands inside it")
    func form() {
        let instructions = Self.program.instructions
        #expect(instructions.count < 4096)
        for (position, instruction) in instructions.enumerated() where instruction.code & 7 == 5 {
            let farthest = max(instruction.jump_if_true, instruction.jump_if_false)
            #expect(position + 1 + Int(farthest) < instructions.count)
        }
    }
}

/// `struct seccomp_data`.
private struct SystemCallData {
    var number: UInt32
    var architecture: UInt32
    var arguments: [UInt64]

    func word(at offset: Int) -> UInt32? {
        switch offset {
        case 0: return number
        case 4: return architecture
        case 16..<64:
            let argument = (offset - 16) / 8
            let value = argument < arguments.count ? arguments[argument] : 0
            return UInt32(truncatingIfNeeded: offset % 8 == 0 ? value : value >> 32)
        default: return nil
        }
    }
}

/// Runs a filter as the kernel does; an instruction that no filter of ours has is an error.
private struct ClassicBPF {
    struct BadProgram: Error {}

    private let instructions: [linux_filter_instruction]

    init(_ instructions: [linux_filter_instruction]) {
        self.instructions = instructions
    }

    func answer(to call: SystemCallData) throws -> Int32 {
        var accumulator: UInt32 = 0
        var position = 0
        while position < instructions.count {
            let instruction = instructions[position]
            position += 1
            func jump(_ condition: Bool) {
                position += Int(condition ? instruction.jump_if_true : instruction.jump_if_false)
            }
            switch instruction.code {
            case 0x20:
                guard let word = call.word(at: Int(instruction.value)) else { throw BadProgram() }
                accumulator = word
            case 0x54: accumulator &= instruction.value
            case 0x15: jump(accumulator == instruction.value)
            case 0x25: jump(accumulator > instruction.value)
            case 0x06:
                return instruction.value == 0x7FFF_0000 ? 0 : Int32(instruction.value & 0xFFFF)
            default: throw BadProgram()
            }
        }
        throw BadProgram()
    }
}
