import Diagnostics

/// Checks what only the whole project can tell: that names lead somewhere, and never in a circle.
struct ProjectValidator {
    let context: ReadingContext
    let project: ComposeProject
    /// What the project was decoded from, for places that its values don't keep.
    let tree: YAMLNode

    func validate() throws {
        let services = Set(project.services.map(\.name))
        let volumes = Set(project.volumes.map(\.key))
        let networks = Set(project.networks.map(\.key) + ["default"])
        for service in project.services {
            for dependency in service.dependencies where !services.contains(dependency.service) && dependency.isRequired
            {
                throw unresolvedService(
                    dependency.service, place: dependency.place, "'depends_on' of service \(quoted(service.name))")
            }
            if case .service(let owner) = service.networkMode, !services.contains(owner) {
                let place = tree["services"]?[service.name]?["network_mode"]?.place ?? service.place
                throw unresolvedService(owner, place: place, "'network_mode' of service \(quoted(service.name))")
            }
            for mount in service.mounts {
                guard case .volume(let name?) = mount.source, !volumes.contains(name) else { continue }
                throw unresolved("volume", name, place: mount.place, known: volumes, section: "volumes")
            }
            for attachment in service.networks where !networks.contains(attachment.network) {
                throw unresolved(
                    "network", attachment.network, place: attachment.place, known: networks, section: "networks")
            }
        }
        if let seeder = project.lab.seeder, let service = seeder.service, !services.contains(service) {
            let place = tree["x-lectern"]?["seed"]?["service"]?.place ?? seeder.place
            throw unresolvedService(service, place: place, "'seed' of the top-level 'x-lectern'")
        }
        try refuseCycles()
    }

    private func unresolvedService(_ name: String, place: SourcePlace, _ subject: String) -> ComposeError {
        context.error(
            .unresolved, place, length: name.unicodeScalars.count,
            "\(subject) names service \(quoted(name)), which is not defined",
            remedy: nearestName(to: name, among: project.services.map(\.name)).map(quoted)
                ?? "use one of \(alternatives(project.services.map(\.name).prefix(30)))")
    }

    private func unresolved(
        _ kind: String, _ name: String, place: SourcePlace, known: Set<String>, section: String
    ) -> ComposeError {
        context.error(
            .unresolved, place, length: name.unicodeScalars.count, "\(kind) \(quoted(name)) is not defined",
            remedy: nearestName(to: name, among: known).map(quoted) ?? "add '\(name):' under the top-level '\(section)'"
        )
    }

    private func refuseCycles() throws {
        guard let cycle = project.cycle(), let first = cycle.first, let service = project[first] else { return }
        let next = cycle.count > 1 ? cycle[1] : first
        let place = service.dependencies.first { $0.service == next }?.place ?? service.place
        let names = (cycle + [first]).map(quoted).joined(separator: " → ")
        throw context.error(
            .cycle, place, length: next.unicodeScalars.count, "services wait for each other in a circle: \(names)",
            remedy: "remove one of these from 'depends_on'")
    }
}
