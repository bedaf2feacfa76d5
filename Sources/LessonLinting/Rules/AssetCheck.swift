import LessonMarkdown
import Lessons

/// `details.assets`.
struct AssetCheck: ScenarioCheck {
    /// In bytes; what Katacoda's last owner took.
    static let largest = 9_000_000

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard case .object(let hosts)? = scenario.root["details"]?["assets"]?.content else { return }
        for (host, _, list) in hosts {
            switch list.content {
            case .list(let entries): entries.forEach { check($0, of: host, scenario, &findings) }
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
        _ entry: IndexValue, of host: String, _ scenario: LintedScenario, _ findings: inout Findings
    ) {
        guard let member = entry["file"], let file = member.string, !file.isEmpty else {
            findings.add(
                .wrongValue, at: Self.range(entry, scenario), of: scenario.index,
                "an asset of '\(host)' names no 'file'")
            return
        }
        let place = Self.range(member, scenario)
        let target = entry["target"]?.string ?? ""
        if target.isEmpty {
            findings.add(
                .assetWithoutTarget, at: place, of: scenario.index,
                "'\(file)' has no target, and goes to the home directory",
                remedy: "add \"target\": \"~/\"")
        }
        do throws(LessonError) {
            // What a run would upload, so that nothing is refused only then.
            let asset = Asset(host: host, file: file, target: target)
            let uploads = try LessonReader().uploads(of: asset, in: scenario.directory)
            if uploads.isEmpty {
                findings.add(
                    .assetMissing, at: place, of: scenario.index, "'\(file)' matches no file of the assets directory",
                    remedy: "put the file there, or remove the entry")
            }
            for upload in uploads.lazy.filter({ $0.size > Self.largest }).prefix(50) {
                let name = upload.source.dropFirst(scenario.path("assets/").count)
                findings.add(
                    .assetTooLarge, at: place, of: scenario.index,
                    "'\(name)' has \((upload.size + 500_000) / 1_000_000) MB, more than platforms upload (9 MB)",
                    remedy: "let a background script fetch it")
            }
        } catch {
            report(error, file, at: place, scenario, &findings)
        }
    }

    private func report(
        _ error: LessonError, _ file: String, at place: Range<Int>, _ scenario: LintedScenario,
        _ findings: inout Findings
    ) {
        switch error.code {
        case .outside:
            findings.add(.pathOutside, at: place, of: scenario.index, error.summary, remedy: error.remedy)
        case .tooLarge:
            findings.add(
                .assetTooLarge, at: place, of: scenario.index, error.summary, remedy: error.remedy, severity: .error)
        default:
            let path = "assets/" + file
            guard LessonFile.entry(at: scenario.path(path)) == nil else {
                return findings.add(.assetMissing, at: place, of: scenario.index, error.summary, remedy: error.remedy)
            }
            let assets = scenario.files.filter { $0.hasPrefix("assets/") }.map { String($0.dropFirst(7)) }
            let near = NearName.of(file, among: assets)
            findings.add(
                .assetMissing, at: place, of: scenario.index, "the assets directory has no '\(file)'",
                remedy: near.map { "perhaps '\($0)' is meant" } ?? "put the file there, or remove the entry")
        }
    }
}
