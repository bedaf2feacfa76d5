import ComposeFiles
import Diagnostics
import DockerAPI
import Labs

/// What the workspace of a lab is made of where no Compose file says so.
struct WorkspaceImage {
    /// The machine of a lesson, which may be any public image; `nil` for Lectern's own.
    var wanted: String?

    /// Lectern's own, best first.
    static let own = ["lectern/workspace:0.1.0", "lectern/offline-workspace:0.1.0"]

    /// The container that the agent is put into.
    static func service(of image: String, besides services: [Service]) -> Service {
        let name = services.contains { $0.name == "workspace" } ? "lectern-workspace" : "workspace"
        var workspace = Service(name: name, place: SourcePlace(file: "", line: 1, column: 1))
        workspace.image = image
        // The agent is all that runs: a public image may start something else by itself, as someone else.
        workspace.entrypoint = []
        workspace.healthCheck = HealthCheck(test: .disabled)
        if !own.contains(image) {
            workspace.user = "0:0"
            workspace.workingDirectory = "/root"
        }
        let owners = Set(services.compactMap(\.joinedService))
        if owners.count == 1, let owner = owners.first { workspace.networkMode = .service(owner) }
        return workspace
    }
}

extension ImageSupply {
    /// The services of a project, and a workspace where it has none.
    func services(of project: ComposeProject?, workspace: WorkspaceImage) async throws -> [Service] {
        var services: [Service] = []
        if let project { services = try await provide(project).services }
        if services.contains(where: { $0.local?.hasTerminals == true }) { return services }
        return services + [WorkspaceImage.service(of: try await image(for: workspace), besides: services)]
    }

    /// The wanted image, if it's there or can be pulled; otherwise Lectern's own stands in, with a warning.
    private func image(for workspace: WorkspaceImage) async throws -> String {
        let fallback = try await ownImage()
        if let wanted = workspace.wanted {
            // With a fallback at hand nobody should wait for a registry that isn't there.
            guard let problem = try await problem(with: wanted, attempts: fallback == nil ? 3 : 1) else {
                return wanted
            }
            guard let fallback else {
                throw LabError(
                    code: .missingPart, problem: "the workspace's image '\(wanted)' is not available: \(problem)",
                    remedy: "connect to the internet, or load the image from a file with 'lectern images load'")
            }
            progress(
                .warning(
                    "the workspace's image '\(wanted)' is not available: \(problem); '\(fallback)' is used instead"))
            return fallback
        }
        guard let fallback else {
            throw LabError(
                code: .missingPart, problem: "there is no image for the workspace, such as '\(WorkspaceImage.own[0])'",
                remedy: "build one with 'make images', or load one with 'lectern images load'")
        }
        return fallback
    }

    private func ownImage() async throws -> String? {
        for image in WorkspaceImage.own where try await client.image(image) != nil { return image }
        return nil
    }

    /// Why an image isn't on the engine and can't be brought there, or `nil`.
    private func problem(with image: String, attempts: Int) async throws -> String? {
        do {
            if try await client.image(image) != nil { return nil }
        } catch let error as DockerError {
            // The name comes from a table that the user may extend.
            return error.problem
        }
        return try await pull([image], attempts: attempts).first?.error.problem
    }
}

extension Service {
    /// The service whose network this one shares, if any.
    var joinedService: String? {
        if case .service(let name) = networkMode { return name }
        return nil
    }
}
