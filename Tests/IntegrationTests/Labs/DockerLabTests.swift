import AgentProtocol
import DockerAPI
import Foundation
import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import Synchronization
import TerminalSessions
import Testing

/// What only containers show.
@Suite(
    .serialized, .timeLimit(.minutes(3)),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"),
    .enabled("labs of containers can't be had here; 'lectern doctor --engine docker' and 'make images' say more") {
        await TestContainers.missing == nil
    })
struct DockerLabTests {
    private static let shell = "lectern/offline-base:bookworm"

    @Test func everythingIsLabelledNamedAndOnLoopbackOnlyAndGoneInTheEnd() async throws {
        var name = ""
        try await TestLab.with([TestLab.orderLesson], on: .docker) { lab in
            name = lab.name
            let client = try await TestContainers.client
            let containers = try await client.containers(labels: ["lectern.name=\(name)"])
            let services = ["adminer", "kafka", "mariadb", "mongo", "order-service", "pod", "workspace"]
            #expect(containers.map(\.name).sorted() == services.map { "lectern-\(name)-\($0)-1" })
            for label in ["lectern.lab", "lectern.checkout", "lectern.owner"] {
                #expect(Set(containers.map { $0.labels?[label] }).count == 1)
            }
            // All join one container, which has a loopback interface and nothing else: there's no bridge, and the engine
            // publishes no port.
            #expect(try await client.networks(labels: ["lectern.name=\(name)"]).isEmpty)
            #expect(try await TestContainers.things(of: name).count == 7 + 2)
            for container in containers {
                let state = try await client.inspect(container.id)
                #expect(state.ports.values.joined().isEmpty && state.addresses.isEmpty)
            }
            let status = try await lab.status()
            #expect(status.engine == .docker && status.ports.count == 5)
            #expect(status.services.first { $0.name == "mariadb" }?.container == "lectern-\(name)-mariadb-1")
            #expect(status.memory.proportional > 50 << 20)
        }
        #expect(try await TestContainers.things(of: name) == [])
    }

    @Test(arguments: [50, 200, 400, 700, 1000, 1500])
    func aSupervisorKilledWhileItStartsLeavesNothingAfterDown(_ milliseconds: Int) async throws {
        let name = "test-\(UInt32.random(in: .min ... .max))"
        let request = LabRequest(name: name, composeFiles: [TestLab.orderLesson], engine: .docker)
        let start = Task {
            try await LabClient.start(request, supervisor: TestLab.lectern, lifeline: true) { _ in }
        }
        // Some moment of the start is what is wanted, whichever it is.
        try await Task.sleep(for: .milliseconds(milliseconds))
        if let pid = LabClient.all().first(where: { $0.name == name })?.pid { kill(pid, SIGKILL) }
        _ = await start.result
        // A start that failed has been tidied up after; otherwise this does it.
        do { try await LabClient.remove(name) } catch let error as LabError where error.code == .noSuchLab {}
        #expect(try await TestContainers.things(of: name) == [])
        #expect(!LabClient.all().contains { $0.name == name })
    }

    @Test func theWorkspaceIsMadeOfTheImageThatIsWanted() async throws {
        let client = try await TestContainers.client
        let image = "lectern-test-\(UInt32.random(in: .min ... .max)):machine"
        try await client.tag("lectern/offline-workspace:0.1.0", as: image)
        do {
            try await Self.withWorkspace(of: image) { lab, warnings in
                let containers = try await client.containers(labels: ["lectern.name=\(lab.name)"])
                let workspace = try #require(containers.first { $0.name.contains("-workspace-") })
                #expect(workspace.image == image)
                #expect(warnings == [])
                let result = try await lab.run(["sh", "-c", "id -u; pwd"])
                #expect(result.output == "0\n/root\n")
            }
        } catch {
            try await client.removeImage(image)
            throw error
        }
        try await client.removeImage(image)
    }

    @Test(arguments: ["localhost:1/lectern-test/nowhere:1", "No Such Name"])
    func anImageThatCannotBeHadIsNamedAndReplaced(_ image: String) async throws {
        try await Self.withWorkspace(of: image) { lab, warnings in
            #expect(warnings.count == 1 && warnings[0].contains("'\(image)'"), "\(warnings)")
            let result = try await lab.run(["true"])
            #expect(result.status.isSuccess)
        }
    }

    private static func withWorkspace(
        of image: String, _ body: (LabClient, [String]) async throws -> Void
    ) async throws {
        let name = "test-\(UInt32.random(in: .min ... .max))"
        let warnings = Mutex<[String]>([])
        let lab = try await LabClient.start(
            LabRequest(name: name, engine: .docker, workspaceImage: image), supervisor: TestLab.lectern, lifeline: true
        ) { event in
            if case .warning(let text) = event { warnings.withLock { $0.append(text) } }
        }
        do {
            try await body(lab, warnings.withLock { $0 })
        } catch {
            try? await lab.stop()
            throw error
        }
        try await lab.stop()
        #expect(try await TestContainers.things(of: name) == [])
    }

