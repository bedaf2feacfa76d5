import ArgumentParser
import Diagnostics
import DockerAPI
import FoundationEssentials
import Lessons

/// `lectern images`: the images of an environment's services, on the engine and in files.
struct ImagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "images",
        abstract: "List, pull, save and load the images that a lab's containers run from.",
        discussion: "Save on a machine with internet, carry the file to one without, and load it there.",
        subcommands: [List.self, Pull.self, Save.self, Load.self], defaultSubcommand: List.self)

    /// `lectern images list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which images a lab needs, and which of them the engine has.",
            discussion: "Exit status 0 when all are there, 1 otherwise.")

        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var options: ImageOptions

        func run() async throws {
            let console = options.common.console
            let set = try options.imageSet()
            var entries: [Entry] = []
            try await ImageOptions.withEngine { client in
                for image in set.images { entries.append(Entry(image, found: try await client.image(image.reference))) }
            }
            if json {
                console.document(try entries.jsonText())
            } else {
                let width = entries.map(\.reference.count).max() ?? 0
                for entry in entries { console.result(entry.line(width: width)) }
            }
            if entries.contains(where: { !$0.isPresent }) { throw ExitCode(1) }
        }

        private struct Entry: Encodable {
            var reference: String
            var services: [String]
            var isBuilt: Bool
            var isPresent: Bool
            var id: String?
            var digest: String?
            var bytes: Int64?

            init(_ image: ImageSet.Image, found: EngineImage?) {
                reference = image.reference
                services = image.services
                isBuilt = image.isBuilt
                isPresent = found != nil
                id = found?.id
                digest = found?.digest
                bytes = found?.size
            }

            func line(width: Int) -> StyledText {
                let name = reference.padded(to: width)
                guard let id, let bytes else { return "\("✗", .bad) \(name)  \(isBuilt ? "not built" : "not here")" }
                return "\("✓", .good) \(name)  \(bytes.inUnits.padded(to: 9)) \(digest ?? "id \(id)")"
            }
        }
    }

    /// `lectern images pull`
    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pull the images that the engine lacks from their registries, side by side.")

        @Flag(help: "Ask the registry for newer ones of those that are there, too.") var refresh = false
        @OptionGroup var options: ImageOptions

        func run() async throws {
            let console = options.common.console
            let set = try options.imageSet()
            try await ImageOptions.withEngine { client in
                var wanted: [String] = []
                var unbuilt: [String] = []
                for image in set.images {
                    let isPresent = try await client.image(image.reference) != nil
                    if image.isBuilt {
                        if !isPresent { unbuilt.append(image.reference) }
                    } else if refresh || !isPresent {
                        wanted.append(image.reference)
                    }
                }
                let display = ImagePullDisplay(console: console)
                let outcomes = try await ImagePulls(client).pull(wanted, onProgress: display.show)
                if wanted.isEmpty { console.report("nothing to pull") }
                var problems = outcomes.compactMap(\.failure?.problem)
                var remedies = outcomes.compactMap(\.failure?.remedy)
                if !unbuilt.isEmpty {
                    problems.append("built here, not pulled: \(unbuilt.joined(separator: ", "))")
                    remedies.append("make images, or docker-compose build")
                }
                for problem in problems { console.problem(problem) }
                // Images often fail for one reason.
                for (index, remedy) in remedies.enumerated() where !remedies[..<index].contains(remedy) {
                    console.report("  try: \(remedy)")
                }
                if !problems.isEmpty { throw ExitCode(2) }
            }
        }
    }

    /// `lectern images save`
    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write all images of a lab to one file, for a machine without internet.")

        @Argument(help: "The file; 'docker load' reads it too.", completion: .file()) var file: String
        @OptionGroup var options: ImageOptions

        func run() async throws {
            let console = options.common.console
            let references = try options.imageSet().images.map(\.reference)
            try await ImageOptions.withEngine { client in
                let display = TransferDisplay(console: console, verb: "saved")
                let saved = try await client.save(references, to: file, onProgress: display.show)
                display.finish()
                for reference in saved.references ?? references { console.result(StyledText(reference)) }
                console.report("\(references.count) images, \(saved.size.inUnits), in '\(file)'")
            }
        }
    }

    /// `lectern images load`
    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read images from a file that 'images save' or 'docker save' has written.")

        @Argument(help: "The file.", completion: .file()) var file: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let console = common.console
            let images = try ImageFile(path: file)
            try await ImageOptions.withEngine { client in
                let display = TransferDisplay(console: console, verb: "sent", total: images.size)
                let loaded = try await client.load(images, onProgress: display.show)
                display.finish()
                for reference in loaded { console.result(StyledText(reference)) }
            }
        }
    }
}
