import ComposeFiles
import DockerAPI
import Labs
import Testing

@testable import DockerLabs

@Suite struct ContainerBoundsTests {
    @Test("a service about which the file says nothing has the lab's limits and no more")
    func theLabsLimitsHold() throws {
        let host = try container("    labels: {}").host
        #expect(host.memory == 2 << 30 && host.memoryAndSwap == 2 << 30)
        #expect(host.pids == 1024 && host.sharedMemory == 64 << 20)
        #expect(host.cpuShares == 512 && host.outOfMemoryScore == 500)
        #expect(host.log == .init(driver: "json-file", options: ["max-size": "32m", "max-file": "1"]))
        #expect(
            host.ulimits == [.init(name: "core", soft: 1, hard: 1), .init(name: "fsize", soft: 4 << 30, hard: 4 << 30)])
    }

    /// What a line asks for, and the MiB and processes that its service has.
    private static let wishes: [(line: String, mebibytes: Int64, processes: Int64)] = [
        ("mem_limit: 64m", 64, 1024), ("mem_limit: 64g", 2048, 1024), ("mem_limit: 0", 2048, 1024),
        ("pids_limit: 7", 2048, 7), ("pids_limit: -1", 2048, 1024), ("pids_limit: 0", 2048, 1024),
        ("pids_limit: 50000", 2048, 1024), ("deploy: {resources: {limits: {memory: 1g, pids: 9}}}", 1024, 9),
        ("deploy: {resources: {limits: {memory: 9g, pids: -1}}}", 2048, 1024),
    ]

    @Test("a file can ask for less, and never for more", arguments: wishes)
    func askingForMoreIsInVain(_ wish: (line: String, mebibytes: Int64, processes: Int64)) throws {
        let host = try container("    \(wish.line)").host
        #expect(host.memory == wish.mebibytes << 20 && host.pids == wish.processes)
    }

    @Test("who runs the lab can give more than the usual limits")
    func theInstructorGivesMore() throws {
        let limits = LabLimits(memory: 8 << 30, processes: 5000, disk: 9 << 30)
        let host = try container("    mem_limit: 3g", limits: limits).host
        #expect(host.memory == 3 << 30 && host.pids == 5000)
        #expect(host.ulimits.first { $0.name == "fsize" }?.hard == 9 << 30)
    }

    @Test("no memory is to be had beside the limit: swap, shared memory, memory file systems")
    func nothingIsBesideTheLimit() throws {
        let host = try container(
            """
                mem_limit: 100m
                memswap_limit: -1
                mem_reservation: 3g
                shm_size: 20g
                tmpfs: ["/a", "/b:size=30g", "/c:size=0", "/d:nr_blocks=99999999,exec", "/e:size=1m"]
            """
        ).host
        let memory: Int64 = 100 << 20
        #expect(host.memoryAndSwap == memory && host.reservedMemory == memory && host.sharedMemory == memory)
        #expect(host.temporaryFileSystems["/a"] == "size=\(memory / 2)")
        #expect(host.temporaryFileSystems["/b"] == "size=\(memory)")
        #expect(host.temporaryFileSystems["/c"] == "size=\(memory / 2)")
        #expect(host.temporaryFileSystems["/d"] == "exec,size=\(memory / 2)")
        #expect(host.temporaryFileSystems["/e"] == "size=1048576")
    }

    @Test(
        "limits that reach beyond a container are left out, and said",
        arguments: ["rtprio", "nice", "rttime", "msgqueue"])
    func limitsThatReachBeyondAreLeftOut(_ name: String) throws {
        let host = try container("    ulimits: {\(name): 99, core: -1, nofile: 100}").host
        #expect(host.ulimits.map(\.name) == ["core", "fsize", "nofile"])
        #expect(host.ulimits[0].hard == 1)
        let text = "services: {web: {image: nginx, ulimits: {\(name): 99}}}"
        let warnings = try withProject(text) { $0.services[0].unhonouredInContainers }
        #expect(warnings.count == 1 && warnings[0].contains("'ulimits.\(name)'"))
    }

    @Test("a lesson written on a larger machine still starts: more processors than there are can't be asked for")
    func processorsAreThoseOfTheEngine() throws {
        let engine = EngineAbilities(processors: 2)
        #expect(try container("    cpus: 64", on: engine).host.nanoCPUs == 2_000_000_000)
        #expect(try container("    cpus: 0.5", on: engine).host.nanoCPUs == 500_000_000)
        #expect(try container("    cpus: 0", on: engine).host.nanoCPUs == nil)
    }

    @Test("a container's own file system is bounded where the engine's storage can")
    func storageIsBoundedWherePossible() throws {
        let engine = EngineAbilities(processors: 2, boundsStorage: true)
        #expect(try container("    labels: {}", on: engine).host.storageOptions == ["size": "\(4 << 30)"])
        #expect(try container("    labels: {}").host.storageOptions == nil)
    }
}

