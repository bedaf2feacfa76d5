import ArgumentParser
import ComposeFiles
import Diagnostics
import DockerAPI
import FoundationEssentials
import Lessons

/// The images that an environment's services run from.
struct ImageSet {
    struct Image {
        var reference: String
        /// The services that run from it.
        var services: [String]
        /// `true` when the Compose files say how to build it, so that no registry has it.
        var isBuilt: Bool
    }

    /// In the order of the services.
    let images: [Image]

    init(_ project: ComposeProject) {
        var images: [Image] = []
        for service in project.services {
            guard let reference = service.image else { continue }
            if let index = images.firstIndex(where: { $0.reference == reference }) {
                images[index].services.append(service.name)
                images[index].isBuilt = images[index].isBuilt || service.build != nil
            } else {
                images.append(Image(reference: reference, services: [service.name], isBuilt: service.build != nil))
            }
        }
        self.images = images
    }
}

/// Which images are meant; options of every `images` command.
struct ImageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A Compose file whose images are meant; later ones override earlier ones (docker/compose.yaml).",
            valueName: "file"),
        completion: .composeFile)
    var compose: [String] = []
    @Flag(help: "The images that are built without a registry: adds compose.offline.yaml beside the first file.")
    var offline = false
    @OptionGroup var variables: VariableOptions
    @OptionGroup var common: CommonOptions

    func imageSet() throws -> ImageSet {
        var files = compose.isEmpty ? ["docker/compose.yaml"] : compose
        if compose.isEmpty, !FileManager.default.fileExists(atPath: files[0]) {
            throw CommandError(
                problem: "there is no 'docker/compose.yaml' here", remedy: "name a Compose file with --compose FILE")
        }
        if offline {
            let directory = files[0].lastIndex(of: "/").map { files[0][...$0] } ?? ""
            files.append("\(directory)compose.offline.yaml")
        }
        return ImageSet(
            try ComposeProject.read(files: files, variables: try variables.values()))
    }

    /// Reaches the engine, and lets go of it in the end.
    static func withEngine(_ body: (DockerClient) async throws -> Void) async throws {
        let client = try await DockerClient.connect(to: .find(environment: ProcessInfo.processInfo.environment))
        do {
            try await body(client)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }
}
