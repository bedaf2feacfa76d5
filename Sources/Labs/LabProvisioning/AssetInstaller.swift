import AgentProtocol
import Diagnostics
import LabControlProtocol
import Labs
public import Lessons

/// Brings a lesson's assets into a lab, before anything of the lesson runs.
public struct AssetInstaller: Sendable {
    private let lab: any WorkspaceLab
    private let materials: LessonMaterials
    private let lesson: String

    /// No more names are given to one `chmod`.
    private static let maxNames = 200

    /// - Parameter lesson: The scenario's directory.
    public init(lab: any WorkspaceLab, materials: LessonMaterials, lesson: String) {
        self.lab = lab
        self.materials = materials
        self.lesson = absolutePath(lesson)
    }

    /// Puts every file in its place and gives it its mode; files that are there are replaced.
    ///
    /// The lab keeps in mind that all is done; what ends in the middle is done again.
    ///
    /// - Throws: `LabError` with code `.assetRefused` when the lab doesn't take a file.
    public func run() async throws {
        try await place()
        try await lab.mark(.assets, of: lesson, isDone: true)
    }

    private func place() async throws {
        // Where the engine has the file already, its file system refuses this one.
        _ = try await refusal(
            of: Array(LabAddresses.template.utf8), at: "/etc/killercoda/host", isExecutable: false)
        guard !materials.uploads.isEmpty else { return }
        let home = try await home()
        var placed: [(path: String, upload: LessonMaterials.Upload)] = []
        for upload in materials.uploads {
            try Task.checkCancellation()
            let path = upload.target.expandingHome(home)
            if let reason = try await refusal(
                of: upload.contents, at: path, isExecutable: upload.isExecutable)
            {
                throw LabError(
                    code: .assetRefused,
                    problem: "\(upload.where)the asset '\(upload.source)' cannot be written to '\(path)': \(reason)",
                    remedy:
                        "choose a target that the lab's workspace can write to, such as '~/', '/opt' or '/usr/local'")
            }
            placed.append((path, upload))
        }
        try await setModes(of: placed)
    }

    /// Writes a file.
    ///
    /// - Returns: Why the lab's file system doesn't take it; `nil` when it does.
    private func refusal(of bytes: [UInt8], at path: String, isExecutable: Bool) async throws -> String? {
        do {
            try await lab.edit(path, .replace, mode: isExecutable ? 0o755 : 0o644, with: bytes)
            return nil
        } catch let error as LabError where error.code == .cannotWrite {
            return error.problem
        }
    }

    /// The home directory of the workspace's user.
    private func home() async throws -> String {
        let answer = try await lab.run(
            ["sh", "-c", "printf %s \"$HOME\""], environment: [:], outputLimit: 4096, timeout: .seconds(10))
        return answer.output.hasPrefix("/") ? answer.output : "/root"
    }

    /// In order, since a later entry may name the same file.
    private func setModes(of placed: [(path: String, upload: LessonMaterials.Upload)]) async throws {
        var rest = placed.filter { $0.upload.mode?.isEmpty == false }[...]
        while let first = rest.first {
            let batch = rest.prefix(Self.maxNames).prefix { $0.upload.mode == first.upload.mode }
            rest = rest.dropFirst(batch.count)
            let command = ["chmod", "--", first.upload.mode ?? ""] + batch.map(\.path)
            let result = try await lab.run(
                command, environment: [:], outputLimit: 16 * 1024, timeout: .seconds(60))
            guard !result.status.isSuccess else { continue }
            throw LabError(
                code: .assetRefused,
                problem:
                    "\(first.upload.where)'chmod \(first.upload.mode ?? "")' failed: \(result.output.trimmedOfSpace)",
                remedy: "write a mode that chmod knows, such as '+x' or '755'")
        }
    }
}

extension LessonMaterials.Upload {
    /// Where `index.json` names it, for the beginning of a message.
    fileprivate var `where`: String { place.map { "\($0): " } ?? "" }
}

extension String {
    fileprivate var trimmedOfSpace: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
