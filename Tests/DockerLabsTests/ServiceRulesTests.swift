import ComposeFiles
import Diagnostics
import DockerAPI
import Labs
import NIOPosix
import Testing

@testable import DockerLabs

private func services(_ text: String) throws -> [Service] {
    try withProject("services:\n\(text)volumes: {data: {}, logs: {}}\n") { $0.services }
}

@Suite struct ContainerReadinessTests {
    /// What is waited for, in words, and for how long at most.
    private func conditions(_ lines: String) throws -> [(String, Duration?)] {
        let service = try #require(try services("  web:\n    image: nginx\n\(lines)").first)
        return try service.containerConditions().map { ($0.check.description, $0.timeout) }
    }

    @Test("a health check may fail as often as an engine allows it to, after its start period")
    func healthCheck() throws {
        let lines = """
                healthcheck: {test: [CMD, ok, now], interval: 2s, retries: 5, timeout: 3s, start_period: 7s}

            """
        let found = try conditions(lines)
        #expect(found.count == 1 && found[0] == ("its health check 'ok now' to succeed", .seconds(7 + 2 * 5 + 3)))
    }

    @Test("a health check's times are an engine's unless it has its own, and a line is a shell's")
    func usualTimes() throws {
        let found = try conditions("    healthcheck: {test: \"ok || exit 1\"}\n")
        #expect(found.count == 1)
        #expect(found[0] == ("its health check '/bin/sh -c ok || exit 1' to succeed", .seconds(30 * 3 + 30)))
    }

    @Test("without a check of its own a service waits for its image's, and with a disabled one for nothing")
    func imageCheck() throws {
        let found = try conditions("")
        #expect(found.count == 1 && found[0] == ("its image's health check to succeed", nil))
        #expect(try conditions("    healthcheck: {disable: true}\n").isEmpty)
    }

    @Test("ports and pages that 'x-lectern' names are cheaper to look at than a check")
    func ownReadiness() throws {
        let lines = """
                healthcheck: {test: [CMD, ok]}
                x-lectern: {ready: [{port: 80}]}

            """
        #expect(try conditions(lines).map(\.0) == ["port 80 to answer"])
    }
}

@Suite struct NamesTests {
    @Test("names count the containers and volumes that a reset replaces")
    func names() {
        let names = LabNames(prefix: "lectern-demo")
        #expect(names.network == "lectern-demo")
        #expect(names.container("web", 2) == "lectern-demo-web-2" && names.volume("data", 1) == "lectern-demo-data-1")
    }

    @Test("labels say whose lab it is, and are read back")
    func labels() throws {
        let identity = LabIdentity(name: "demo", checkout: "/lessons/a b")
        let labels = identity.labels
        #expect(labels[LabLabels.lab] == identity.id && labels[LabLabels.name] == "demo")
        #expect(labels[LabLabels.checkout] == "/lessons/a b")
        #expect(try LabOwner(#require(labels[LabLabels.owner])) == .current)
    }
}

@Suite struct EngineErrorTests {
    @Test(
        "what an engine refuses is told as what it means for a lab",
        arguments: [
            (.noEngine, .engineMissing), (.wrongVersion, .engineMissing), (.engineGone, .labEnded),
            (.timedOut, .labEnded), (.registryUnreachable, .missingPart), (.noSuchImage, .missingPart),
            (.badCommand, .badDefinition), (.nameTaken, .nameTaken), (.diskFull, .system),
        ] as [(DockerError.Code, LabError.Code)])
    func codes(_ pair: (engine: DockerError.Code, lab: LabError.Code)) {
        let error = LabError(DockerError(code: pair.engine, problem: "p", remedy: "r"))
        #expect(error.code == pair.lab && error.problem == "p" && error.remedy == "r")
    }

    @Test("an error of a lab stays as it is; of others the words are kept")
    func others() {
        struct Plain: Error {}
        struct Told: UserFacingError {
            let problem = "the disk is full"
            let remedy: String? = "free up space"
        }
        #expect(LabError(LabError(code: .labEnded, problem: "p") as any Error).code == .labEnded)
        let told = LabError(Told())
        #expect(told.code == .system && told.problem == "the disk is full" && told.remedy == "free up space")
        #expect(LabError(Plain()).problem == "the engine cannot be used: Plain()")
    }
}

@Suite struct PodNetworkTests {
    private func service(_ name: String, _ mode: NetworkMode? = nil) -> Service {
        var service = Service(name: name, place: SourcePlace(file: "compose.yaml", line: 7))
        service.networkMode = mode
        return service
    }

    private func withPod(_ services: [Service], _ body: (DockerPod) async throws -> Void) async throws {
        try await EngineDouble(.init()).withClient { client in
            try await body(
                DockerPod(
                    client: client, identity: LabIdentity(name: "demo", checkout: "/c"),
                    names: LabNames(prefix: "lectern-demo"), services: services, limits: LabLimits(),
                    abilities: EngineAbilities(), network: LabNetwork(for: services, allowsInternet: false),
                    agentProgram: [], group: MultiThreadedEventLoopGroup.singleton))
        }
    }

    @Test("whoever joins a service that joins another shares that one's network")
    func chain() async throws {
        let services = [
            service("net"), service("db", .service("net")), service("web", .service("db")),
            service("alone", NetworkMode.none), service("lost", .service("nobody")),
        ]
        try await withPod(services) { pod in
            #expect(services.map { pod.owner(of: $0)?.name } == [nil, "net", "net", nil, nil])
            #expect(services.filter { pod.isOwner($0) }.map(\.name) == ["net"])
            let places = try await [pod.networkPlace(of: services[3]), pod.networkPlace(of: services[0])]
            #expect(places == [.none, .loopback(names: ["net"])])
        }
    }

    @Test("services that join each other are refused, at their place")
    func circle() async throws {
        let services = [service("a", .service("b")), service("b", .service("a"))]
        try await withPod(services) { pod in
            let error = await #expect(throws: LabError.self) { try await pod.networkPlace(of: services[0]) }
            #expect(error?.code == .badDefinition)
            #expect(error?.problem == "compose.yaml:7: service 'a' joins a network that leads back to it")
        }
    }
}
