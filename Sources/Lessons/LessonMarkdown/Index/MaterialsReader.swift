import Diagnostics
import HostFiles
public import Lessons

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension LessonReader {
    /// Finds the scripts and assets that a run of the scenario needs.
    ///
    /// A script may have 1 MiB, an asset 16 MiB; all assets together 256 MiB in 10,000 files.
    ///
    /// - Throws: ``LessonError`` with code `.missingFile`, `.outside` or `.tooLarge`, at the line of `index.json`. A pattern
    ///   that nothing matches is a note, as is a host that isn't the first.
    public func materials(of scenario: Scenario) throws(LessonError) -> LessonMaterials {
        var reading = MaterialsReader(scenario)
        for page in scenario.pages { try reading.takeScripts(of: page) }
        for asset in scenario.platform.assets { try reading.take(asset) }
        return reading.materials
    }
}

/// What the entries of `details.assets` would put into a lab, one after the other.
package struct AssetSearch {
    private var reading: MaterialsReader

    package init(directory: String) {
        reading = MaterialsReader(
            Scenario(directory: directory, title: "", pages: [], settings: .init()), keepsContents: false)
    }

    /// - Returns: No upload for a pattern that nothing matches.
    /// - Throws: ``LessonError`` as ``LessonReader/materials(of:)``, at the asset's place; after `.tooLarge` so do all others.
    package mutating func uploads(of asset: Asset) throws(LessonError) -> ArraySlice<LessonMaterials.Upload> {
        let before = reading.materials.uploads.count
        try reading.take(asset)
        return reading.materials.uploads[before...]
    }
}

private struct MaterialsReader {
    private static let maxAssetSize = 16 << 20
    private static let maxTotal = 256 << 20
    private static let maxAssets = 10_000
    /// Comparisons of a name with a segment of a pattern, of all patterns together: without a bound, a long list of them over
    /// full folders would take as long as the one times the other.
    private static let maxComparisons = 200_000

    private let directory: String
    private let root: ContainedDirectory?
    private let challengeVersion: String?
    /// Whether the bytes of assets are wanted, not only what is said of them.
    private let keepsContents: Bool
    private var total = 0
    private var comparisons = 0
    private var otherHosts: Set<String> = []
    private(set) var materials = LessonMaterials()

    init(_ scenario: Scenario, keepsContents: Bool = true) {
        self.keepsContents = keepsContents
        directory = LessonPath.withoutFinalSlash(scenario.directory)
        root = try? ContainedDirectory(directory)
        challengeVersion = scenario.platform.challengeVersion
        guard challengeVersion != nil else { return }
        materials.solutions = ["solutions.sh", "assets/solutions.sh"].first { path in
            LessonFile.entry(at: "\(directory)/\(path)") == .file && LessonPath.problem(of: path, in: directory) == nil
        }
        if let path = materials.solutions { materials.scripts[path] = try? bytes(of: path) }
    }

    // MARK: Scripts

    mutating func takeScripts(of page: Page) throws(LessonError) {
        for kind in PageScripts.Kind.allCases {
            guard let path = page.scripts[kind] else { continue }
            let place = page.scripts.places[kind]
            let file = "\(directory)/\(path)"
            let isMarkdown = path.lowercased().hasSuffix(".md")
            // A solution or a hint in Markdown is for the learner; a run can do without.
            if kind == .answer || kind == .hint && (challengeVersion == nil || isMarkdown) {
                if LessonFile.entry(at: file) != .file { materials.notes.append("no such file: '\(file)'") }
                continue
            }
            guard LessonFile.entry(at: file) == .file else {
                throw fault(
                    .missingFile, LessonFile.absence(of: file), at: place, remedy: "create it, or correct its name here"
                )
            }
            let size = Self.size(of: file)
            guard size <= LessonFile.maxScriptSize else {
                throw fault(
                    .tooLarge, "'\(file)' has \(size) bytes, more than the \(LessonFile.maxScriptSize) of a script",
                    at: place, remedy: "put data into the assets directory")
            }
            materials.scripts[path] = try bytes(of: path)
        }
    }

    private func bytes(of path: String) throws(LessonError) -> [UInt8] {
        try LessonFile.source(path, in: directory, maxSize: LessonFile.maxScriptSize).bytes
    }

    // MARK: Assets

    mutating func take(_ asset: Asset) throws(LessonError) {
        if asset.host != "host01", asset.host != "client", otherHosts.insert(asset.host).inserted {
            materials.notes.append(
                "host '\(asset.host)' has no machine of its own here; its assets go to the workspace")
        }
        guard Glob.isPattern(asset.file) else { return try takeLiteral(asset) }
        let glob = Glob(asset.file)
        var found = false
        try walk("", matching: glob, for: asset) { reading, path throws(LessonError) in
            found = true
            try reading.add(path, as: path, asset)
        }
        if !found { materials.notes.append("no file in 'assets' matches '\(asset.file)'") }
    }

