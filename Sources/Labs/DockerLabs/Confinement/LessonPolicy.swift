import ComposeFiles
import Diagnostics
import DockerAPI
import Labs

/// What a lesson's Compose file may not ask of an engine.
///
/// A lesson comes from anywhere, and an engine would give it the whole host. Copies of what lies in the lesson's
/// repository may be mounted, and nothing else of the host be seen or commanded.
enum LessonPolicy {
    /// - Throws: ``LabError`` at the first thing that is refused, with its place.
    static func check(_ project: ComposeProject) throws {
        for service in project.services { try check(service) }
        for volume in project.volumes {
            if volume.isExternal { throw refusal(volume.place, "volume '\(volume.key)' does not belong to the lesson") }
            // With options the local driver mounts any directory of the host.
            if !volume.driverOptions.isEmpty || !["local", nil].contains(volume.driver) {
                throw refusal(volume.place, "volume '\(volume.key)' has a driver or options of its own")
            }
        }
        for network in project.networks {
            if network.isExternal {
                throw refusal(network.place, "network '\(network.key)' does not belong to the lesson")
            }
            if !["bridge", nil].contains(network.driver) {
                throw refusal(network.place, "network '\(network.key)' is more than a bridge of its own")
            }
        }
    }

    private static func check(_ service: Service) throws {
        func refuse(_ what: String, at place: SourcePlace? = nil) -> LabError {
            refusal(place ?? service.place, "service '\(service.name)' \(what)")
        }
        if let access = service.hostAccess.first {
            throw refuse("asks for '\(access.key)' of the host", at: access.place)
        }
        switch service.networkMode {
        case .host: throw refuse("asks for the host's network")
        case .container(let name): throw refuse("joins container '\(name)', which is not part of the lesson")
        case .named(let name): throw refuse("joins network '\(name)', which is not part of the lesson")
        case .service, .bridge, .none?, nil: break
        }
        if let capability = service.addedCapabilities.first(where: { !ContainerCapabilities.allowed.contains($0) }) {
            throw refuse("asks for the capability '\(capability)', which labs are never given")
        }
        for option in service.securityOptions where !isHarmless(option) {
            throw refuse("asks for '\(option)', which disables a protection")
        }
        for mount in service.mounts {
            if isLecterns(mount.target) {
                throw refusal(mount.place, "service '\(service.name)' mounts something over Lectern's own files")
            }
            guard case .bind(let path) = mount.source else { continue }
            throw refusal(mount.place, "service '\(service.name)' mounts '\(path)' of the host, not a copy of it")
        }
        if let image = service.image { try check(image, at: service.imagePlace ?? service.place) }
    }

    private static func isLecterns(_ target: String) -> Bool {
        let components = target.split(separator: "/").filter { $0 != "." }
        return components.contains("..") || components.first == RunningWorkspace.directory.dropFirst()
    }

    /// What a lesson calls an image becomes part of a path that the engine is asked for.
    private static func check(_ image: String, at place: SourcePlace) throws {
        do {
            _ = try ImageReference(validating: image)
        } catch {
            throw LabError(code: .badDefinition, problem: "\(place): \(error.problem)", remedy: error.remedy)
        }
    }

    private static func refusal(_ place: SourcePlace, _ problem: String) -> LabError {
        LabError(
            code: .badDefinition, problem: "\(place): \(problem)",
            remedy: "a lesson must not reach the host: remove this from the Compose file")
    }

    private static func isHarmless(_ option: String) -> Bool {
        let option = option.replacing("=", with: ":").lowercased()
        return option.hasPrefix("no-new-privileges") && !option.hasSuffix(":false")
    }
}

extension String {
    /// `replacingOccurrences` without Foundation.
    fileprivate func replacing(_ character: Character, with other: Character) -> String {
        String(map { $0 == character ? other : $0 })
    }
}
