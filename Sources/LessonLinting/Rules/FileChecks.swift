import LessonMarkdown
import Lessons

/// `details.assets`.
struct AssetCheck: ScenarioCheck {
    /// In bytes; what Katacoda's last owner took.
    static let largest = 9_000_000

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard case .object(let hosts)? = scenario.root["details"]?["assets"]?.content else { return }
        let assets = scenario.files.filter { $0.hasPrefix("assets/") }.map { $0.dropFirst(7) }
        for (host, _, list) in hosts {
            switch list.content {
            case .list(let entries): entries.forEach { check($0, of: host, assets, scenario, &findings) }
            case .null: break
            default:
                findings.add(
                    .wrongValue, at: Self.range(list, scenario), of: scenario.index,
                    "the assets of '\(host)' must be a list, not \(list.typeName)")
            }
        }
    }

    private static func range(_ value: IndexValue, _ scenario: LintedScenario) -> Range<Int> {
        value.offset..<Findings.wordEnd(from: value.offset, in: scenario.index)
    }

    private func check(
        _ entry: IndexValue, of host: String, _ assets: [Substring], _ scenario: LintedScenario,
        _ findings: inout Findings
    ) {
        guard let member = entry["file"], let file = member.string, !file.isEmpty else {
            findings.add(
                .wrongValue, at: Self.range(entry, scenario), of: scenario.index,
                "an asset of '\(host)' names no 'file'")
            return
        }
        let place = Self.range(member, scenario)
        if entry["target"]?.string?.isEmpty ?? true {
            findings.add(
                .assetWithoutTarget, at: place, of: scenario.index,
                "'\(file)' has no target, and goes to the home directory",
                remedy: "add \"target\": \"~/\"")
        }
        if let problem = LessonPath.problem(of: "assets/" + file, in: scenario.directory) {
            findings.add(
                .pathOutside, at: place, of: scenario.index, problem, remedy: "name a file inside the assets directory")
            return
        }
        let matches = assets.filter { Glob.matches(pattern: file, path: String($0)) }
        guard !matches.isEmpty else {
            // Links of the file system aren't listed, and may be there all the same.
            if LessonFile.entry(at: scenario.path("assets/" + file)) != nil { return }
            let isGlob = file.contains("*")
            let near = isGlob ? nil : NearName.of(file, among: assets.map(String.init))
            findings.add(
                .assetMissing, at: place, of: scenario.index,
                isGlob ? "'\(file)' matches no file of the assets directory" : "the assets directory has no '\(file)'",
                remedy: near.map { "perhaps '\($0)' is meant" } ?? "put the file there, or remove the entry")
            return
        }
        for match in matches.prefix(50) {
            guard let size = FileSize.of(scenario.path("assets/" + match)), size > Self.largest else { continue }
            findings.add(
                .assetTooLarge, at: place, of: scenario.index,
                "'\(match)' has \((size + 500_000) / 1_000_000) MB, more than platforms upload (9 MB)",
                remedy: "let a background script fetch it")
        }
    }
}

/// Names with wildcards, as assets are named.
enum Glob {
    /// `*` and `?` inside a segment, `**` over any number of them; a plain name must be equal.
    static func matches(pattern: String, path: String) -> Bool {
        let pattern = pattern.split(separator: "/").filter { $0 != "." }.map { Array($0.utf8) }
        let path = path.split(separator: "/").map { Array($0.utf8) }
        return matches(pattern[...], path[...])
    }

