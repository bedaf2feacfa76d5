public import Diagnostics
public import Lessons

/// Brings a lesson's assets into the lab, before anything runs.
public struct AssetInstaller: Sendable {
    private let lab: any LessonLab
    private let materials: LessonMaterials
    private let lesson: String

    /// No more names are given to one `chmod`.
    private static let maxNames = 200

    /// - Parameter lesson: The scenario's directory, as the user named it.
    public init(lab: any LessonLab, materials: LessonMaterials, lesson: String) {
        self.lab = lab
        self.materials = materials
        self.lesson = lesson
    }

    /// Puts every file in its place and gives it its mode; files that are there are replaced.
    ///
    /// The lab keeps in mind that all is done; what ends in the middle is done again.
    ///
    /// - Throws: ``MaterialsError`` when the lab doesn't take a file.
    public func run() async throws {
        try await place()
        try await lab.mark(.assets, of: lesson, isDone: true)
    }

    private func place() async throws {
        // Where the engine has the file already, its file system refuses this one.
        _ = try await lab.write(
            Array(LabAddresses.template.utf8), to: "/etc/killercoda/host", as: .replace, isExecutable: false)
        guard !materials.uploads.isEmpty else { return }
        let home = try await lab.home()
        var placed: [(path: String, upload: LessonMaterials.Upload)] = []
        for upload in materials.uploads {
            try Task.checkCancellation()
            let path = upload.target.expandingHome(home)
            if case .refused(let reason) = try await lab.write(
                upload.contents, to: path, as: .replace, isExecutable: upload.isExecutable)
            {
                throw MaterialsError(
                    problem: "\(upload.where)the asset '\(upload.source)' cannot be written to '\(path)': \(reason)",
                    remedy:
                        "choose a target that the lab's workspace can write to, such as '~/', '/opt' or '/usr/local'")
            }
            placed.append((path, upload))
        }
        try await setModes(of: placed)
    }

    /// In order, since a later entry may name the same file.
    private func setModes(of placed: [(path: String, upload: LessonMaterials.Upload)]) async throws {
        var rest = placed.filter { $0.upload.mode?.isEmpty == false }[...]
        while let first = rest.first {
            let batch = rest.prefix(Self.maxNames).prefix { $0.upload.mode == first.upload.mode }
            rest = rest.dropFirst(batch.count)
            let command = ["chmod", "--", first.upload.mode ?? ""] + batch.map(\.path)
            let result = try await lab.run(command, environment: [:], timeout: 60)
            guard !result.isSuccess else { continue }
            throw MaterialsError(
                problem: "\(first.upload.where)'chmod \(first.upload.mode ?? "")' failed: \(result.output.trimmed)",
                remedy: "write a mode that chmod knows, such as '+x' or '755'")
        }
    }
}

/// A lesson's files cannot be brought into the lab, so that the lesson is inconclusive.
public struct MaterialsError: UserFacingError {
    /// The file that cannot be brought there, and why.
    public let problem: String
    /// What the author may change; see `UserFacingError`.
    public let remedy: String?
}

extension LessonMaterials.Upload {
    /// Where `index.json` names it, for the beginning of a message.
    fileprivate var `where`: String { place.map { "\($0): " } ?? "" }
}

extension LessonLab {
    /// The home directory of the workspace's user.
    func home() async throws -> String {
        let answer = try await run(["sh", "-c", "printf %s \"$HOME\""], environment: [:], timeout: 10)
        return answer.output.hasPrefix("/") ? answer.output : "/root"
    }
}

extension String {
    func expandingHome(_ home: String) -> String {
        self == "~" || hasPrefix("~/") ? home + dropFirst() : self
    }
}
