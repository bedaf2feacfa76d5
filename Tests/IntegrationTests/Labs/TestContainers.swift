import DockerAPI
import Foundation
import Testing

/// The engine that labs of containers run on, as tests look at it from outside.
enum TestContainers {
    static let images = ["pod", "base", "workspace", "mariadb", "adminer", "mongo", "kafka", "order-service"]

    private static let connection = Task {
        try await DockerClient.connect(to: .find(environment: ProcessInfo.processInfo.environment))
    }

    static var client: DockerClient { get async throws { try await connection.value } }

    /// Why no lab of containers can be had here, or `nil`.
    static var missing: String? {
        get async {
            do {
                let present = try await client.images().flatMap { $0.tags ?? [] }
                for image in images where !present.contains(where: { $0.hasPrefix("lectern/offline-\(image):") }) {
                    return "the image 'lectern/offline-\(image)' isn't there; 'make images' builds it"
                }
                return nil
            } catch {
                return "no container engine can be used here: \(error)"
            }
        }
    }

    /// Names of the containers, networks and volumes that a lab has in the engine.
    static func things(of lab: String) async throws -> [String] {
        let client = try await client
        let label = "lectern.name=\(lab)"
        let networks = try await client.networks(labels: [label]).map(\.name)
        let volumes = try await client.volumes(labels: [label]).map(\.name)
        return try await client.containers(labels: [label]).map(\.name) + networks + volumes
    }
}
