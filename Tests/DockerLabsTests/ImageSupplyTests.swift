import ComposeFiles
import Diagnostics
import DockerAPI
import Labs
import Synchronization
import Testing

@testable import DockerLabs

/// What a supply told while it worked.
final class Events: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var warnings: [String] { all.filter { $0.hasPrefix("warning: ") } }

    func take(_ event: LabEvent) {
        switch event {
        case .preparing(let text): lines.withLock { $0.append(text) }
        case .warning(let text): lines.withLock { $0.append("warning: \(text)") }
        default: lines.withLock { $0.append("\(event)") }
        }
    }
}

@Suite struct ImageSupplyTests {
    private static let web = "services:\n  web: {image: \"nginx:1\"}\n"
    private static let offline = "services:\n  web: {image: \"own/web:1\"}\n"

    private func provide(
        _ text: String, offline: String? = nil, on engine: EngineDouble, telling events: Events = Events()
    ) async throws -> [String?] {
        try await withProject(text, offline: offline) { project in
            try await engine.withClient { client in
                try await ImageSupply(client: client, progress: events.take).provide(project).services.map(\.image)
            }
        }
    }

    @Test("images that are there are not pulled")
    func present() async throws {
        let (engine, events) = (EngineDouble(.init(images: ["nginx:1"])), Events())
        #expect(try await provide(Self.web, on: engine, telling: events) == ["nginx:1"])
        #expect(engine.current.changes.isEmpty && events.all.isEmpty)
    }

    @Test("an image that is missing is pulled once, however many services want it")
    func pulled() async throws {
        let (engine, events) = (EngineDouble(.init(registry: ["nginx:1"])), Events())
        let text = Self.web + "  twin: {image: \"nginx:1\"}\n"
        #expect(try await provide(text, on: engine, telling: events) == ["nginx:1", "nginx:1"])
        #expect(engine.current.changes == ["POST images/create"])
        #expect(events.all == ["pulling 'nginx:1'", "pulled 'nginx:1' (sha256:1)"])
    }

    @Test("the images that need no registry are used where all of them are there, and a warning says why")
    func fallback() async throws {
        let (engine, events) = (EngineDouble(.init(images: ["own/web:1"])), Events())
        #expect(try await provide(Self.web, offline: Self.offline, on: engine, telling: events) == ["own/web:1"])
        #expect(events.warnings.count == 1)
        #expect(events.warnings[0].hasPrefix("warning: the images built without a registry are used, since "))
    }

    @Test("an image that nobody has is named, with what would help")
    func unavailable() async throws {
        for (offline, hint) in [
            (nil, "connect to the internet, or load"), (Self.offline, "with 'make images', or load"),
        ] {
            let error = await #expect(throws: LabError.self) {
                try await provide(Self.web, offline: offline, on: EngineDouble(.init()))
            }
            #expect(error?.code == .missingPart)
            #expect(error?.problem.hasPrefix("image 'nginx:1' of service 'web' is not available: ") == true)
            #expect(error?.remedy?.contains(hint) == true, "\(error?.remedy ?? "")")
        }
    }

    @Test("an image that is built is never pulled")
    func built() async throws {
        let text = "services:\n  web: {image: \"own:1\", build: .}\n"
        let engine = EngineDouble(.init(registry: ["own:1"]))
        let error = await #expect(throws: LabError.self) { try await provide(text, on: engine) }
        #expect(error?.problem == "image 'own:1' of service 'web' is not available: it has not been built")
        #expect(error?.remedy?.hasPrefix("docker-compose -f ") == true && engine.current.changes.isEmpty)
        let events = Events()
        let own = EngineDouble(.init(images: ["own/web:1"]))
        #expect(try await provide(text, offline: Self.offline, on: own, telling: events) == ["own/web:1"])
        #expect(events.warnings[0].hasSuffix("since 'own:1' has not been built"))
    }

    @Test("a build without a name for its image is refused at its place")
    func nameless() async throws {
        let error = await #expect(throws: LabError.self) {
            try await provide("services:\n  web: {build: .}\n", on: EngineDouble(.init()))
        }
        #expect(error?.code == .badDefinition && error?.problem.contains("compose.yaml:2") == true)
        #expect(error?.problem.hasSuffix("service 'web' has no 'image'") == true)
    }

    @Test("the file for labs without a registry is held to the same rules")
    func offlineRules() async throws {
        let offline = "services:\n  web: {image: \"own/web:1\", privileged: true}\n"
        await #expect(throws: LabError.self) {
            try await provide(Self.web, offline: offline, on: EngineDouble(.init(images: ["own/web:1"])))
        }
    }
}

@Suite struct WorkspaceImageTests {
    private func workspace(_ wanted: String?, on engine: EngineDouble, telling events: Events = Events()) async throws
        -> String?
    {
        try await engine.withClient { client in
            try await ImageSupply(client: client, progress: events.take)
                .services(of: nil, workspace: WorkspaceImage(wanted: wanted)).first?.image
        }
    }

    @Test("Lectern's own image is taken, the one made without a registry only where the other isn't there")
    func own() async throws {
        #expect(
            try await workspace(nil, on: EngineDouble(.init(images: Set(WorkspaceImage.own)))) == WorkspaceImage.own[0])
        #expect(
            try await workspace(nil, on: EngineDouble(.init(images: [WorkspaceImage.own[1]]))) == WorkspaceImage.own[1])
        let error = await #expect(throws: LabError.self) { try await workspace(nil, on: EngineDouble(.init())) }
        #expect(error?.code == .missingPart && error?.remedy?.contains("make images") == true)
    }

    @Test("a lesson's machine is pulled; where it isn't to be had Lectern's own is used, with a warning")
    func wanted() async throws {
        #expect(try await workspace("debian:12", on: EngineDouble(.init(registry: ["debian:12"]))) == "debian:12")
        let events = Events()
        let engine = EngineDouble(.init(images: [WorkspaceImage.own[0]]))
        #expect(try await workspace("debian:12", on: engine, telling: events) == WorkspaceImage.own[0])
        #expect(events.warnings.count == 1 && events.warnings[0].contains("'debian:12' is not available: "))
        #expect(events.warnings[0].hasSuffix("'\(WorkspaceImage.own[0])' is used instead"))
        let error = await #expect(throws: LabError.self) { try await workspace("debian:12", on: EngineDouble(.init())) }
        #expect(error?.problem.hasPrefix("the workspace's image 'debian:12' is not available: ") == true)
    }

    @Test("a foreign image starts nothing of its own, as root; a taken name is avoided, a shared network joined")
    func service() {
        let plain = WorkspaceImage.service(of: "debian:12", besides: [])
        #expect(plain.name == "workspace" && plain.user == "0:0" && plain.workingDirectory == "/root")
        #expect(plain.entrypoint == [] && plain.healthCheck?.test == .disabled)
        let place = SourcePlace(file: "c", line: 1)
        var db = Service(name: "db", place: place)
        var web = Service(name: "workspace", place: place)
        web.networkMode = .service("db")
        let beside = WorkspaceImage.service(of: WorkspaceImage.own[0], besides: [db, web])
        #expect(beside.name == "lectern-workspace" && beside.user == nil && beside.networkMode == .service("db"))
        db.networkMode = .service("other")
        #expect(WorkspaceImage.service(of: "x", besides: [db, web]).networkMode == nil)
    }
}
