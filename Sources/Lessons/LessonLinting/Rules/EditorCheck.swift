import Diagnostics
import LessonMarkdown
import Lessons

/// File blocks and the editor's tree.
struct EditorCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard let scenario, findings.wants(.fileOutsideEditor) else { return }
        let root = scenario.editorPath
        guard root.hasPrefix("/"), root != "/", let tree = LessonPath.normalized(root) else { return }
        for block in page.page.fileBlocks where block.file.hasPrefix("/") {
            guard let path = LessonPath.normalized(block.file), path != tree, !path.hasPrefix(tree + "/"),
                let offset = page.source.offset(of: block.place)
            else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            findings.add(
                .fileOutsideEditor, at: offset..<max(offset, line.upperBound), of: page.source,
                "'\(block.file)' lies outside the editor's directory '\(root)'",
                remedy: "set \"uieditorpath\" to a directory above it")
        }
        for action in page.page.actions where action.kind == .open && action.text.hasPrefix("/") {
            guard let path = LessonPath.normalized(action.text.trimmingWhite), path != tree,
                !path.hasPrefix(tree + "/"),
                let offset = page.source.offset(of: action.place)
            else { continue }
            findings.add(
                .fileOutsideEditor, at: offset..<Findings.wordEnd(from: offset, in: page.source), of: page.source,
                "'\(action.text)' lies outside the editor's directory '\(root)'",
                remedy: "set \"uieditorpath\" to a directory above it")
        }
    }
}
