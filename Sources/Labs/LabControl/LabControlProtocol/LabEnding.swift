import FoundationEssentials
import Glibc
import HostFiles
public import Labs

/// How a lab that was to stay has ended by itself; remembered until somebody takes note of it by `down`, or gives the name
/// to another lab.
public struct LabEnding: Codable, Hashable, Sendable {
    /// The lab's name; one ending is kept for each.
    public var name: String
    /// In UTC, as ISO 8601 has it: `2026-11-30T09:30:00Z`.
    public var endedAt: String
    /// Why, with the end of the log that explains it.
    public var reason: LabError
    /// `nil` when the lab had none yet.
    public var engine: EngineKind?
    /// The absolute directory of the scenario that the lab was made for.
    public var lesson: String?

    /// A lab that ends now.
    package init(name: String, reason: LabError, engine: EngineKind?, lesson: String?) {
        self.name = name
        self.reason = reason
        self.engine = engine
        self.lesson = lesson
        endedAt = Date.now.ISO8601Format()
    }
}

extension StateDirectory {
    /// In bytes; the log's end in it is much shorter.
    private static let maxEndingSize = 1 << 20

    private var endings: String { "\(path)/ended" }

    private func file(of name: String) -> String { "\(endings)/\(name).json" }

    /// Labs that have ended by themselves, in the order of their names.
    package func savedEndings() -> [LabEnding] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: endings)) ?? []
        return files.filter { $0.hasSuffix(".json") }.compactMap { ending(of: String($0.dropLast(5))) }
            .sorted { $0.name < $1.name }
    }

    /// How the last lab of this name ended; `nil` when it didn't end by itself, or none was saved.
    package func ending(of name: String) -> LabEnding? {
        guard Self.isName(name),
            let bytes = try? ContainedDirectory(endings).contents(of: "\(name).json", limit: Self.maxEndingSize)
        else { return nil }
        return try? decode(LabEnding.self, from: bytes)
    }

    package func save(_ ending: LabEnding) throws {
        try FileManager.default.createDirectory(
            atPath: endings, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try replaceFile(file(of: ending.name), with: encode(ending))
    }

    /// - Returns: `false` when there was none.
    @discardableResult
    package func removeEnding(of name: String) -> Bool {
        Self.isName(name) && unlink(file(of: name)) == 0
    }
}
