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
        let glob = Glob(file)
        let matches = assets.filter { glob.matches(String($0)) }
        guard !matches.isEmpty else {
            // Links of the file system aren't listed, and may be there all the same.
            if LessonFile.entry(at: scenario.path("assets/" + file)) != nil { return }
            let isGlob = Glob.isPattern(file)
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