    private mutating func takeLiteral(_ asset: Asset) throws(LessonError) {
        let file = "\(directory)/assets/\(asset.file)"
        try check(asset.file, asset)
        switch LessonFile.entry(at: file) {
        case .file: break
        case .directory:
            throw fault(
                .missingFile, "'\(file)' is a directory", at: asset.place,
                remedy: "write '\(asset.file)/**' for all that is in it")
        default:
            throw fault(
                .missingFile, LessonFile.absence(of: file), at: asset.place,
                remedy: "create it, or correct its name here")
        }
        try add(asset.file, as: asset.file.split(separator: "/").last.map(String.init) ?? asset.file, asset)
    }

    /// Calls `body` for every file below `assets` that the pattern means.
    private mutating func walk(
        _ directory: String, matching glob: Glob, for asset: Asset,
        _ body: (inout Self, String) throws(LessonError) -> Void
    ) throws(LessonError) {
        let folder = "\(self.directory)/assets" + (directory.isEmpty ? "" : "/\(directory)")
        for name in LessonFile.names(in: folder, withLinks: true) {
            comparisons += glob.cost
            guard comparisons <= Self.maxComparisons else {
                throw fault(
                    .tooLarge, "the patterns up to '\(asset.file)' take more than \(Self.maxComparisons) comparisons",
                    at: asset.place, remedy: "name fewer of them")
            }
            let path = directory.isEmpty ? name : "\(directory)/\(name)"
            guard glob.matches(path) || glob.mayMatch(below: path) else { continue }
            try check(path, asset)
            switch LessonFile.entry(at: "\(folder)/\(name)") {
            case .file: if glob.matches(path) { try body(&self, path) }
            // A link to a directory could lead in circles.
            case .directory where LessonFile.isLink("\(folder)/\(name)"):
                materials.notes.append("'\(folder)/\(name)' is a symbolic link to a directory and is ignored")
            case .directory: if glob.mayMatch(below: path) { try walk(path, matching: glob, for: asset, body) }
            default: continue
            }
        }
    }

    private func check(_ path: String, _ asset: Asset) throws(LessonError) {
        guard let problem = LessonPath.problem(of: "assets/" + path, in: directory) else { return }
        throw fault(.outside, problem, at: asset.place, remedy: "put a copy of the file into the assets directory")
    }

    private mutating func add(_ path: String, as name: String, _ asset: Asset) throws(LessonError) {
        let source = "\(directory)/assets/\(path)"
        // What is read here is what a lab gets, whatever becomes of the file meanwhile.
        let file = try read(path, asset)
        total += file.size
        guard total <= Self.maxTotal, materials.uploads.count < Self.maxAssets else {
            throw fault(
                .tooLarge, "the assets have more than \(Self.maxTotal) bytes or \(Self.maxAssets) files",
                at: asset.place, remedy: "name fewer of them")
        }
        materials.uploads.append(
            .init(
                source: source, target: "\(Self.folder(asset.target))/\(name)", mode: asset.mode,
                isExecutable: file.isExecutable, size: file.size, place: asset.place, contents: file.contents))
    }

    private func read(
        _ path: String, _ asset: Asset
    ) throws(LessonError) -> (contents: [UInt8], size: Int, isExecutable: Bool) {
        let source = "\(directory)/assets/\(path)"
        do throws(ContainedFailure) {
            guard let root else { throw .absent }
            let file = try root.file("assets/\(path)", links: .followedInside)
            guard file.size <= Self.maxAssetSize else { throw .tooLarge(bytes: file.size) }
            guard keepsContents else { return ([], file.size, file.isExecutable) }
            let contents = try file.contents(limit: Self.maxAssetSize)
            return (contents, contents.count, file.isExecutable)
        } catch .tooLarge(let size) {
            throw fault(
                .tooLarge, "'\(source)' has \(size) bytes, more than the \(Self.maxAssetSize) of an asset",
                at: asset.place, remedy: "let a script make or fetch it")
        } catch .outside {
            throw fault(
                .outside, "'assets/\(path)' is a symbolic link out of the scenario's directory", at: asset.place,
                remedy: "put a copy of the file into the assets directory")
        } catch {
            throw fault(.missingFile, "'\(source)' \(error.reason)", at: asset.place, remedy: "check its permissions")
        }
    }

    /// Without a final slash; from `~` unless absolute.
    private static func folder(_ target: String) -> String {
        var folder = target
        while folder.hasSuffix("/") { folder.removeLast() }
        if target.hasPrefix("/") || folder == "~" || folder.hasPrefix("~/") { return folder }
        return folder.isEmpty || folder == "." ? "~" : "~/\(folder)"
    }

    // MARK: Looks at files

    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private func fault(
        _ code: LessonError.Code, _ summary: String, at place: SourcePlace?, remedy: String
    ) -> LessonError {
        let excerpt = place.flatMap { place in
            (try? LessonFile.source(at: place.file)).map { Excerpt.text(at: place, in: $0) }
        }
        return LessonError(code, summary, at: place, excerpt: excerpt, remedy: remedy)
    }
}
