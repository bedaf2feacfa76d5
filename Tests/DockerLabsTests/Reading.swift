import ComposeFiles
import DockerAPI
import Foundation
import Labs
import Testing

@testable import DockerLabs

/// Reads a Compose file that is written to a directory of its own, below which `folders` are; what it mounts is copied.
func withProject<Value>(
    _ text: String, folders: [String] = [], _ body: (ComposeProject) throws -> Value
) throws -> Value {
    let directory = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
    defer { try? FileManager.default.removeItem(at: directory) }
    for folder in [""] + folders {
        try FileManager.default.createDirectory(
            at: directory.appending(path: folder), withIntermediateDirectories: true)
    }
    let file = directory.appending(path: "compose.yaml")
    try Data(text.utf8).write(to: file)
    let lab = directory.path(percentEncoded: false) + "-lab"
    defer { try? FileManager.default.removeItem(atPath: lab) }
    return try body(LessonMounts(directory: lab).copying(.read(files: [file.path(percentEncoded: false)])))
}

/// The container of a service `web` with an image and these lines.
func container(
    _ lines: String, folders: [String] = [], limits: LabLimits = LabLimits(),
    on engine: EngineAbilities = EngineAbilities(), isWorkspace: Bool = false,
    in network: NetworkPlace = .bridge("lectern-demo", .inner)
) throws -> ContainerConfiguration {
    let text = "services:\n  web:\n    image: nginx\n\(lines)\nvolumes: {data: {}}\n"
    return try withProject(text, folders: folders) { project in
        let service = try #require(project["web"])
        let plan = ContainerPlan(
            identity: LabIdentity(name: "demo", checkout: "/lesson"), names: LabNames(prefix: "lectern-demo"),
            service: service, number: 1, volumes: VolumeNumbers(), ownsNetwork: false, isWorkspace: isWorkspace,
            bounds: ContainerBounds(service.limits, within: limits, on: engine))
        return plan.configuration(in: network)
    }
}
