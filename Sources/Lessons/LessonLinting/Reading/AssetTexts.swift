import LessonMarkdown

/// The assets of a scenario that are small texts.
enum AssetTexts {
    /// In bytes; what is larger is data.
    static let maxSize = 64 << 10
    static let most = 200

    private static let data: Set<String> = [
        "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "zip", "gz", "tgz", "tar", "jar", "whl", "pdf", "csv", "tsv",
        "ipynb", "mp4", "woff", "woff2", "ttf", "db", "sqlite", "pkl", "npy", "h5", "xlsx", "dat", "min.js",
    ]

    static func of(_ scenario: LintedScenario) -> [SourceText] {
        var texts: [SourceText] = []
        for file in scenario.files where file.hasPrefix("assets/") && !scenario.named.contains(file) {
            guard texts.count < most, !data.contains(RelativePath.fileExtension(of: file)),
                let size = FileSize.of(scenario.path(file)), size > 0, size <= maxSize,
                let source = try? LessonFile.source(at: scenario.path(file))
            else { continue }
            texts.append(source)
        }
        return texts
    }
}
