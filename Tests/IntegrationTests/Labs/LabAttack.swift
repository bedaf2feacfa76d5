import Testing

/// Something that a lesson tries and that no lab may let it do.
struct LabAttack: Sendable {
    /// Completes "a lesson can't …".
    let name: String
    /// A line for `sh`.
    let command: String
    /// What is printed when the attempt was made and refused; one of these must occur. That it failed isn't enough, since
    /// a tool that is missing fails too.
    let refusals: [String]

    init(_ name: String, _ command: String, refusedWith refusals: String...) {
        self.init(name: name, command: command, refusals: refusals)
    }

    private init(name: String, command: String, refusals: [String]) {
        self.name = name
        self.command = command
        self.refusals = refusals
    }

    /// A system call, which Perl makes; it prints `made`, or the system's words for the error.
    ///
    /// - Parameters:
    ///   - arguments: In Perl's words.
    ///   - preparation: Perl that comes before.
    static func call(
        _ name: String, _ number: SystemCall, _ arguments: String = "0, 0, 0, 0, 0", after preparation: String = "",
        refusedWith refusals: [String] = ["Operation not permitted"]
    ) -> LabAttack {
        LabAttack(
            name: name,
            command: #"perl -e '\#(preparation) print syscall(\#(number.number), \#(arguments)) >= 0 ? "made" : "$!"'"#,
            refusals: refusals)
    }

    /// A socket of a family that a lesson has no business with.
    static func socket(_ name: String, family: Int, type: Int, protocol number: Int = 0, refusedWith refusals: [String])
        -> LabAttack
    {
        LabAttack(
            name: name,
            command: #"perl -e 'print socket(my $s, \#(family), \#(type), \#(number)) ? "made" : "$!"'"#,
            refusals: refusals)
    }

    /// Records an issue unless the attempt was made and refused.
    func expectRefusal(in output: String, at sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            refusals.contains { output.contains($0) },
            "a lesson can \(name), or the attempt was never made: \(command)\nprinted: \(output)",
            sourceLocation: sourceLocation)
    }
}

/// Numbers of system calls, which differ between processors.
///
/// - SeeAlso: The kernel's `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
enum SystemCall {
    case addKey, bpf, clockSetTime, fsOpen, getKey, initModule, ioUring, kexecLoad, moveMount, mount, openByHandle
    case openTree, perfEvent, pidfdGetFD, pidfdOpen, pivotRoot, processRead, ptrace, reboot, setDomainName, setHostName,
        setNamespace
    case swapOn, unshare, userFault, account, setPriority, setScheduler, quota

    var number: Int {
        #if arch(x86_64)
            x86
        #else
            generic
        #endif
    }

    private var x86: Int {
        switch self {
        case .account: 163
        case .addKey: 248
        case .bpf: 321
        case .clockSetTime: 227
        case .fsOpen: 430
        case .getKey: 250
        case .initModule: 175
        case .ioUring: 425
        case .kexecLoad: 246
        case .mount: 165
        case .moveMount: 429
        case .openByHandle: 304
        case .openTree: 428
        case .perfEvent: 298
        case .pidfdGetFD: 438
        case .pidfdOpen: 434
        case .pivotRoot: 155
        case .processRead: 310
        case .ptrace: 101
        case .quota: 179
        case .reboot: 169
        case .setDomainName: 171
        case .setHostName: 170
        case .setNamespace: 308
        case .setPriority: 141
        case .setScheduler: 144
        case .swapOn: 167
        case .unshare: 272
        case .userFault: 323
        }
    }

    private var generic: Int {
        switch self {
        case .account: 89
        case .addKey: 217
        case .bpf: 280
        case .clockSetTime: 112
        case .fsOpen: 430
        case .getKey: 219
        case .initModule: 105
        case .ioUring: 425
        case .kexecLoad: 104
        case .mount: 40
        case .moveMount: 429
        case .openByHandle: 265
        case .openTree: 428
        case .perfEvent: 241
        case .pidfdGetFD: 438
        case .pidfdOpen: 434
        case .pivotRoot: 41
        case .processRead: 270
        case .ptrace: 117
        case .quota: 60
        case .reboot: 142
        case .setDomainName: 162
        case .setHostName: 161
        case .setNamespace: 268
        case .setPriority: 140
        case .setScheduler: 119
        case .swapOn: 224
        case .unshare: 97
        case .userFault: 282
        }
    }
}
