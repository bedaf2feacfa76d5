import AgentProtocol
import DockerAPI
import Foundation
import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import Synchronization
import Testing

/// Attempts to get out of a lab of containers, or to take more than its share. How many were made is printed.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"),
    .enabled("labs of containers can't be had here; 'lectern doctor --engine docker' and 'make images' say more") {
        await TestContainers.missing == nil
    })
struct ContainerAttackTests {
    /// Asks for all that it isn't given.
    private static let greedy = """
        services:
          pod: {image: lectern/offline-pod:0.1.0, mem_limit: 64g, pids_limit: -1}
          machine:
            image: lectern/offline-workspace:0.1.0
            network_mode: "service:pod"
            command: [tail, -f, /dev/null]
            init: true
            pids_limit: 64
            mem_limit: 300m
            memswap_limit: -1
            shm_size: 20g
            ulimits: {core: -1, rtprio: 99}
            volumes: [".:/lesson"]
            x-lectern: {terminals: true}
        """

    @Test("nothing that a lesson tries in its workspace reaches the host, its agent or more than its share")
    func nothingIsInReachOfTheWorkspace() async throws {
        try await TestLab.with(compose: Self.greedy, on: .docker) { lab in
            for attack in ContainerAttacks.all {
                let result = try await lab.run(["sh", "-c", attack.command])
                attack.expectRefusal(in: "\(result.output)\0")
            }
        }
        print("containers: \(ContainerAttacks.all.count) attempts in a workspace refused")
    }

    @Test("a lesson that kills all that it can ends no more than what it started", arguments: ContainerAttacks.killers)
    func theAgentOutlivesKillers(_ command: String) async throws {
        try await TestLab.with(compose: Self.greedy, on: .docker) { lab in
            _ = try? await lab.run(["sh", "-c", command])
            let result = try await lab.run(["echo", "alive"])
            #expect(result.output == "alive\n")
            #expect(try await lab.status().phase == .ready)
        }
    }

    @Test("a service that a lesson takes over has no more rights than the small set, and can't be asked to share more")
    func nothingIsInReachOfAService() async throws {
        let compose = """
            services:
              taken:
                image: lectern/offline-workspace:0.1.0
                command: [sleep, "1000"]
                pids_limit: -1
                shm_size: 20g
            """
        let attacks = ContainerAttacks.kernel
        try await TestLab.with(compose: compose, on: .docker) { lab in
            let client = try await TestContainers.client
            let name = "lectern-\(lab.name)-taken-1"
            for attack in attacks {
                let result = try await client.run(in: ContainerID(name), command: ["sh", "-c", attack.command])
                attack.expectRefusal(in: "\(result.text)\0")
            }
            let bounds = try await client.inspect(ContainerID(name)).bounds
            #expect(bounds?.memory == 2 << 30 && bounds?.pids == 1024 && bounds?.sharedMemory == 2 << 30)
        }
        print("containers: \(attacks.count) attempts in a service refused")
    }

