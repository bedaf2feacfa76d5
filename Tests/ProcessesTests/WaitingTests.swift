import Glibc
import Processes
import Testing

@Suite struct WaitingTests {
    private func noSignals() -> sigset_t {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return mask
    }

    @Test("a descriptor that is ready is told at once, one that isn't after the time")
    func descriptors() throws {
        let (reading, writing) = try makePipe()
        defer {
            close(reading)
            close(writing)
        }
        var descriptors = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
        #expect(poll(&descriptors, milliseconds: 0, mask: noSignals()) == 0)
        #expect(poll(&descriptors, milliseconds: 20, mask: noSignals()) == 0 && descriptors[0].revents == 0)
        #expect(write(writing, "x", 1) == 1)
        #expect(poll(&descriptors, milliseconds: nil, mask: noSignals()) == 1)
        #expect(descriptors[0].revents == Int16(POLLIN))
    }

    @Test("a blocked signal that is pending ends the wait where the mask lets it in")
    func signals() throws {
        let (reading, writing) = try makePipe()
        defer {
            close(reading)
            close(writing)
        }
        let before = signal(SIGURG) { _ in }
        var (blocked, old) = (sigset_t(), sigset_t())
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGURG)
        pthread_sigmask(SIG_BLOCK, &blocked, &old)
        defer {
            pthread_sigmask(SIG_SETMASK, &old, nil)
            signal(SIGURG, before)
        }
        pthread_kill(pthread_self(), SIGURG)
        var descriptors = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
        #expect(poll(&descriptors, milliseconds: 0, mask: noSignals()) == 0)
        var open = noSignals()
        sigdelset(&open, SIGURG)
        #expect(poll(&descriptors, milliseconds: nil, mask: open) == -1)
    }

    @Test("pipes and pairs of sockets are closed when a program is run")
    func closedOnExec() throws {
        let pipe = try makePipe()
        let pair = try makeSocketPair()
        for descriptor in [pipe.reading, pipe.writing, pair.0, pair.1] {
            #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
        }
        #expect(write(pair.0, "ab", 2) == 2)
        close(pair.0)
        #expect(readAll(from: pair.1) == "ab")
        for descriptor in [pipe.reading, pipe.writing, pair.1] { close(descriptor) }
    }
}

@Suite struct ProcessHandleTests {
    @Test("a signal reaches the process, and nothing once that has ended")
    func signals() throws {
        let pid = try SpawnRequest(["/bin/sleep", "600"], environment: [], descriptors: [0, 1, 2]).spawn()
        let handle = try #require(ProcessHandle(pid: pid))
        #expect(handle.pid == pid)
        handle.send(signal: SIGTERM)
        #expect(reap(pid) & 0x7F == SIGTERM)
        handle.send(signal: SIGKILL)
        #expect(ProcessHandle(pid: pid) == nil)
    }

    @Test("neither init nor a group of processes has a handle", arguments: [1, 0, -1, -getpid()] as [Int32])
    func others(_ pid: Int32) {
        #expect(ProcessHandle(pid: pid) == nil)
    }
}
