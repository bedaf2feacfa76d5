import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct ServiceDecodingTests {
    @Test func commandFormsGiveWords() throws {
        let lines = "    command: redis-server --save '60 1'\n    entrypoint: [\"/bin/sh\", \"-c\"]"
        let web = try service(lines)
        #expect(web.command == ["redis-server", "--save", "60 1"])
        #expect(web.entrypoint == ["/bin/sh", "-c"])
        #expect(try service("    command: []").command == [])
        #expect(try service("    command:").command == nil)
    }

    @Test func environmentFormsAreOne() throws {
        let list = try service("    environment: [A=1, B=, \"C=x=y\", FROM, MISSING]", environment: ["FROM": "caller"])
        #expect(list.environment == ["A": "1", "B": "", "C": "x=y", "FROM": "caller"])
        let map = try service(
            "    environment: {A: 1, B: \"\", C: x=y, FROM: , MISSING: , T: true}", environment: ["FROM": "caller"])
        #expect(map.environment == ["A": "1", "B": "", "C": "x=y", "FROM": "caller", "T": "true"])
    }

    @Test func environmentFilesLieUnderTheEnvironment() throws {
        let web = try service(
            "    env_file:\n      - a.env\n      - {path: sub/b.env}\n      - {path: none.env, required: false}\n    environment: {C: own}",
            others: ["/lab/a.env": "A=a\nB=a\nC=a\n", "/lab/sub/b.env": "B=b\n"])
        #expect(web.environment == ["A": "a", "B": "b", "C": "own"])
    }

    @Test func missingEnvironmentFileIsAnErrorWhereItIsNamed() throws {
        let error = try serviceFailure("    env_file: none.env")
        #expect(error.code == .unreadable)
        #expect(error.place == .init(file: "/lab/main.yaml", line: 4, column: 15))
        #expect(error.problem == "file '/lab/none.env' doesn't exist")
    }

    @Test func buildFormsAreOne() throws {
        #expect(try service("    build: ../src").build?.context == "/src")
        let build = try #require(
            try service(
                "    build: {context: ., dockerfile: D, target: t, args: [A=1, FROM], labels: {l: 1}, network: host, cache_from: [c]}",
                environment: ["FROM": "x"]
            ).build)
        #expect(build.context == "/lab" && build.dockerfile == "D" && build.target == "t" && build.network == "host")
        #expect(build.arguments == ["A": "1", "FROM": "x"] && build.labels == ["l": "1"] && build.cacheFrom == ["c"])
        #expect(try service("    build: https://example.org/x.git").build?.context == "https://example.org/x.git")
    }

    @Test func dependencyFormsAreOne() throws {
        let others = "\n  a: {image: x}\n  b: {image: x}"
        let list = try read("services:\n  web:\n    image: x\n    depends_on: [a, b]\(others)\n")
        #expect(list["web"]?.dependencies.map(\.condition) == [.started, .started])
        let map = try read(
            "services:\n  web:\n    image: x\n    depends_on:\n      b: {condition: service_healthy, restart: true}\n      a: {condition: service_completed_successfully, required: false}\(others)\n"
        )
        let found = try #require(map["web"]?.dependencies)
        #expect(found.map(\.service) == ["b", "a"] && found.map(\.condition) == [.healthy, .completedSuccessfully])
        #expect(found.map(\.isRequired) == [true, false] && found.map(\.restarts) == [true, false])
    }

    @Test func healthCheckFormsAreRead() throws {
        let check = try service(
            "    healthcheck: {test: [CMD, curl, -f, x], interval: 1m30s, timeout: 500ms, retries: 3, start_period: 2s, start_interval: 1s}"
        ).healthCheck
        let expected = HealthCheck(
            test: .command(["curl", "-f", "x"]), interval: .seconds(90), timeout: .milliseconds(500), retries: 3,
            startPeriod: .seconds(2), startInterval: .seconds(1))
        #expect(check == expected)
        #expect(
            try service("    healthcheck: {test: curl x || exit 1}").healthCheck?.test == .shell("curl x || exit 1"))
        #expect(try service("    healthcheck: {test: [CMD-SHELL, a b]}").healthCheck?.test == .shell("a b"))
        #expect(try service("    healthcheck: {test: [NONE]}").healthCheck?.test == .disabled)
        #expect(try service("    healthcheck: {disable: true}").healthCheck?.test == .disabled)
        #expect(try service("    healthcheck: {interval: 1s}").healthCheck?.test == .inherited)
    }

    @Test(
        arguments: [
            ("\"8080:80\"", nil, [8080], [80]), ("8080", nil, [nil], [8080]),
            ("127.0.0.1:8080:80", "127.0.0.1", [8080], [80]),
            ("127.0.0.1::80", "127.0.0.1", [nil], [80]), ("\"[::1]:8080:80\"", "::1", [8080], [80]),
            ("8000-8002:80-82", nil, [8000, 8001, 8002], [80, 81, 82]), ("90-91", nil, [nil, nil], [90, 91]),
            ("{target: 80, published: 8080, host_ip: 127.0.0.1, protocol: tcp}", "127.0.0.1", [8080], [80]),
            ("{target: 80, published: \"8080\"}", nil, [8080], [80]), ("{target: 80}", nil, [nil], [80]),
        ] as [(String, String?, [Int?], [Int])])
    func portFormIsRead(form: String, address: String?, hosts: [Int?], containers: [Int]) throws {
        let ports = try service("    ports:\n      - \(form)").ports
        #expect(ports.map(\.hostPort) == hosts && ports.map(\.containerPort) == containers)
        #expect(ports.allSatisfy { $0.hostAddress == address && $0.transport == .tcp })
        #expect(ports.allSatisfy { $0.isLoopback == (address != nil) })
    }

    @Test func transportAndRepetitionOfPorts() throws {
        let ports = try service("    ports: [\"53:53/udp\", \"53:53\", \"53:53/udp\"]").ports
        #expect(ports.map(\.transport) == [.udp, .tcp])
    }

    @Test(
        arguments: [
            ("data:/data", Mount.Source.volume("data"), "/data", false, []),
            ("/data", .volume(nil), "/data", false, []),
            ("./src:/app:ro", .bind("/lab/src"), "/app", true, []),
            ("../src:/app:z,ro", .bind("/src"), "/app", true, ["z"]),
            ("~/x:/x", .bind("/home/me/x"), "/x", false, []), ("/etc:/e:rw", .bind("/etc"), "/e", false, []),
            ("{type: bind, source: ., target: /app, read_only: true}", .bind("/lab"), "/app", true, []),
            (
                "{type: volume, source: data, target: /d, volume: {nocopy: true}}", .volume("data"), "/d", false,
                ["nocopy"]
            ),
            (
                "{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: \"1777\"}}", .temporary(size: 1 << 20, mode: 0o1777),
                "/t",
                false, []
            ),
        ] as [(String, Mount.Source, String, Bool, [String])])
    func volumeFormIsRead(form: String, source: Mount.Source, target: String, isReadOnly: Bool, options: [String])
        throws
    {
        let mounts = try service("    volumes:\n      - \(form)", environment: ["HOME": "/home/me"]).mounts
        let mount = try #require(mounts.first)
        #expect(mount.source == source && mount.target == target)
        #expect(mount.isReadOnly == isReadOnly && mount.options == options)
    }

    @Test func temporaryFileSystemsAreMounts() throws {
        let mounts = try service("    tmpfs:\n      - /run\n      - /tmp:size=64m,mode=1777,noexec").mounts
        #expect(mounts.map(\.target) == ["/run", "/tmp"])
        #expect(mounts[1].source == .temporary(size: 64 << 20, mode: 0o1777) && mounts[1].options == ["noexec"])
        #expect(try service("    tmpfs: /run").mounts.count == 1)
    }

    @Test func networkModesAndNetworks() throws {
        #expect(try service("    network_mode: host").networkMode == .host)
        #expect(try service("    network_mode: none").networkMode == NetworkMode.none)
        #expect(try service("    network_mode: \"container:abc\"").networkMode == .container("abc"))
        #expect(try service("    networks: [back]").networks.map(\.network) == ["back"])
        let web = try service("    networks:\n      back: {aliases: [a], ipv4_address: 10.0.0.2}\n      default:")
        #expect(web.networks.map(\.aliases) == [["a"], []] && web.networks[0].ipv4Address == "10.0.0.2")
    }

    @Test func confinementIsRead() throws {
        let web = try service(
            "    cap_add: [cap_chown, CHOWN, kill]\n    cap_drop: [ALL]\n    security_opt: [\"no-new-privileges:true\"]\n    read_only: yes\n    init: true\n    tty: true\n    stdin_open: true"
        )
        #expect(web.addedCapabilities == ["CHOWN", "KILL"] && web.droppedCapabilities == ["ALL"])
        #expect(web.securityOptions == ["no-new-privileges:true"])
        #expect(web.isReadOnly && web.runsInit == true && web.hasTerminal && web.keepsInputOpen)
    }

    @Test func olderAndNewerLimitsLandInOnePlace() throws {
        var expected = ResourceLimits()
        expected.memory = 512 << 20
        expected.reservedMemory = 128 << 20
        expected.cpus = 1.5
        expected.pids = 100
        expected.ulimits = ["nofile": .init(soft: 1024, hard: 2048), "nproc": .init(soft: 64, hard: 64)]
        let ulimits = "\n    ulimits: {nofile: {soft: 1024, hard: 2048}, nproc: 64}"
        let older = "    mem_limit: 512m\n    mem_reservation: 128m\n    cpus: \"1.5\"\n    pids_limit: 100" + ulimits
        let newer =
            "    deploy: {resources: {limits: {memory: 512M, cpus: 1.5, pids: 100}, reservations: {memory: 128M}}}"
            + ulimits
        #expect(try service(older).limits == expected)
        #expect(try service(newer).limits == expected)
        #expect(try service("    shm_size: 64mb\n    memswap_limit: -1").limits.sharedMemory == 64 << 20)
    }

    @Test func stoppingAndRestarting() throws {
        let web = try service("    stop_signal: SIGINT\n    stop_grace_period: 1m\n    restart: on-failure:3")
        #expect(
            web.stopSignal == "SIGINT" && web.stopGracePeriod == .seconds(60) && web.restart == .onFailure(attempts: 3))
        #expect(try service("    restart: no").restart == .never)
        #expect(try service("    restart: unless-stopped").restart == .unlessStopped)
    }

    @Test func theRestIsRead() throws {
        let web = try service(
            "    user: \"1000\"\n    working_dir: /w\n    hostname: h\n    labels: [a=b, c]\n    profiles: [p]\n    extra_hosts: [\"a:1.2.3.4\", b=::1]"
        )
        #expect(web.user == "1000" && web.workingDirectory == "/w" && web.hostname == "h")
        #expect(
            web.labels == ["a": "b", "c": ""] && web.profiles == ["p"] && web.extraHosts == ["a:1.2.3.4", "b:::1"])
    }

    @Test func valuesSurviveCoding() throws {
        let web = try service("    ports: [80]\n    healthcheck: {interval: 1m}\n    mem_limit: 1g")
        #expect(try decodedAgain(web) == web)
    }
}