    @Test(
        "neither the host's services nor the internet are in reach of labs, whatever their network", arguments: [1, 2])
    func nothingIsInReachOfTheNetwork(ownNetworks: Int) async throws {
        let host = try HostListener()
        defer { host.close() }
        let services = (1...ownNetworks).map { number in
            "  s\(number): {image: \(Self.machine), command: [sh, -c, \"\(Self.server)\"], ports: [\"80\"]}"
        }
        let machine = ownNetworks == 1 ? "network_mode: \"service:s1\"" : "hostname: machine"
        let compose = """
            services:
            \(services.joined(separator: "\n"))
              machine:
                image: \(Self.machine)
                command: []
                \(machine)
                x-lectern: {terminals: true}
            """
        try await TestLab.with(compose: compose, on: .docker) { lab in
            // Its own services are in reach, by name.
            let page = try await lab.run(["curl", "-sS", "--max-time", "5", "http://s1:8000/"])
            #expect(page.output.contains("hello"), "\(page.output)")
            let attempts = Self.ways(to: host.port)
            for attempt in attempts {
                let result = try await lab.run(["sh", "-c", attempt])
                #expect(
                    !result.status.isSuccess && !result.output.contains(HostListener.greeting),
                    "\(attempt): \(result.output)")
            }
            print("containers: \(attempts.count) ways out of a lab of \(ownNetworks) network(s) closed")
        }
        #expect(host.connections == 0)
    }

    @Test("the file that stands in without a registry is held to the same rules as the one that it changes")
    func theOfflineFileIsCheckedToo() async throws {
        try await TestLab.withFolder { folder in
            let file = folder.appending(path: "compose.yaml")
            try Data("services: {web: {image: \"registry.invalid/lectern-test/none:1\"}}\n".utf8).write(to: file)
            let offline = "services: {web: {image: \"\(Self.machine)\", volumes: [\"/etc:/host\"]}}\n"
            try Data(offline.utf8).write(to: folder.appending(path: "compose.offline.yaml"))
            let error = await #expect(throws: LabError.self) {
                try await TestLab.with([file.path(percentEncoded: false)], on: .docker) { _ in }
            }
            #expect(error?.code == .badDefinition, "\(String(describing: error))")
            #expect(error?.problem.contains("compose.offline.yaml:1:") == true, "\(String(describing: error))")
            #expect(error?.problem.contains("'/etc' of the host") == true, "\(String(describing: error))")
        }
    }

    private static let machine = "lectern/offline-workspace:0.1.0"
    /// Answers every connection to port 8000.
    private static let server = """
        perl -MSocket -e 'socket S, 2, 1, 0; setsockopt S, 1, 2, 1; bind S, sockaddr_in(8000, INADDR_ANY) or die; listen S, 9; \
        while (accept C, S) { print C qq(HTTP/1.0 200 OK\\\\r\\\\n\\\\r\\\\nhello); close C }'
        """.replacing("$", with: "$$")

    /// Addresses at which a host, its neighbours or the internet could answer.
    private static func ways(to port: Int) -> [String] {
        let own = hostAddresses().map { "curl -sS --max-time 2 http://\($0):\(port)/" }
        let gateways = (16...31).map { "172.\($0).0.1" } + ["192.168.0.1", "192.168.16.1", "10.0.0.1"]
        return own
            + gateways.map { "curl -sS --max-time 1 --connect-timeout 0.3 http://\($0):\(port)/" }
            + [
                "curl -sS --max-time 2 http://127.0.0.1:\(port)/",
                "curl -sS --max-time 2 http://host.docker.internal:\(port)/",
                "curl -sS --max-time 2 http://1.1.1.1/", "curl -sS --max-time 2 http://169.254.169.254/",
                "timeout 5 getent hosts example.com", "curl -gsS --max-time 2 'http://[fe80::1%25eth0]:\(port)/'",
            ]
    }
}

private func hostAddresses() -> [String] {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return [] }
    defer { freeifaddrs(list) }
    return sequence(first: list, next: { $0?.pointee.ifa_next }).compactMap { entry in
        guard let address = entry?.pointee.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET) else {
            return nil
        }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        getnameinfo(
            address, socklen_t(MemoryLayout<sockaddr_in>.size), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Listens on all addresses of the host, greets who comes and counts them.
private final class HostListener: Sendable {
    static let greeting = "this is the host"
    let port: Int
    private let descriptor: Int32
    private let count = Atomic(0)

    var connections: Int { count.load(ordering: .sequentiallyConsistent) }

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                count.wrappingAdd(1, ordering: .sequentiallyConsistent)
                let answer = Array("HTTP/1.0 200 OK\r\n\r\n\(Self.greeting)\n".utf8)
                send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
                _ = Glibc.close(connection)
            }
        }
    }

    func close() {
        // Wakes the thread that accepts.
        shutdown(descriptor, Int32(SHUT_RDWR))
        _ = Glibc.close(descriptor)
    }
}
