import Foundation
import Testing

@testable import DockerAPI

struct ValueTests {
    @Test func aContainerIsDescribedInTheAPIsWords() throws {
        var container = ContainerConfiguration(image: "mariadb:10.11.11")
        container.command = ["--skip-name-resolve"]
        container.environment = ["A=1"]
        container.healthCheck = .init(test: ["CMD", "true"], interval: .milliseconds(1500), retries: 3)
        container.publish(ContainerPort(8080), at: PortBinding(port: 18080))
        container.publish(ContainerPort(53, transport: "udp"), at: PortBinding(port: nil))
        container.host.networkMode = "container:1a2b"
        container.host.droppedCapabilities = ["ALL"]
        container.host.temporaryFileSystems = ["/tmp": ""]
        container.host.memory = 1 << 20
        container.host.ulimits = [.init(name: "nofile", soft: 10, hard: 20)]
        container.host.restartPolicy = .init(.no)
        var mount = ContainerMount(kind: .bind, source: "/src", target: "/dst", isReadOnly: true)
        mount.bindOptions = .init(propagation: "rslave")
        container.host.mounts = [mount]
        let expected = """
            {"Cmd":["--skip-name-resolve"],"Env":["A=1"],"ExposedPorts":{"53/udp":{},"8080/tcp":{}},\
            "Healthcheck":{"Interval":1500000000,"Retries":3,"StartPeriod":0,"Test":["CMD","true"],"Timeout":0},\
            "HostConfig":{"AutoRemove":false,"CapAdd":[],"CapDrop":["ALL"],"ExtraHosts":[],"Memory":1048576,\
            "Mounts":[{"BindOptions":{"Propagation":"rslave"},"ReadOnly":true,"Source":"/src","Target":"/dst",\
            "Type":"bind"}],"NetworkMode":"container:1a2b","PortBindings":{"53/udp":[{"HostIp":"127.0.0.1",\
            "HostPort":""}],"8080/tcp":[{"HostIp":"127.0.0.1","HostPort":"18080"}]},"ReadonlyRootfs":false,\
            "RestartPolicy":{"MaximumRetryCount":0,"Name":"no"},"SecurityOpt":[],"Tmpfs":{"/tmp":""},\
            "Ulimits":[{"Hard":20,"Name":"nofile","Soft":10}]},"Image":"mariadb:10.11.11","Labels":{}}
            """
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let encoded = try encoder.encode(container)
        #expect(String(decoding: encoded, as: UTF8.self) == expected)
        #expect(try JSONDecoder().decode(ContainerConfiguration.self, from: encoded) == container)
    }

    @Test func aContainersStateIsRead() throws {
        let text = """
            {"Id":"1a2b","Name":"/pod","Image":"sha256:33","Config":{"Image":"pause:3","Labels":{"a":"b"},"Tty":false},
             "State":{"Status":"running","Running":true,"Pid":42,"ExitCode":0,"OOMKilled":false,"Error":"",
              "Health":{"Status":"healthy","FailingStreak":0,"Log":[{"Start":"x","End":"y","ExitCode":0,"Output":"ok"}]}},
             "NetworkSettings":{"Ports":{"8080/tcp":[{"HostIp":"127.0.0.1","HostPort":"49153"}],"9000/tcp":null},
              "Networks":{"bridge":{"NetworkID":"77","IPAddress":"172.17.0.2"},"none":{"IPAddress":""}}}}
            """
        let state = try JSONDecoder().decode(ContainerState.self, from: Data(text.utf8))
        #expect(state.name == "pod" && state.isRunning && state.pid == 42 && state.exitCode == nil)
        #expect(state.ports == [ContainerPort(8080): [PortBinding(port: 49153)]])
        #expect(state.addresses == ["bridge": "172.17.0.2"])
        #expect(state.process.health?.status == "healthy" && state.labels == ["a": "b"])
    }

