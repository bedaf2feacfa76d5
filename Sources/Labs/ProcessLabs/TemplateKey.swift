import CMessageDigest
import ComposeFiles
import Glibc
import HostFiles

/// Names a data template by everything that goes into it: equal keys, equal inputs.
///
/// SHA-256, so that no lesson can make another lesson's key.
struct TemplateKey: CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - environment: What the building command is given.
    ///   - installation: Whose parts the command can see.
    init(_ template: DataTemplate, of service: Service, environment: [String], installation: Installation) {
        var digest = MessageDigest()
        digest.add("lectern template 2", [])
        digest.add("into", [template.into])
        digest.add("build", template.build)
        digest.add("environment", environment)
        // Its files belong to whoever the lab is on the host.
        digest.add("owner", [SandboxOwner.choose(showing: installation).map { "\($0.user)" } ?? ""])
        let needs = service.local?.needs.map(\.subject) ?? []
        for subject in needs + [.program(template.build.first ?? "")] {
            switch subject {
            case .program(let name): digest.add("program", [name] + Self.identity(installation.findLabProgram(name)))
            case .file(let path): digest.add("file", [path] + Self.identity(installation.hostPath(of: path)))
            }
        }
        for (name, path) in installation.programs.sorted(by: { $0.key < $1.key }) {
            digest.add("part", [name] + Self.identity(path))
        }
        digest.add("parts", Self.identity(installation.parts))
        digest.add("runtime", Self.identity(installation.swiftRuntime))
        for directory in Self.libraryPath(environment) {
            guard let path = installation.hostPath(of: directory) else { continue }
            digest.add("libraries", [directory])
            for name in Self.names(in: path) { digest.add("library", [name] + Self.identity("\(path)/\(name)")) }
        }
        description = digest.hexadecimal
    }

    /// A file's path, size and time of change; empty when it isn't there.
    private static func identity(_ path: String?) -> [String] {
        var status = stat()
        guard let path, stat(path, &status) == 0 else { return [] }
        return [path, "\(status.st_size)", "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"]
    }

    private static func libraryPath(_ environment: [String]) -> [String] {
        let name = "LD_LIBRARY_PATH="
        return environment.filter { $0.hasPrefix(name) }
            .flatMap { $0.dropFirst(name.count).split(separator: ":").map(String.init) }
    }

    /// Directories that a lab sees are the system's and Lectern's own.
    private static func names(in directory: String) -> [String] {
        namesInDirectory(directory).filter { $0.contains(".so") }.sorted()
    }
}

/// SHA-256 over words in groups, each with its length before it, so that no two sequences look alike.
private struct MessageDigest {
    private var context = SHA2_CTX()

    init() { SHA256Init(&context) }

    mutating func add(_ kind: String, _ words: [String]) {
        for word in ["\(kind) \(words.count)"] + words {
            let bytes = Array("\(word.utf8.count):\(word)".utf8)
            SHA256Update(&context, bytes, bytes.count)
        }
    }

    var hexadecimal: String {
        var context = context
        var bytes = [UInt8](repeating: 0, count: 32)
        SHA256Final(&bytes, &context)
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
