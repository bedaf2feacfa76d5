import Labs
import Testing

@testable import DockerLabs

@Suite struct DockerResourcesTests {
    private func labels(_ lab: String, owner: String = "", others: [String: String] = [:]) -> [String: String] {
        [LabLabels.lab: lab, LabLabels.name: "lab-\(lab)", LabLabels.checkout: "/c", LabLabels.owner: owner]
            .merging(others) { $1 }
    }

    /// A supervisor of this boot and process namespace that has ended.
    private var deadOwner: String {
        LabOwner.current.description.replacing(/^\d+@\d+/, with: "1@0")
    }

    private func engine() -> EngineDouble {
        let owns = [LabLabels.ownsNetwork: ""]
        return EngineDouble(
            .init(
                containers: [
                    .init(name: "owner", labels: labels("a", others: owns)), .init(name: "web", labels: labels("a")),
                    .init(name: "db", labels: labels("a")), .init(name: "other", labels: labels("b")),
                    .init(name: "foreign", labels: [:]),
                ],
                networks: [.init(name: "net", labels: labels("a")), .init(name: "net-b", labels: labels("b"))],
                volumes: [.init(name: "data", labels: labels("a")), .init(name: "mine", labels: [:])]))
    }

    @Test("everything of one lab is removed, and nothing else")
    func removal() async throws {
        let engine = engine()
        try await engine.withClient { try await DockerResources(client: $0).remove(lab: "a") }
        #expect(engine.current.containers.map(\.name) == ["other", "foreign"])
        #expect(engine.current.networks.map(\.name) == ["net-b"] && engine.current.volumes.map(\.name) == ["mine"])
    }

    @Test("a container goes before the one whose network it shares, and both before the network")
    func order() async throws {
        let engine = engine()
        try await engine.withClient { try await DockerResources(client: $0).remove(lab: "a") }
        let changes = engine.current.changes
        func place(_ name: String) throws -> Int { try #require(changes.firstIndex { $0.hasSuffix("/\(name)") }) }
        let (web, db, owner, network) = (try place("web"), try place("db"), try place("owner"), try place("net"))
        #expect(web < owner && db < owner && owner < network)
    }

    @Test("a network that is still in use is tried again")
    func busyNetwork() async throws {
        var state = engine().current
        state.busyNetworks = ["net"]
        let engine = EngineDouble(state)
        try await engine.withClient { try await DockerResources(client: $0).remove(lab: "a") }
        #expect(engine.current.networks.map(\.name) == ["net-b"])
        #expect(engine.current.changes.count { $0 == "DELETE networks/net" } == 2)
    }

    @Test("labs are told once each, by name, whatever is left of them")
    func labs() async throws {
        let engine = EngineDouble(
            .init(
                containers: [.init(name: "c", labels: labels("b", owner: LabOwner.current.description))],
                networks: [.init(name: "n", labels: labels("b", owner: LabOwner.current.description))],
                volumes: [
                    .init(name: "v", labels: labels("a", owner: deadOwner)), .init(name: "w", labels: ["x": "y"]),
                ]))
        let labs = try await engine.withClient { try await DockerResources(client: $0).labs() }
        #expect(labs.map(\.name) == ["lab-a", "lab-b"] && labs.map(\.isOrphan) == [true, false])
        #expect(labs[1].owner == .current && labs[1].checkout == "/c")
    }

    @Test("only labs whose supervisor is known to be gone are orphans")
    func orphans() async throws {
        let elsewhere = "1@0@another-boot/1"
        let engine = EngineDouble(
            .init(
                containers: [
                    .init(name: "dead", labels: labels("a", owner: deadOwner)),
                    .init(name: "living", labels: labels("b", owner: LabOwner.current.description)),
                    .init(name: "elsewhere", labels: labels("c", owner: elsewhere)),
                    .init(name: "unknown", labels: labels("d", owner: "nonsense")),
                ]))
        try await engine.withClient { try await DockerResources(client: $0).removeOrphans() }
        #expect(engine.current.containers.map(\.name) == ["living", "elsewhere", "unknown"])
    }
}