    @Test(arguments: [
        ("mariadb", "mariadb", "latest" as String?, nil as String?), ("mariadb:10.11", "mariadb", "10.11", nil),
        ("localhost:5000/a/b", "localhost:5000/a/b", "latest", nil),
        ("localhost:5000/a/b:1", "localhost:5000/a/b", "1", nil), ("a@sha256:00", "a", nil, "sha256:00"),
        ("a:1@sha256:00", "a", "1", "sha256:00"), ("docker.io/library/a:1", "a", "1", nil),
        ("docker.io/b/a", "b/a", "latest", nil),
    ])
    func aReferenceHasItsParts(text: String, repository: String, tag: String?, digest: String?) {
        let reference = ImageReference(text)
        #expect(reference.repository == repository && reference.tag == tag && reference.digest == digest)
    }

    @Test(
        "references of images as the distribution's grammar has them are taken",
        arguments: [
            "mariadb", "mariadb:10.11", "a/b/c", "localhost/a", "localhost:5000/a/b:1", "registry.example.org/a_b/c__d",
            "a.b-c---d", "host:80/a", "Host/a", "[fe80::1]:5000/a", "sha256:\(String(repeating: "0f", count: 32))",
            "a:1@sha256:\(String(repeating: "0f", count: 32))", "a:_1.x-Y", "0/1", "registry.k8s.io/pause:3.10",
        ])
    func referencesAreTaken(_ text: String) throws {
        #expect(ImageReference.fault(in: text) == nil)
        #expect(try ImageReference(validating: text) == ImageReference(text))
    }

    @Test(
        "what the grammar doesn't allow is refused, with a reason",
        arguments: [
            "", ".", "..", "../../etc/passwd", "a/./b", "a/../../b", "/a", "a/", "a//b", "a b", "a\n", "a?x", "a#x",
            "a%2f", "ä", "A/b", "a:", "a:b:c", "a:b/c", "a@", "a@sha256:12", "a@sha256", "-a", "a-", "a.", "_a",
            "a...b",
            "a___b", "a._b", "host:/a", "host:x/a", "host:123456/a", "x_y.z:80/a",
            "a:\(String(repeating: "t", count: 129))",
            "\(String(repeating: "a", count: 256))", "\u{7f}", "a\0b", "a\\b",
        ])
    func whatIsNoReferenceIsRefused(_ text: String) {
        #expect(ImageReference.fault(in: text)?.isEmpty == false)
        let error = #expect(throws: DockerError.self) { try ImageReference(validating: text) }
        #expect(error?.code == .badReference)
        // What is said of it commands no terminal.
        #expect(error?.problem.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } == false)
    }

    @Test("whatever bytes a reference is made of, one that is taken stays in its place in a path")
    func noReferenceLeavesItsPath() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("ab0A.:/@-_%?#\\ \n~[]é".unicodeScalars)
        var taken = 0
        for _ in 0..<20_000 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...9, using: &generator)).compactMap { _ in letters.randomElement() }))
            let path: EnginePath = "/images/\(image: text)/json"
            guard ImageReference.fault(in: text) == nil else {
                #expect(throws: DockerError.self) { try path.check() }
                continue
            }
            taken += 1
            #expect(throws: Never.self) { try path.check() }
            let components = path.description.split(separator: "/", omittingEmptySubsequences: false)
            #expect(components.dropFirst().allSatisfy { !["", ".", ".."].contains($0) }, "\(text)")
            #expect(!path.description.contains { "?#\\ ".contains($0) }, "\(text)")
        }
        #expect(taken > 100)
    }

    @Test func whatIsPutIntoAPathCannotLeaveIt() {
        #expect(escaped("../a b?c=d&e%/ü") == "..%2Fa%20b%3Fc%3Dd%26e%25%2F%C3%BC")
        let path: EnginePath = "/volumes/\("a/../b")/x"
        #expect(path.description == "/volumes/a%2F..%2Fb/x")
        #expect(throws: Never.self) { try path.check() }
    }

    @Test("a name that an engine would take for a way up isn't sent", arguments: ["", ".", ".."])
    func aWayUpIsNoName(_ name: String) {
        let path: EnginePath = "/networks/\(name)"
        let error = #expect(throws: DockerError.self) { try path.check() }
        #expect(error?.code == .badRequest)
    }

    @Test func secondsAreRoundedUp() {
        #expect(Duration.milliseconds(1).wholeSeconds == "1" && Duration.zero.wholeSeconds == "0")
        #expect(Duration.seconds(10).wholeSeconds == "10")
    }
}
