import Diagnostics
import LessonMarkdown
import Lessons

/// `details.assets`.
struct AssetCheck: ScenarioCheck {
    /// In bytes; what Katacoda's last owner took.
    static let maxSize = 9_000_000

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard case .object(let hosts)? = scenario.root["details"]?["assets"]?.content else { return }
        var search = AssetSearch(directory: scenario.directory)
        for (host, _, list) in hosts {
            switch list.content {
            case .list(let entries):
                for entry in entries where !check(entry, of: host, in: scenario, search: &search, &findings) { return }
            case .null: break
            default:
                findings.add(
                    .wrongValue, at: Self.range(of: list, in: scenario), of: scenario.index,
                    "the assets of '\(host)' must be a list, not \(list.typeName)")
            }
        }
    }

    private static func range(of value: IndexValue, in scenario: LintedScenario) -> Range<Int> {
        value.offset..<Findings.wordEnd(from: value.offset, in: scenario.index)
    }

    /// - Returns: `false` when the assets are too large or too many to look at the others.
    private func check(
        _ entry: IndexValue, of host: String, in scenario: LintedScenario, search: inout AssetSearch,
        _ findings: inout Findings
    ) -> Bool {
        guard let member = entry["file"], let file = member.string, !file.isEmpty else {
            findings.add(
                .wrongValue, at: Self.range(of: entry, in: scenario), of: scenario.index,
                "an asset of '\(host)' has no 'file'")
            return true
        }
        let place = Self.range(of: member, in: scenario)
        let target = entry["target"]?.string ?? ""
        if target.isEmpty {
            findings.add(
                .assetWithoutTarget, at: place, of: scenario.index,
                "'\(file)' has no target and goes to the home directory",
                remedy: "add \"target\": \"~/\"")
        }
        do throws(LessonError) {
            // What a run would upload, so that nothing is refused only then.
            let asset = Asset(host: host, file: file, target: target)
            let uploads = try search.uploads(of: asset)
            if uploads.isEmpty {
                findings.add(
                    .assetMissing, at: place, of: scenario.index, "'\(file)' matches no file of the assets directory",
                    remedy: "put the file there, or remove the entry")
            }
            for upload in uploads.lazy.filter({ $0.size > Self.maxSize }).prefix(50) {
                let name = upload.source.dropFirst(scenario.path("assets/").count)
                findings.add(
                    .assetTooLarge, at: place, of: scenario.index,
                    "'\(name)' has \((upload.size + 500_000) / 1_000_000) MB, more than platforms accept (9 MB)",
                    remedy: "let a background script fetch it")
            }
            return true
        } catch {
            report(error, of: file, at: place, in: scenario, &findings)
            return error.code != .tooLarge
        }
    }

    private func report(
        _ error: LessonError, of file: String, at place: Range<Int>, in scenario: LintedScenario,
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
            guard findings.takes(.assetMissing, in: scenario.index) else { return }
            let near = scenario.nearNames.nearest(to: path).flatMap { near in
                near.hasPrefix("assets/") ? String(near.dropFirst(7)) : nil
            }
            findings.add(
                .assetMissing, at: place, of: scenario.index, "the assets directory has no '\(file)'",
                remedy: near.map { "did you mean '\($0)'?" } ?? "put the file there, or remove the entry")
        }
    }
}
