import Diagnostics
import Lessons

/// The scripts that `index.json` puts around a lesson's pages, ready to be typed or run.
struct LessonScripts: Sendable {
    let lab: any LessonLab
    let scenario: Scenario
    let materials: LessonMaterials

    /// Whether a page is a task of a challenge, verified by fail-before, solution and pass-after.
    func isTask(_ page: Page) -> Bool {
        guard scenario.platform.challengeVersion != nil, case .step = page.role else { return false }
        return page.scripts.verify != nil
    }

    /// The path as the user can open it.
    func file(_ path: String) -> String {
        scenario.directory.hasSuffix("/") ? scenario.directory + path : "\(scenario.directory)/\(path)"
    }

    func outcome(_ kind: ScriptOutcome.Kind, _ script: PageScripts.Kind, of page: Page) -> ScriptOutcome {
        ScriptOutcome(kind, file: file(page.scripts[script] ?? ""), place: page.scripts.places[script])
    }

    /// The text with addresses that answer inside the lab; `nil` when the page has no such script.
    func text(_ kind: PageScripts.Kind, of page: Page) -> String? {
        page.scripts[kind].flatMap { materials.scripts[$0] }.map {
            LabAddresses.substituted(in: String(decoding: $0, as: UTF8.self))
        }
    }

    /// Puts a script into the lab.
    ///
    /// - Returns: How it's run: by the interpreter that its first line names, else by bash.
    /// - Throws: ``MaterialsError`` when the lab doesn't take it.
    func install(_ text: String, as path: String, for page: Page) async throws -> Installed {
        let name = path.split(separator: "/").last.map(String.init) ?? "script"
        let target = "\(Self.directory)/\(page.role.name)/\(name)"
        if case .refused(let reason) = try await lab.write(
            Array(text.utf8), to: target, as: .replace, isExecutable: true)
        {
            throw MaterialsError(
                problem: "the script '\(file(path))' cannot be copied into the lab: \(reason)",
                remedy: "make sure that '\(Self.directory)' is writable in the lab's workspace")
        }
        return Installed(path: target, command: text.hasPrefix("#!") ? [target] : ["bash", target])
    }

    struct Installed {
        var path: String
        var command: [String]
    }

    private static let directory = "/run/lectern/scripts"
}

extension Page.Role {
    /// A name for files: `intro`, `step3`.
    var name: String {
        switch self {
        case .intro: "intro"
        case .step(let number): "step\(number)"
        case .finish: "finish"
        case .alone: "page"
        }
    }
}

extension Page {
    /// Whether a click on the page types or writes anything; what a reader copies and types is not known to have run.
    var runsSomething: Bool {
        !fileBlocks.isEmpty || actions.contains { [.execute, .interrupt, .keys].contains($0.kind) }
    }
}

extension Action {
    var withLabAddresses: Action {
        var action = self
        action.text = LabAddresses.substituted(in: text)
        return action
    }
}

extension Lessons.Sample {
    var withLabAddresses: Lessons.Sample {
        var sample = self
        sample.text = LabAddresses.substituted(in: text)
        return sample
    }
}

extension String {
    /// The end of a log, whole lines if there are any, for a report.
    var tail: String {
        let limit = 4096
        guard utf8.count > limit else { return self }
        let end = suffix(limit)
        let lines = end.firstIndex(of: "\n").map { end[end.index(after: $0)...] } ?? end
        return "[the beginning is left out]\n" + (lines.isEmpty ? end : lines)
    }
}
