import CLinux
import Glibc
import Processes
import Testing

@Suite struct SpawnRequestTests {
    @Test("a program has the descriptors that it was given, and no other")
    func descriptors() throws {
        // Inheritable, as a library may have left one.
        let stray = open("/dev/null", O_RDONLY)
        defer { close(stray) }
        // The shell's own for the directory is opened after the pattern was expanded.
        let result = try run(["/bin/sh", "-c", "for f in /proc/$$/fd/*; do echo ${f##*/}; done"])
        let numbers = result.output.split(separator: "\n").compactMap { Int($0) }
        #expect(Set(numbers).isSubset(of: [0, 1, 2, 3]) && numbers.contains(2), "\(result.output)")
        #expect(!numbers.contains(Int(stray)) || stray <= 3)
    }

    @Test("one of the caller's descriptors may stand for several, under numbers that others have")
    func crossedDescriptors() throws {
        let (reading, writing) = try makePipe()
        // What the program calls 1 is 0 here, and the other way round.
        let pid = try SpawnRequest(
            ["/bin/sh", "-c", "echo out; echo err >&2; cat <&3"], environment: ["PATH=/bin:/usr/bin"],
            descriptors: [0, writing, writing, open("/dev/null", O_RDONLY | O_CLOEXEC)]
        ).spawn()
        close(writing)
        #expect(readAll(from: reading) == "out\nerr\n")
        close(reading)
        #expect(reap(pid) == 0)
    }

    @Test("nothing of the environment is inherited")
    func environment() throws {
        setenv("LECTERN_STRAY", "1", 1)
        defer { unsetenv("LECTERN_STRAY") }
        #expect(try run(["/usr/bin/env"], environment: ["B=2", "A=1 2"]).output == "B=2\nA=1 2\n")
    }

    @Test("a program starts in its directory, or in the caller's")
    func directory() throws {
        #expect(try run(["/bin/pwd"], directory: "/usr/bin/..").output == "/usr\n")
        let own = getcwd(nil, 0)
        defer { free(own) }
        #expect(try run(["/bin/pwd", "-P"]).output == String(cString: try #require(own)) + "\n")
    }

    @Test("a name is looked up in the PATH that the program gets")
    func lookup() throws {
        #expect(try run(["true"], environment: ["PATH=/nowhere:/bin:/usr/bin"]).exitCode == 0)
        #expect(try run(["true"], environment: []).exitCode == 0)
        let error = #expect(throws: SystemFailure.self) { try run(["true"], environment: ["PATH=/nowhere"]) }
        #expect(error?.number == ENOENT && error?.description == "'true': No such file or directory")
        #expect(findProgram("sh", path: "/nowhere") == nil)
        #expect(findProgram("./sh", path: "/bin") == "./sh")
    }

    @Test(
        "what keeps a program from starting is thrown with the system's number, and leaves no child",
        arguments: [
            (["/nowhere/program"], nil, ENOENT), (["/etc/passwd"], nil, EACCES), (["/bin/true"], "/nowhere", ENOENT),
            ([], nil, EINVAL),
        ] as [([String], String?, Int32)])
    func failures(_ request: (arguments: [String], directory: String?, number: Int32)) {
        let error = #expect(throws: SystemFailure.self) { try run(request.arguments, directory: request.directory) }
        #expect(error?.number == request.number)
    }

