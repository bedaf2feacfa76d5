import Diagnostics
import LessonMarkdown
import Lessons

/// Lessons of which a run would look at nothing.
struct NothingToVerifyCheck: ScenarioCheck {
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        if let type = scenario.root["type"], let text = type.string, text.hasPrefix("jupyter") {
            return findings.add(
                .notebook, at: type.offset..<Findings.wordEnd(from: type.offset, in: scenario.index),
                of: scenario.index,
                "the lesson is a notebook ('\(text)'), which is neither read nor run",
                remedy: "write its commands into Markdown pages")
        }
        guard scenario.scripts.allSatisfy({ $0.role == .hint }) else { return }
        let pages = scenario.pages.filter { $0.kind == .page }
        // A page that couldn't be read may have had something.
        let hasPages = scenario.entries.contains { $0.value["text"]?.string?.isEmpty == false }
        guard !pages.isEmpty || !hasPages, !pages.contains(where: { $0.page.canBeVerified }) else { return }
        findings.add(
            .nothingToVerify, at: 0..<0, of: scenario.index, "no page of the lesson has anything that can be verified",
            remedy: "let commands end in '{{execute}}'")
    }
}
