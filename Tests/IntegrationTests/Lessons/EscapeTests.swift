import Foundation
import Testing

/// A lesson that tries to get out of its sandbox; what the page shows is that it can't.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct EscapeTests {
    private static func page(hostPort: Int) -> String {
        let attempts: [(command: String, status: String, output: String)] = [
            ("cat /etc/shadow", "1", "cat: /etc/shadow: No such file or directory"),
            ("touch /usr/bin/x", "1", "touch: cannot touch '/usr/bin/x': Read-only file system"),
            ("echo x >> /etc/alternatives/x", "1", "bash: /etc/alternatives/x: Read-only file system"),
            (
                "chmod 777 /opt/lectern/bin/lectern-agent", "1",
                "chmod: changing permissions of '/opt/lectern/bin/lectern-agent': Read-only file system"
            ),
            (
                "echo x > /proc/sys/kernel/core_pattern", "1",
                "bash: /proc/sys/kernel/core_pattern: Read-only file system"
            ),
            ("mount -o remount,rw /usr 2>&1 | head -1", "1,32", "mount: /usr: permission denied."),
            ("unshare -r true", "1", "unshare: unshare failed: No space left on device"),
            ("ls /home", "2", "ls: cannot access '/home': No such file or directory"),
            ("ls /sys", "2", "ls: cannot access '/sys': No such file or directory"),
            ("grep CapEff /proc/self/status", "0", "CapEff: 0000000000000000"),
            ("find / -name control.sock 2>/dev/null; echo none", "0", "none"),
            ("curl -s --max-time 5 127.0.0.1:\(hostPort); echo $?", "0", "7"),
        ]
        return attempts.map { attempt in
            """
            <!-- lectern: status=\(attempt.status) -->

            `\(attempt.command)`{{execute}}

            You'll get the following output:

            <!-- lectern: regex -->
            ```
            \(NSRegularExpression.escapedPattern(for: attempt.output))
            ```

            """
        }.joined(separator: "\n")
    }

    @Test func nothingOfTheHostIsInReach() throws {
        let lectern = try LecternProgram()
        defer { lectern.remove() }
        let listener = try HostListener()
        defer { listener.close() }
        let run = try lectern.run(["verify", try lectern.page(Self.page(hostPort: listener.port))])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  12 actions, 12 samples"))
    }

    @Test func nothingOfTheHostIsInReachOfAnOrdinaryUser() throws {
        if let reason = OrdinaryUser.missing { try Test.cancel("\(reason)") }
        var lectern = try LecternProgram()
        defer { lectern.remove() }
        let listener = try HostListener()
        defer { listener.close() }
        let page = try lectern.page(Self.page(hostPort: listener.port))
        let run = try OrdinaryUser.run(["verify", page], with: &lectern)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  12 actions, 12 samples"))
        #expect(lectern.leftovers() == [])
    }
}

extension LecternProgram {
    /// Whether every folder down to the program lets others through.
    static var othersMayRunIt: Bool {
        var folder = directory
        while folder.path != "/" {
            let mode = (try? FileManager.default.attributesOfItem(atPath: folder.path))?[.posixPermissions] as? Int ?? 0
            if mode & 0o001 == 0 { return false }
            folder.deleteLastPathComponent()
        }
        return true
    }
}

/// Listens on the host's loopback address, and never answers.
struct HostListener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { _ = Glibc.close(descriptor) }
}