    @Test func aPortThatIsTakenIsReplacedAndSaid() async throws {
        let listener = try #require(Listener())
        defer { listener.close() }
        let compose = """
            services:
              web:
                image: \(Self.shell)
                command: [sleep, "1000"]
                ports: ["127.0.0.1:\(listener.port):80"]
            """
        try await TestLab.with(compose: compose, on: .docker) { lab in
            let port = try #require(try await lab.status().ports.first)
            #expect(port.labPort == 80 && port.wanted == listener.port && port.hostPort != listener.port)
        }
    }

    @Test func twoLabsOfOneLessonDoNotMeet() async throws {
        let compose = """
            services:
              web: {image: \(Self.shell), command: [sleep, "1000"], ports: ["127.0.0.1:18099:80"]}
            """
        try await TestLab.with(compose: compose, on: .docker) { first in
            try await TestLab.with(compose: compose, on: .docker) { second in
                let ports = try await [first.status(), second.status()].flatMap(\.ports)
                #expect(Set(ports.map(\.hostPort)).count == 2)
            }
            #expect(try await first.status().phase == .ready)
        }
    }

    @Test func anUnhealthyServiceIsNamedWithItsCheckAndLog() async throws {
        let compose = """
            services:
              ill:
                image: \(Self.shell)
                command: [sh, -c, "echo feeling ill; exec sleep 1000"]
                healthcheck: {test: [CMD, "false"], interval: 200ms, retries: 2, timeout: 1s}
            """
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: compose, on: .docker) { _ in }
        }
        #expect(error?.code == .notReady)
        #expect(error?.problem.contains("'ill'") == true && error?.problem.contains("health check 'false'") == true)
        #expect(error?.logTail.contains("feeling ill") == true)
    }

    @Test func anImageThatCannotBeHadIsNamedWithARemedy() async throws {
        let compose = "services: {web: {image: \"registry.invalid/lectern-test/none:1\"}}"
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: compose, on: .docker) { _ in }
        }
        #expect(error?.code == .missingPart, "\(String(describing: error))")
        #expect(error?.problem.contains("'registry.invalid/lectern-test/none:1' of service 'web'") == true)
        #expect(error?.remedy?.contains("lectern images load") == true)
    }

    @Test func aProgramThatIsNotInTheImageIsNamed() async throws {
        let compose = "services: {web: {image: \"\(Self.shell)\", command: [no-such-program]}}"
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: compose, on: .docker) { _ in }
        }
        #expect(error?.problem.contains("no-such-program") == true, "\(String(describing: error))")
    }

    @Test func aMalformedFileIsNamedWithLineAndColumn() async throws {
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: "services:\n  web:\n    imag: x\n", on: .docker) { _ in }
        }
        #expect(error?.problem.contains("compose.yaml:3:5") == true, "\(String(describing: error))")
        #expect(error?.problem.contains("'imag'") == true)
    }

    @Test func anotherUsersShellIsEnteredAndLeft() async throws {
        try await TestLab.with(on: .docker) { lab in
            func type(_ line: String) async throws -> Capture {
                var capture = try await lab.perform(TerminalInput(.line(line), timeout: 20), in: "T1")
                while case .running = capture.ending {
                    capture = try await lab.resume(capture.token, in: "T1")
                }
                return capture
            }
            let entered = try await type("su -s /bin/bash nobody")
            #expect(entered.ending == .waiting, "\(entered)")
            #expect(try await type("id -un").text == "nobody")
            #expect(try await type("exit").ending == .status(0))
            #expect(try await type("id -un").text == "root")
        }
    }

    @Test func aServiceThatRunsOutOfMemorySaysSo() async throws {
        let compose = """
            services:
              greedy:
                image: \(Self.shell)
                command: [sh, -c, "a=x; while :; do a=$$a$$a; done"]
                mem_limit: 16m
                memswap_limit: 16m
                healthcheck: {test: [CMD, "false"], interval: 1s, retries: 20}
            """
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: compose, on: .docker) { _ in }
        }
        #expect(error?.code == .serviceDied, "\(String(describing: error))")
        #expect(error?.logTail.contains("16 MiB") == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        "cat /proc/1/environ | grep -a docker.sock", "mount -t tmpfs none /mnt",
        "echo x > /proc/sys/kernel/core_pattern",
        "echo b > /proc/sysrq-trigger", "test -e /var/run/docker.sock", "mknod /tmp/disk b 8 0 && head -c 1 /tmp/disk",
        "unshare -Ur true", "dmesg", "chroot / true",
    ]) func aLabCannotReachTheHost(_ attempt: String) async throws {
        try await TestLab.with(on: .docker) { lab in
            let result = try await lab.run(["sh", "-c", attempt])
            #expect(!result.status.isSuccess, "\(result.output)")
        }
    }
}

/// Listens on a port of the host's loopback address, so that it's taken.
private struct Listener {
    let port: Int
    private let descriptor: Int32

    init?() {
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
        guard isBound else { return nil }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { _ = Glibc.close(descriptor) }
}