    private static func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
        // Reachable positions of the path after each segment of the pattern.
        var reachable: Set<Int> = [path.startIndex]
        for (index, segment) in pattern.enumerated() {
            var next: Set<Int> = []
            for position in reachable {
                if segment == Array("**".utf8) {
                    let isLast = index == pattern.count - 1
                    if !isLast {
                        next.formUnion(position...path.endIndex)
                    } else if position < path.endIndex {
                        next.insert(path.endIndex)
                    }
                } else if position < path.endIndex, matches(segment: segment, name: path[position]) {
                    next.insert(position + 1)
                }
            }
            reachable = next
        }
        return reachable.contains(path.endIndex)
    }

    private static func matches(segment: [UInt8], name: [UInt8]) -> Bool {
        var pattern = 0
        var index = 0
        var star: (pattern: Int, name: Int)?
        while index < name.count {
            if pattern < segment.count, segment[pattern] == UInt8(ascii: "*") {
                star = (pattern, index)
                pattern += 1
            } else if pattern < segment.count, segment[pattern] == name[index] || segment[pattern] == UInt8(ascii: "?")
            {
                pattern += 1
                index += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                pattern = last.pattern + 1
                index = last.name + 1
            } else {
                return false
            }
        }
        return segment[pattern...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// Files that nothing uses.
struct UnusedFileCheck: ScenarioCheck {
    /// Names that people and other programs look for.
    private static let others: Set<String> = [
        "index.json", "index.yaml", "index.yml", "structure.json", "readme.md", "license", "license.md", "license.txt",
        "contributing.md", "changelog.md", "owners", "codeowners", "notes.md", "todo.md", "makefile", "index.ipynb",
        "requirements.txt", "hints.md", "verifications.sh", "solutions.sh", "solutions.md", "solver.sh", "thumbs.db",
        "authors.md", "code_of_conduct.md", "strings.yaml", "katacoda.yaml", "preprocessed.md", "agents.md",
        "claude.md",
    ]

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.unusedFile) || findings.wants(.pageNeverShown), !scenario.entries.isEmpty else { return }
        let assets = globs(of: scenario)
        let unnamed = scenario.files.filter { file in
            let name = RelativePath.name(of: file).lowercased()
            return !scenario.named.contains(file) && !Self.others.contains(name) && !file.hasPrefix(".")
                && !file.contains("/.") && !file.hasSuffix(".enc") && !name.hasSuffix("_spec.js")
                && !(file.hasPrefix("assets/")
                    && assets.contains { Glob.matches(pattern: $0, path: String(file.dropFirst(7))) })
        }
        guard !unnamed.isEmpty else { return }
        let mentions = Mentions(in: scenario, alsoIn: unnamed)
        // Generated lessons have the same unused file in each of fifty steps: that is one thing to know.
        var groups: [String: [String]] = [:]
        for file in unnamed where !mentions.contains(file) && FileSize.of(scenario.path(file)).map({ $0 > 1 }) ?? false
        {
            groups[RelativePath.name(of: file), default: []].append(file)
        }
        for (name, files) in groups {
            if files.count > Self.mostAlike {
                report(files[0], "\(files.count) files called '\(name)', this one the first, ", scenario, &findings)
            } else {
                for file in files { report(file, nil, scenario, &findings) }
            }
        }
    }

    /// More unused files of one name are reported as one.
    private static let mostAlike = 3

    private func report(_ file: String, _ several: String?, _ scenario: LintedScenario, _ findings: inout Findings) {
        let isPage = RelativePath.isMarkdown(file) && !file.hasPrefix("assets/")
        let source = SourceText(bytes: [], file: scenario.path(file))
        if isPage {
            findings.add(
                .pageNeverShown, at: 0..<0, of: source,
                several.map { $0 + "are shown by no step" } ?? "no step, intro or finish shows this page",
                remedy: "name it in the index, or remove it", severity: file.contains("/") ? .note : .warning)
        } else {
            findings.add(
                .unusedFile, at: 0..<0, of: source,
                several.map { $0 + "are used by nothing" } ?? "nothing in the scenario uses this file",
                remedy: "name it in the index or on a page, or remove it")
        }
    }

    private func globs(of scenario: LintedScenario) -> [String] {
        guard case .object(let hosts)? = scenario.root["details"]?["assets"]?.content else { return [] }
        return hosts.flatMap { $0.value.list ?? [] }.compactMap { $0["file"]?.string }
    }
}

/// Names of files that a scenario's texts mention.
private struct Mentions {
    /// Only text files up to this size are searched, in bytes.
    private static let largest = 256 << 10
    private var names: Set<String> = []

    init(in scenario: LintedScenario, alsoIn others: [String]) {
        let wanted = Set(others.map { RelativePath.name(of: $0) })
        var sources = scenario.pages.map(\.source) + scenario.scripts.map(\.source) + [scenario.index]
        // A script or an asset may use what only it names; a file doesn't use itself.
        let texts: Set<String> = [
            "sh", "", "py", "js", "yaml", "yml", "json", "txt", "html", "css", "dockerfile", "toml",
        ]
        for file in scenario.files where texts.contains(RelativePath.fileExtension(of: file)) && file != "index.json" {
            let path = scenario.path(file)
            guard !scenario.named.contains(file), FileSize.of(path).map({ $0 <= Self.largest }) ?? false,
                let source = try? LessonFile.source(at: path)
            else { continue }
            sources.append(source)
        }
        for source in sources {
            let own = RelativePath.name(of: source.file)
            for name in Self.words(of: source.bytes) where name != own && wanted.contains(name) { names.insert(name) }
        }
        // Names with blanks are no words of a text, but may be targets.
        for link in scenario.pages.flatMap(\.outline.links) {
            names.insert(RelativePath.name(of: LinkTarget(link.target).path))
        }
    }

    func contains(_ file: String) -> Bool { names.contains(RelativePath.name(of: file)) }

    /// Last segments of everything that could be a path.
    private static func words(of bytes: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        var start: Int?
        func isPart(_ byte: UInt8) -> Bool {
            byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
        }
        for index in 0...bytes.count {
            if index < bytes.count, isPart(bytes[index]) {
                start = start ?? index
            } else if let begin = start {
                start = nil
                guard index - begin < 256 else { continue }
                var word = bytes[begin..<index]
                while let last = word.last, last == UInt8(ascii: ".") { word = word.dropLast() }
                words.insert(String(decoding: word, as: UTF8.self))
            }
        }
        return words
    }
}
