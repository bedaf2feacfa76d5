import Glibc
import PseudoTerminals
import Testing

@Suite struct PassedTerminalTests {
    /// Both ends, and the first as a plain descriptor for messages that no honest side sends.
    private func makeEnds() throws -> (raw: Int32, sender: DescriptorSocket, receiver: DescriptorSocket) {
        let (one, other) = try DescriptorSocket.makePair()
        return (one, DescriptorSocket(adopting: one), DescriptorSocket(adopting: other))
    }

    private func makeMaster() throws -> PseudoTerminal { try PseudoTerminal.open(columns: 80, rows: 24) }

    /// How many descriptors this process has that refer to the same open file as a pipe's writing end: its reader sees the
    /// end of file once there are none.
    private func isAtEnd(_ reading: Int32) -> Bool {
        var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLHUP) != 0
    }

    @Test("a terminal comes out under its number, and is the one that was passed")
    func passing() throws {
        let ends = try makeEnds()
        let (first, second) = (try makeMaster(), try makeMaster())
        defer {
            first.close()
            second.close()
        }
        #expect(ends.sender.send(first.master, as: 7))
        #expect(ends.sender.send(second.master, as: 8))
        let passed = PassedTerminals(ends.receiver)
        let later = try #require(passed.take(8))
        let earlier = try #require(passed.take(7))
        defer {
            later.close()
            earlier.close()
        }
        #expect(later.number == second.number && earlier.number == first.number)
        #expect(later.master != second.master)
        #expect(passed.take(7) == nil)
    }

    @Test("a terminal that was passed never blocks its reader, and isn't handed on to programs")
    func flags() throws {
        let ends = try makeEnds()
        let master = try makeMaster()
        defer { master.close() }
        _ = fcntl(master.master, F_SETFL, fcntl(master.master, F_GETFL) & ~O_NONBLOCK)
        _ = ends.sender.send(master.master, as: 1)
        let taken = try #require(ends.receiver.receiveTerminal()).terminal
        defer { taken.close() }
        #expect(fcntl(taken.master, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(taken.master, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("what isn't the master of a terminal is closed and passed over")
    func strangers() throws {
        let ends = try makeEnds()
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        defer { close(pipe[0]) }
        let master = try makeMaster()
        defer { master.close() }
        let slave = open("/dev/pts/\(master.number)", O_RDWR | O_NOCTTY)
        let null = open("/dev/null", O_RDWR)
        for descriptor in [pipe[1], slave, null, master.master] {
            #expect(ends.sender.send(descriptor, as: 3))
        }
        for descriptor in [pipe[1], slave, null] { close(descriptor) }
        let taken = try #require(ends.receiver.receiveTerminal())
        defer { taken.terminal.close() }
        #expect(taken.terminal.number == master.number)
        #expect(isAtEnd(pipe[0]))
    }

    @Test("of a message with several descriptors, or of another length, nothing is kept", arguments: [2, 1])
    func crowds(descriptorCount: Int) throws {
        let ends = try makeEnds()
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        defer { close(pipe[0]) }
        // A control message by hand: its length, SOL_SOCKET, SCM_RIGHTS and the descriptors.
        var control = [UInt8](repeating: 0, count: 24)
        let descriptors = Array(repeating: pipe[1], count: descriptorCount)
        withUnsafeBytes(of: 16 + 4 * descriptorCount) { control.replaceSubrange(0..<8, with: $0) }
        withUnsafeBytes(of: (SOL_SOCKET, Int32(1))) { control.replaceSubrange(8..<16, with: $0.prefix(8)) }
        descriptors.withUnsafeBytes { control.replaceSubrange(16..<(16 + $0.count), with: $0) }
        // Two descriptors come with a number; one comes with too many bytes.
        var content = [UInt8](repeating: 0, count: descriptorCount == 2 ? 4 : 9)
        let sent = content.withUnsafeMutableBytes { content in
            control.withUnsafeMutableBytes { control in
                var part = iovec(iov_base: content.baseAddress, iov_len: content.count)
                return withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    message.msg_iov = part
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = 16 + 4 * descriptorCount
                    return sendmsg(ends.raw, &message, 0)
                }
            }
        }
        #expect(sent == content.count)
        close(pipe[1])
        #expect(ends.receiver.receiveTerminal() == nil)
        #expect(isAtEnd(pipe[0]))
    }

    @Test("nothing waits: neither for a terminal that doesn't come, nor for one that nobody takes")
    func waiting() throws {
        let ends = try makeEnds()
        #expect(ends.receiver.receiveTerminal() == nil)
        let master = try makeMaster()
        defer { master.close() }
        var count = 0
        while count < 100_000, ends.sender.send(master.master, as: 1) { count += 1 }
        #expect(count > 0 && count < 100_000)
    }
}
