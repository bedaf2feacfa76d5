import LessonMarkdown
import Lessons

/// File blocks and the editor's tree.
struct EditorCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard let scenario, findings.wants(.fileOutsideEditor) else { return }
        let root = scenario.editorPath
        guard root.hasPrefix("/"), root != "/", let tree = RelativePath.normalized(root) else { return }
        for block in page.page.fileBlocks where block.file.hasPrefix("/") {
            guard let path = RelativePath.normalized(block.file), path != tree, !path.hasPrefix(tree + "/"),
                let offset = Findings.offset(of: block.place, in: page.source)
            else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            findings.add(
                .fileOutsideEditor, at: offset..<max(offset, line.upperBound), of: page.source,
                "'\(block.file)' lies outside the editor's directory '\(root)'",
                remedy: "set \"uieditorpath\" to a directory above it")
        }
        for action in page.page.actions where action.kind == .open && action.text.hasPrefix("/") {
            guard let path = RelativePath.normalized(action.text.trimmingWhite), path != tree,
                !path.hasPrefix(tree + "/"),
                let offset = Findings.offset(of: action.place, in: page.source)
            else { continue }
            findings.add(
                .fileOutsideEditor, at: offset..<Findings.wordEnd(from: offset, in: page.source), of: page.source,
                "'\(action.text)' lies outside the editor's directory '\(root)'",
                remedy: "set \"uieditorpath\" to a directory above it")
        }
    }
}
