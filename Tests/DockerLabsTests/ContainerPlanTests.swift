import ComposeFiles
import DockerAPI
import Labs
import Testing

@testable import DockerLabs

@Suite struct ContainerPlanTests {
    @Test func whatTheFileSaysIsPassedOn() throws {
        let container = try container(
            """
                command: [serve, --all]
                entrypoint: /start
                environment: {B: 2, A: 1}
                user: "1000"
                working_dir: /srv
                hostname: shop
                labels: {of: mine}
                init: true
                tty: true
                stdin_open: true
                stop_signal: SIGINT
                stop_grace_period: 3s
                read_only: true
                tmpfs: ["/tmp:size=1m,mode=700"]
                cap_drop: [ALL]
                cap_add: [SYS_CHROOT]
                mem_limit: 64m
                cpus: 0.5
                pids_limit: 7
                shm_size: 1m
                ulimits: {nofile: {soft: 10, hard: 20}}
                extra_hosts: ["a:1.2.3.4"]
            """)
        #expect(container.command == ["serve", "--all"] && container.entrypoint == ["/start"])
        #expect(container.environment == ["A=1", "B=2"])
        #expect(container.user == "1000" && container.workingDirectory == "/srv" && container.hostname == "shop")
        #expect(container.hasTerminal == true && container.keepsInputOpen == true)
        #expect(container.stopSignal == "SIGINT" && container.stopTimeout == 3)
        let host = container.host
        #expect(host.isReadOnly && host.runsInit == true)
        #expect(host.temporaryFileSystems == ["/tmp": "size=1048576,mode=700"])
        #expect(host.droppedCapabilities == ["ALL"] && host.addedCapabilities == ["SYS_CHROOT"])
        #expect(host.memory == 64 << 20 && host.nanoCPUs == 500_000_000 && host.pids == 7)
        #expect(host.sharedMemory == 1 << 20 && host.extraHosts == ["a:1.2.3.4"])
        #expect(host.ulimits.contains(.init(name: "nofile", soft: 10, hard: 20)))
    }

    @Test("everything carries the lab's labels, and none of the lesson's, from which the host's programs take orders")
    func labelsAreTheLabs() throws {
        let container = try container(
            "    labels: {lectern.lab: mine, traefik.enable: \"true\"}\n    volumes: [\"data:/data\"]")
        #expect(
            container.labels.keys.sorted()
                == ["lectern.checkout", "lectern.lab", "lectern.name", "lectern.owner", "lectern.service"])
        #expect(container.labels["lectern.name"] == "demo" && container.labels["lectern.checkout"] == "/lesson")
        #expect(container.labels["lectern.lab"] != "mine")
        let volume = try #require(container.host.mounts.first)
        #expect(volume.source == "lectern-demo-data-1")
        #expect(volume.volumeOptions?.labels["lectern.lab"] == container.labels["lectern.lab"])
    }

    @Test("no port is published, whatever address the file names", arguments: ["8080:80", "0.0.0.0:8080:80", "80"])
    func noPortIsPublished(_ port: String) throws {
        let container = try container("    ports: [\"\(port)\"]")
        #expect(container.host.portBindings.isEmpty && container.exposedPorts == nil)
    }

    @Test("the workspace's first process is the agent, and the service's own program isn't lost for it")
    func theWorkspaceIsTheAgents() throws {
        let container = try container(
            "    command: [tail, -f, /dev/null]\n    init: true\n    tty: true", isWorkspace: true)
        #expect(container.entrypoint == ["/.lectern/lectern-agent", "--container"] && container.command == [])
        #expect(container.host.runsInit == false && container.hasTerminal == false)
        #expect(container.keepsInputOpen == true && container.endsInputOnce == true)
        #expect(container.host.log?.driver == "none")
    }

    @Test("what a lesson mounts are copies, read-only whatever the file says, and a wish to write is answered")
    func mountsAreCopies() throws {
        let lines = "    volumes: [\"./pages:/pages\", \"./pages:/again:ro\", \"data:/data\"]"
        let mounts = try container(lines, folders: ["pages"]).host.mounts
        #expect(mounts.map(\.isReadOnly) == [true, true, false])
        #expect(mounts[0].source == mounts[1].source)
        #expect(mounts[0].source?.contains("-lab/") == true)
        let text = "services: {web: {image: nginx, volumes: [./pages:/pages, ./pages:/again:ro]}}"
        let warnings = try withProject(text, folders: ["pages"]) { $0.services[0].unhonouredInContainers }
        #expect(warnings.count == 1 && warnings[0].contains("'/pages' is read-only"))
    }

    @Test("a path of the host that isn't a copy is refused")
    func pathsAreRefused() throws {
        var project = try withProject("services: {web: {image: nginx, volumes: [./pages:/p]}}", folders: ["pages"]) {
            $0
        }
        project.services[0].mounts[0].source = .bind("/etc")
        #expect(throws: LabError.self) { try LessonPolicy.check(project) }
    }

    @Test func whatIsNotHonouredIsNamedWithItsPlace() throws {
        let text = """
            services:
              web: {image: nginx, restart: always, labels: {a: b}, networks: {back: {ipv4_address: 10.0.0.2}}}
            networks: {back: {}}
            """
        let warnings = try withProject(text) { $0.services[0].unhonouredInContainers }
        #expect(warnings.count == 4)
        #expect(warnings.allSatisfy { $0.contains("compose.yaml:2") })
        #expect(
            ["'restart'", "'networks'", "'ipv4_address'", "'labels'"].allSatisfy { key in
                warnings.contains { $0.contains(key) }
            })
    }
}

@Suite struct VolumeNumbersTests {
    private func users() throws -> (Service, Service) {
        let text = """
            services:
              one: {image: a, volumes: ["data:/data", "own:/own"]}
              two: {image: b, volumes: ["data:/data"]}
            volumes: {data: {}, own: {}}
            """
        return try withProject(text) { ($0.services[0], $0.services[1]) }
    }

    @Test func aVolumeIsReplacedOnceNobodyUsesIt() throws {
        let (one, two) = try users()
        var numbers = VolumeNumbers()
        numbers.use(one)
        numbers.use(two)
        numbers.release(one)
        #expect(numbers.renumber().map(\.key) == ["own"])
        numbers.release(two)
        #expect(numbers.renumber().map(\.key) == ["data"])
        #expect(numbers.number(of: "data") == 2 && numbers.number(of: "own") == 2)
    }

    @Test func anUnusedVolumeIsReplacedNoMore() throws {
        let (one, two) = try users()
        var numbers = VolumeNumbers()
        numbers.use(one)
        numbers.release(one)
        #expect(numbers.renumber().map(\.number) == [1, 1])
        #expect(numbers.renumber().isEmpty)
        numbers.use(two)
        numbers.release(two)
        #expect(numbers.renumber().map(\.key) == ["data"])
    }
}