    @Test("more descriptors than eight are refused")
    func tooManyDescriptors() {
        let error = #expect(throws: SystemFailure.self) {
            try SpawnRequest(["/bin/true"], environment: [], descriptors: Array(repeating: 0, count: 9)).spawn()
        }
        #expect(error?.number == EINVAL)
    }

    @Test("signals that the caller ignores or blocks are neither ignored nor blocked in the program")
    func signals() throws {
        let before = signal(SIGUSR2, SIG_IGN)
        var (blocked, old) = (sigset_t(), sigset_t())
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGUSR1)
        pthread_sigmask(SIG_BLOCK, &blocked, &old)
        defer {
            signal(SIGUSR2, before)
            pthread_sigmask(SIG_SETMASK, &old, nil)
        }
        // The C library keeps signals 32 and 33 to itself.
        let own: UInt64 = 0b11 << 31
        let status = try run(["/bin/grep", "-E", "Sig(Blk|Ign):", "/proc/self/status"]).output
        let masks = status.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
        #expect(masks.count == 2 && masks.allSatisfy { $0 & ~own == 0 }, "\(status)")
        #expect(try run(["/bin/sh", "-c", "kill -USR2 $$; echo survived"]).signal == SIGUSR2)
    }

    @Test("a program leads a process group, and a session of its own where it is asked for")
    func sessions() throws {
        // Process, group and session of `ps`'s own view: fields 1, 5 and 6 behind the name.
        func identifiers(startsSession: Bool) throws -> [Int32] {
            let line = try run(["/bin/cat", "/proc/self/stat"], startsSession: startsSession).output
            let fields = try #require(line.split(separator: ")").last).split(separator: " ")
            return [try #require(Int32(line.prefix { $0 != " " }))] + fields[2...3].compactMap { Int32($0) }
        }
        let plain = try identifiers(startsSession: false)
        #expect(plain[1] == plain[0] && plain[2] == getsid(0))
        let session = try identifiers(startsSession: true)
        #expect(session[1] == session[0] && session[2] == session[0])
    }

    @Test("a terminal becomes input and outputs, and controls the program")
    func terminal() throws {
        let master = linux_open_terminal(80, 24)
        try #require(master >= 0)
        defer { close(master) }
        let path = "/dev/pts/\(linux_terminal_slave(master))"
        // Keeps the master readable until the program has opened its side.
        let slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        let pid = try SpawnRequest(
            ["/bin/sh", "-c", "tty; test -t 1 -a -t 2 && echo both; : </dev/tty && echo controlled"],
            environment: ["PATH=/bin:/usr/bin"], terminal: path
        ).spawn()
        #expect(reap(pid) == 0)
        // With nobody at the other side the master gives what is left, and then its end.
        close(slave)
        #expect(fcntl(master, F_SETFL, 0) == 0)
        #expect(readAll(from: master) == "\(path)\r\nboth\r\ncontrolled\r\n")
    }
}

@Suite struct ConfinementTests {
    private func status(_ fields: String, _ confinement: Confinement) throws -> String {
        try run(["/bin/grep", "-E", "^(\(fields)):", "/proc/self/status"], confinement: confinement).output
    }

    @Test("without capabilities there is no way to gain one")
    func capabilities() throws {
        var confinement = Confinement()
        confinement.dropsCapabilities = true
        let none = "0000000000000000"
        #expect(
            try status("Cap(Inh|Prm|Eff|Amb)|NoNewPrivs", confinement)
                == "CapInh:\t\(none)\nCapPrm:\t\(none)\nCapEff:\t\(none)\nCapAmb:\t\(none)\nNoNewPrivs:\t1\n")
    }

    @Test("a filter judges the program and what it starts")
    func filter() throws {
        var confinement = Confinement()
        confinement.filter = FilterProgram(.lab).instructions
        #expect(try status("Seccomp", confinement) == "Seccomp:\t2\n")
        let child = try run(["/bin/sh", "-c", "grep ^Seccomp: /proc/self/status; true"], confinement: confinement)
        #expect(child.output == "Seccomp:\t2\n")
        #expect(try status("Seccomp", Confinement()) == (try ownSeccomp()))
    }

    /// A test may run under a filter itself.
    private func ownSeccomp() throws -> String {
        let file = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        return try #require(readAll(from: file).split(separator: "\n").first { $0.hasPrefix("Seccomp:") }) + "\n"
    }

    @Test("a program may be the first to be ended when memory runs out")
    func memoryScore() throws {
        var confinement = Confinement()
        confinement.oomScore = 700
        #expect(try run(["/bin/cat", "/proc/self/oom_score_adj"], confinement: confinement).output == "700\n")
    }

    @Test("joining a group that isn't one keeps the program from starting")
    func groups() throws {
        let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var confinement = Confinement()
        confinement.controlGroups = [file]
        let error = #expect(throws: SystemFailure.self) { try run(["/bin/true"], confinement: confinement) }
        #expect(error?.number == EBADF)
    }
}
