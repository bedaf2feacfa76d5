import Diagnostics

/// What one reading of a project shares: the texts, the lesson's variables, the warnings and the bounds.
///
/// Lives on one task for the length of ``ComposeProject/read(files:of:variables:)``.
final class ReadingContext {
    /// One Compose file, `.env` or `env_file`, in bytes.
    static let maxFileSize = 1 << 20
    /// What interpolation and aliases may make of all files together, in bytes of text.
    static let maxTextSize = 8 << 20
    /// Values of all files together once aliases are written out.
    static let maxNodes = 50_000
    /// Lists and mappings inside each other.
    static let maxNesting = 48
    /// Files reached through `extends` and `env_file`.
    static let maxFiles = 100

    /// Services of one project.
    static let maxServices = 256

    /// Variables that interpolation sees: those that were passed to the lesson, over those of `.env`.
    var environment: [String: String] = [:]
    private var warnings: [ComposeWarning] = []

    private let load: (String) throws(FileFailure) -> String
    private var texts: [String: SourceText] = [:]
    private var nodesLeft = ReadingContext.maxNodes
    private var bytesLeft = ReadingContext.maxTextSize
    private var seenWarnings: Set<ComposeWarning> = []

    init(load: @escaping (String) throws(FileFailure) -> String) {
        self.load = load
    }

    // MARK: Files

    /// The text of a file, which stays at hand for excerpts.
    ///
    /// - Parameters:
    ///   - mention: Where another file names this one.
    ///   - isQuoted: `false` for a file of which no message may show a line, since it can hold secrets.
    func text(of file: String, namedAt mention: SourcePlace? = nil, isQuoted: Bool = true) throws -> String {
        if texts.count >= Self.maxFiles, texts[file] == nil {
            throw error(.tooLarge, mention, "more than \(Self.maxFiles) files are read for one project")
        }
        do {
            let text = try load(file)
            texts[file] = SourceText(file: file, text: isQuoted ? text : "")
            return text
        } catch {
            throw self.error(
                error.isOutside ? .outside : error.isTooLarge ? .tooLarge : .unreadable,
                mention ?? SourcePlace(file: file, line: 1),
                "file \(quoted(file)) \(error.problem)", remedy: error.remedy)
        }
    }

    /// The text of a file of variables, which no message shows; `nil` when there is no such file.
    func variablesIfPresent(of file: String, namedAt mention: SourcePlace? = nil) throws -> String? {
        do {
            return try text(of: file, namedAt: mention, isQuoted: false)
        } catch let failure as ComposeError {
            // Asked again rather than recognised by its sentence.
            do { _ = try load(file) } catch {
                if error.isMissing { return nil }
            }
            throw failure
        }
    }

    // MARK: Bounds

    func spendNode(at place: SourcePlace, bytes: Int = 0) throws {
        nodesLeft -= 1
        guard nodesLeft >= 0 else {
            throw error(
                .tooLarge, place, "the files hold more than \(Self.maxNodes) values once aliases are written out",
                remedy: "use fewer aliases inside each other")
        }
        try spendBytes(bytes, at: place)
    }

    func spendBytes(_ bytes: Int, at place: SourcePlace) throws {
        bytesLeft -= bytes
        guard bytesLeft >= 0 else {
            throw error(
                .tooLarge, place,
                "the files hold more than \(Self.maxTextSize >> 20) MiB of text once aliases and "
                    + "variables are written out")
        }
    }

    // MARK: Messages

    func error(
        _ code: ComposeError.Code, _ place: SourcePlace?, length: Int = 1, _ problem: String, remedy: String? = nil
    ) -> ComposeError {
        ComposeError(
            code: code, place: place, problem: problem, remedy: remedy,
            excerpt: place.flatMap { texts[$0.file]?.excerpt(line: $0.line, column: $0.column, length: length) })
    }

    func error(_ code: ComposeError.Code, _ node: YAMLNode, _ problem: String, remedy: String? = nil) -> ComposeError {
        error(code, node.place, length: node.scalar?.text.unicodeScalars.count ?? 1, problem, remedy: remedy)
    }

    /// `false` once there are more warnings than anyone reads; a hostile file could ask for millions.
    var canWarn: Bool { warnings.count < 200 }

    /// By place, so that they read as the files do.
    var sortedWarnings: [ComposeWarning] {
        warnings.sorted { ($0.place, $0.problem) < ($1.place, $1.problem) }
    }

    func warn(_ place: SourcePlace, _ problem: String) {
        let warning = ComposeWarning(place: place, problem: problem)
        if canWarn, seenWarnings.insert(warning).inserted { warnings.append(warning) }
    }

    /// The place of a piece of a scalar, as exactly as the source shows it.
    func place(of piece: String, in node: YAMLNode) -> SourcePlace {
        guard let found = texts[node.place.file]?.find(piece, from: node.place.line, column: node.place.column) else {
            return node.place
        }
        return SourcePlace(file: node.place.file, line: found.line, column: found.column)
    }
}
