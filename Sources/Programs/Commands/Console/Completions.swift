import ArgumentParser
import LabControlClient
import LabControlProtocol
import Labs

/// What a shell offers when Tab is pressed, beside what the parser knows itself.
extension CompletionKind {
    /// Names of labs, those that were left behind included.
    static var labs: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, prefix: String) -> [String] in
            LabClient.all().map(\.name).filter { $0.hasPrefix(prefix) }.sorted()
        }
    }

    /// Names of labs that run.
    static var runningLabs: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, prefix: String) -> [String] in
            LabClient.all().filter(\.isRunning).map(\.name).filter { $0.hasPrefix(prefix) }.sorted()
        }
    }

    /// Names of the services of the lab that the command line names, or of the only one.
    static var services: CompletionKind {
        .custom { @Sendable (words: [String], _: Int, prefix: String) async -> [String] in
            guard let lab = try? LabOptions.resolve(labNamed(in: words)),
                let client = try? await LabClient.connect(to: lab)
            else { return [] }
            defer { client.disconnect() }
            let services = (try? await client.status())?.services ?? []
            return services.map(\.name).filter { $0.hasPrefix(prefix) }.sorted()
        }
    }

    /// A Compose file.
    static var composeFile: CompletionKind { .file(extensions: ["yaml", "yml"]) }

    /// What `--lab` names in the words of a command line, if it does.
    private static func labNamed(in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word == "--lab", index + 1 < words.count { return words[index + 1] }
            if word.hasPrefix("--lab=") { return String(word.dropFirst("--lab=".count)) }
        }
        return nil
    }
}
