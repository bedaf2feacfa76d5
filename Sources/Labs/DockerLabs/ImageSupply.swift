import ComposeFiles
import Diagnostics
import DockerAPI
import FoundationEssentials
import Labs

/// Sees to it that the engine has the images of a project.
struct ImageSupply: Sendable {
    let client: DockerClient
    let progress: @Sendable (LabEvent) -> Void

    /// Looks, pulls what is missing, and falls back to the images that were built without a registry.
    ///
    /// The fallback is `compose.offline.yaml` beside the project's only file, where all its images are there.
    ///
    /// - Returns: The project as it can be run: the given one, or the one of the fallback.
    /// - Throws: ``LabError`` when neither is available.
    func provide(_ project: ComposeProject) async throws -> ComposeProject {
        let missing = try await missingImages(of: project)
        if missing.isEmpty { return project }
        let offline = try await offlineProject(of: project)
        if let unbuilt = missing.first(where: \.isBuilt) {
            if let offline { return announced(offline, since: "'\(unbuilt.reference)' has not been built") }
            throw unavailable(unbuilt, since: "it has not been built", of: project)
        }
        // With a fallback at hand nobody should wait for a registry that isn't there.
        let failure = try await pull(missing, attempts: offline == nil ? 3 : 1)
        guard let failure else { return project }
        if let offline { return announced(offline, since: failure.error.problem) }
        throw unavailable(failure.image, since: failure.error.problem, of: project)
    }

    private struct Missing {
        var reference: String
        var service: Service
        var isBuilt: Bool { service.build != nil }
    }

    private func missingImages(of project: ComposeProject) async throws -> [Missing] {
        try await withThrowingTaskGroup(of: Missing?.self) { group in
            for service in project.services {
                guard let reference = service.image else {
                    throw LabError(
                        code: .badDefinition, problem: "\(service.place): service '\(service.name)' has no 'image'",
                        remedy:
                            "name the image that it builds, and build it: docker-compose build \(service.name)")
                }
                group.addTask { [client] in
                    try await client.image(reference) == nil ? Missing(reference: reference, service: service) : nil
                }
            }
            return try await group.reduce(into: []) { if let missing = $1 { $0.append(missing) } }
        }
    }

    /// `nil` when there's none, or its images aren't all there.
    private func offlineProject(of project: ComposeProject) async throws -> ComposeProject? {
        guard project.files.count == 1 else { return nil }
        let file = project.directory + "/compose.offline.yaml"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let offline = try project.reading(with: file)
            .takingCopies(from: project)
        // It's the lesson's as well, and asks for what it likes.
        try LessonPolicy.check(offline)
        return try await missingImages(of: offline).isEmpty ? offline : nil
    }

    private func announced(_ offline: ComposeProject, since reason: String) -> ComposeProject {
        progress(.warning("the images built without a registry are used, since \(reason)"))
        return offline
    }

    // MARK: Pulling

    private func pull(
        _ missing: [Missing], attempts: Int
    ) async throws -> (image: Missing, error: DockerError)? {
        let failures = try await pull(Array(Set(missing.map(\.reference))).sorted(), attempts: attempts)
        for failure in failures {
            if let image = missing.first(where: { $0.reference == failure.reference }) { return (image, failure.error) }
        }
        return nil
    }

    /// - Returns: Those that are not available.
    func pull(
        _ references: [String], attempts: Int
    ) async throws -> [(reference: String, error: DockerError)] {
        let display = PullDisplay(progress: progress)
        let outcomes = try await ImagePulls(client, attempts: attempts).pull(references) { display.show($0) }
        return outcomes.compactMap { outcome in
            guard case .failure(let error) = outcome.result else { return nil }
            return (outcome.reference, error)
        }
    }

    private func unavailable(_ image: Missing, since reason: String, of project: ComposeProject) -> LabError {
        let offline = project.directory + "/compose.offline.yaml"
        let hasOffline = project.files.count == 1 && FileManager.default.fileExists(atPath: offline)
        let build = "docker-compose -f \(project.files.joined(separator: " -f ")) build"
        return LabError(
            code: .missingPart,
            problem: "image '\(image.reference)' of service '\(image.service.name)' is not available: \(reason)",
            remedy: (image.isBuilt ? build : "connect to the internet")
                + (hasOffline ? ", build the images that need no registry with 'make images'" : "")
                + ", or load the images from a file with 'lectern images load'")
    }
}

/// Says when the pull of an image begins, is tried again, and ends.
private struct PullDisplay: Sendable {
    let progress: @Sendable (LabEvent) -> Void

    func show(_ pull: ImagePullProgress) {
        switch pull.stage {
        case .waiting: progress(.preparing("pulling '\(pull.reference)'"))
        case .retrying(let problem, _): progress(.preparing("pulling '\(pull.reference)' again: \(problem)"))
        case .done: progress(.preparing("pulled '\(pull.reference)' (\(pull.digest ?? "without a digest"))"))
        case .downloading, .extracting, .failed: break
        }
    }
}
