public import CLinux
import Glibc

/// A filter as the kernel takes it: a classic BPF program over the number, the architecture and the arguments of a call.
///
/// - SeeAlso: seccomp(2), `struct seccomp_data`; bpf(4) of BSD for the instructions.
public struct FilterProgram: Sendable {
    /// In the order in which the kernel runs them; it takes at most 4,096.
    public let instructions: [linux_filter_instruction]

    /// Assembles a filter for this processor.
    ///
    /// Calls of any other architecture, such as those of 32-bit programs, fail with `ENOSYS`.
    public init(_ filter: SystemCallFilter) {
        var assembler = Assembler()
        assembler.load(at: Offset.architecture)
        assembler.skipNext(if: .equal, to: linux_architecture())
        assembler.answer(ENOSYS)
        assembler.load(at: Offset.number)
        assembler.skipNext(unless: .greater, than: SystemCallFilter.lastKnownCall)
        assembler.answer(ENOSYS)
        for refusal in filter.refusals {
            for call in refusal.calls {
                let number = linux_system_call(call)
                precondition(number != -2, "the system call '\(call)' is not in the table of CLinux")
                guard number >= 0 else { continue }
                assembler.refuse(UInt32(number), refusal)
            }
        }
        assembler.allow()
        instructions = assembler.instructions
    }

    /// Where things are in `struct seccomp_data`.
    enum Offset {
        static let number: UInt32 = 0
        static let architecture: UInt32 = 4
        /// The lower half, on a little-endian processor.
        static func argument(_ number: Int) -> UInt32 { UInt32(16 + 8 * number) }
    }
}

/// Writes the few kinds of instructions that a filter needs.
private struct Assembler {
    enum Comparison: UInt16 {
        /// `BPF_JMP | BPF_JEQ | BPF_K`
        case equal = 0x15
        /// `BPF_JMP | BPF_JGT | BPF_K`
        case greater = 0x25
    }

    private(set) var instructions: [linux_filter_instruction] = []

    /// `BPF_LD | BPF_W | BPF_ABS`
    mutating func load(at offset: UInt32) { append(0x20, offset) }

    mutating func skipNext(if comparison: Comparison, to value: UInt32) {
        append(comparison.rawValue, value, ifTrue: 1)
    }

    mutating func skipNext(unless comparison: Comparison, than value: UInt32) {
        append(comparison.rawValue, value, ifFalse: 1)
    }

    /// `BPF_RET | BPF_K` with `SECCOMP_RET_ERRNO`
    mutating func answer(_ errno: Int32) { append(0x06, 0x0005_0000 | UInt32(errno)) }

    /// `BPF_RET | BPF_K` with `SECCOMP_RET_ALLOW`
    mutating func allow() { append(0x06, 0x7FFF_0000) }

    /// Refuses one call. Expects its number to be loaded, and leaves it loaded when the call isn't refused.
    mutating func refuse(_ number: UInt32, _ refusal: SystemCallFilter.Refusal) {
        var body = Assembler()
        for condition in refusal.conditions {
            body.test(condition)
        }
        // The tests end in jumps past the answer; the number must be loaded again for what follows.
        let answerLength = 1
        append(Comparison.equal.rawValue, number, ifFalse: UInt8(body.instructions.count + answerLength + body.reload))
        for (position, instruction) in body.instructions.enumerated() {
            var instruction = instruction
            let toEnd = UInt8(body.instructions.count - position - 1 + answerLength)
            if instruction.jump_if_true == Self.toEnd { instruction.jump_if_true = toEnd }
            if instruction.jump_if_false == Self.toEnd { instruction.jump_if_false = toEnd }
            instructions.append(instruction)
        }
        answer(refusal.errno)
        if body.reload == 1 { load(at: FilterProgram.Offset.number) }
    }

    /// Stands for the distance to what follows the answer, until that is known.
    private static let toEnd = UInt8.max

    private var reload: Int { instructions.isEmpty ? 0 : 1 }

    private mutating func test(_ condition: SystemCallFilter.ArgumentCondition) {
        load(at: FilterProgram.Offset.argument(condition.argument))
        // BPF_ALU | BPF_AND | BPF_K
        if condition.mask != .max { append(0x54, condition.mask) }
        for (position, value) in condition.values.enumerated() {
            let isLastValue = position == condition.values.count - 1
            if condition.isMember {
                // Found: past the other comparisons. Not found after the last: past the answer.
                append(
                    Comparison.equal.rawValue, value, ifTrue: UInt8(condition.values.count - position - 1),
                    ifFalse: isLastValue ? Self.toEnd : 0)
            } else {
                append(Comparison.equal.rawValue, value, ifTrue: Self.toEnd)
            }
        }
    }

    private mutating func append(_ code: UInt16, _ value: UInt32, ifTrue: UInt8 = 0, ifFalse: UInt8 = 0) {
        instructions.append(
            linux_filter_instruction(code: code, jump_if_true: ifTrue, jump_if_false: ifFalse, value: value))
    }
}