@Suite struct ContainerCapabilitiesTests {
    @Test("every capability is dropped, and a few are given back")
    func fewAreGivenBack() throws {
        let host = try container("    labels: {}").host
        #expect(host.droppedCapabilities == ["ALL"])
        #expect(host.addedCapabilities == ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID"])
        #expect(host.securityOptions == ["no-new-privileges:true"])
        #expect(host.ipcMode == "private" && host.cgroupNamespace == "private")
    }

    /// What a file says, and what its service keeps.
    private static let choices: [(lines: String, kept: String)] = [
        ("cap_drop: [ALL]", ""), ("cap_drop: [ALL]\n    cap_add: [SETUID]", "SETUID"),
        ("cap_drop: [CHOWN, KILL]", "DAC_OVERRIDE FOWNER SETGID SETUID"),
        ("cap_add: [CAP_SYS_CHROOT]", "CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID SYS_CHROOT"),
    ]

    @Test("a service keeps what it doesn't drop, and gets what it asks for of the harmless ones", arguments: choices)
    func theFileChooses(_ choice: (lines: String, kept: String)) throws {
        #expect(try container("    \(choice.lines)").host.addedCapabilities.joined(separator: " ") == choice.kept)
    }
}

@Suite struct LabNetworkTests {
    private func network(_ services: String, allowsInternet: Bool = false) throws -> LabNetwork {
        try withProject("services: {\(services)}") { LabNetwork(for: $0.services, allowsInternet: allowsInternet) }
    }

    @Test("services that share one network have no interface but loopback")
    func oneNetworkIsLoopback() throws {
        let pod = "pod: {image: a}, db: {image: b, network_mode: \"service:pod\"}, off: {image: c, network_mode: none}"
        #expect(try network(pod) == .loopback)
    }

    @Test("services with networks of their own meet on a bridge on which the host isn't")
    func severalNetworksAreABridgeWithoutTheHost() throws {
        let inner = try network("web: {image: a}, db: {image: b}")
        #expect(inner == .inner)
        #expect(inner.options["com.docker.network.bridge.inhibit_ipv4"] == "true")
    }

    @Test("only a lab that may reach the internet has a network with a way out")
    func theInternetIsAskedFor() throws {
        #expect(try network("web: {image: a}", allowsInternet: true) == .internet)
        #expect(LabNetwork.internet.options.isEmpty)
    }

    @Test("on loopback a container's own names lead to it, unless the file says where they lead")
    func namesLeadToLoopback() throws {
        let container = try container(
            "    hostname: shop\n    extra_hosts: [\"web:10.0.0.1\"]", in: .loopback(names: ["web"]))
        #expect(container.host.networkMode == "none" && container.hostname == "shop")
        #expect(container.host.extraHosts == ["web:10.0.0.1", "shop:127.0.0.1"])
        #expect(try self.unnamed().host.extraHosts == ["lab:127.0.0.1", "web:127.0.0.1"])
    }

    private func unnamed() throws -> ContainerConfiguration {
        try container("    labels: {}", in: .loopback(names: ["web"]))
    }

    @Test("no name server of the host is asked, unless the lab may reach the internet")
    func noNameServerIsAsked() throws {
        #expect(try unnamed().host.nameServers == ["127.0.0.1"])
        #expect(try container("    labels: {}").host.nameServers == ["127.0.0.1"])
        #expect(try container("    labels: {}", in: .bridge("n", .internet)).host.nameServers == nil)
        // An engine refuses them where another's network is joined.
        #expect(try container("    labels: {}", in: .joined(ContainerID("1a"))).host.nameServers == nil)
    }
}
