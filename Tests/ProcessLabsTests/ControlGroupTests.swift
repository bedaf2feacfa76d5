import Foundation
import Labs
import Testing

@testable import ProcessLabs

@Suite struct ControlGroupTests {
    private func hierarchies(_ mounts: String, _ memberships: String) -> [ControlGroupHierarchy] {
        [ControlGroupHierarchy](mounts: mounts, memberships: memberships)
    }

    @Test("version 1 has a directory of the caller's own in each hierarchy")
    func versionOne() {
        let found = hierarchies(
            """
            30 24 0:26 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
            33 30 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:11 - cgroup cgroup rw,cpu,cpuacct
            35 30 0:31 / /sys/fs/cgroup/memory rw,nosuid shared:13 - cgroup cgroup rw,memory
            36 30 0:32 / /sys/fs/cgroup/devices rw,nosuid shared:14 - cgroup cgroup rw,devices
            37 30 0:33 / /sys/fs/cgroup/pids rw,nosuid shared:15 - cgroup cgroup rw,pids
            """,
            """
            5:memory:/jobs/17
            4:cpu,cpuacct:/
            3:pids:/user.slice
            1:devices:/
            """)
        #expect(
            found == [
                .init(
                    version: .one, mountPoint: "/sys/fs/cgroup/cpu,cpuacct", own: "/sys/fs/cgroup/cpu,cpuacct",
                    controllers: [.processors]),
                .init(
                    version: .one, mountPoint: "/sys/fs/cgroup/memory", own: "/sys/fs/cgroup/memory/jobs/17",
                    controllers: [.memory]),
                .init(
                    version: .one, mountPoint: "/sys/fs/cgroup/pids", own: "/sys/fs/cgroup/pids/user.slice",
                    controllers: [.processes]),
            ])
    }

    @Test("a container that is shown only its own part of a hierarchy finds its group at the mount point")
    func partOfAHierarchy() {
        let found = hierarchies(
            "35 30 0:31 /docker/abc /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory", "5:memory:/docker/abc/x"
        )
        #expect(found.map(\.own) == ["/sys/fs/cgroup/memory/x"])
        #expect(hierarchies("35 30 0:31 /docker/abc /m ro - cgroup c rw,memory", "5:memory:/other").isEmpty)
    }

    @Test("version 2 is one hierarchy for all")
    func versionTwo() {
        let found = hierarchies(
            "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate",
            "0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope")
        #expect(found.map(\.version) == [.two])
        #expect(found.first?.own.hasSuffix("/app.slice/term.scope") == true)
    }

    @Test("lines that make no sense are passed over", arguments: ["", "-", "a b c d e f - cgroup2", "0::", "::::"])
    func nonsense(_ line: String) {
        #expect(hierarchies(line, line).isEmpty)
    }

    @Test("with version 2 groups are made beside the caller's, where the directory above hands controllers down")
    func placeBesideTheCallers() throws {
        try withDirectory { root in
            let app = "\(root)/app.slice"
            let own = "\(app)/term.scope"
            try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
            try "memory pids\n".write(toFile: "\(app)/cgroup.subtree_control", atomically: false, encoding: .utf8)
            try "".write(toFile: "\(app)/cgroup.procs", atomically: false, encoding: .utf8)
            let hierarchy = ControlGroupHierarchy(version: .two, mountPoint: root, own: own, controllers: [])
            #expect(
                ControlGroupPlace.all(hierarchies: [hierarchy])
                    == [ControlGroupPlace(directory: app, version: .two, controllers: [.memory, .processes])])
        }
    }

    @Test("nothing above a directory that hands nothing down is taken")
    func noPlace() throws {
        try withDirectory { root in
            let own = "\(root)/a/b"
            try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
            let hierarchy = ControlGroupHierarchy(version: .two, mountPoint: root, own: own, controllers: [])
            #expect(ControlGroupPlace.all(hierarchies: [hierarchy]).isEmpty)
        }
    }

    @Test("a group of this host takes a process in, and is removed with what is in it")
    func realGroups() async throws {
        let record = FileManager.default.temporaryDirectory.appending(path: "groups-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: record) }
        let groups = ControlGroups.make("lectern-test-\(getpid())", limits: LabLimits(), record: record)
        guard !groups.directories.isEmpty else { try Test.cancel("no control group is available here") }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["1000"]
        try process.run()
        for descriptor in groups.open() {
            let number = Array("\(process.processIdentifier)".utf8)
            #expect(write(descriptor, number, number.count) == number.count)
            close(descriptor)
        }
        let recorded = try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(recorded.filter { FileManager.default.fileExists(atPath: $0) } == groups.directories)

        let reaping = Task.detached { process.waitUntilExit() }
        await groups.remove()

        await reaping.value
        #expect(process.terminationReason == .uncaughtSignal)
        for directory in groups.directories { #expect(!FileManager.default.fileExists(atPath: directory)) }
    }

    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "groups-\(UUID())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }
}
