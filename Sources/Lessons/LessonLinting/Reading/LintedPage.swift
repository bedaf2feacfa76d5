import LessonMarkdown
import Lessons

/// A Markdown file with everything that rules look at.
struct LintedPage {
    enum Kind {
        /// Intro, step, finish, or a file on its own.
        case page
        /// What `answer`, `hint` or `credits` shows.
        case aside
    }

    let kind: Kind
    let source: SourceText
    let page: Page
    let outline: PageOutline
    /// Where the index names the page; `nil` for a file on its own.
    let entry: IndexEntry?

    /// A place in the index that names a page.
    struct IndexEntry {
        let role: Page.Role
        let title: String?
        let value: IndexValue
    }

    init(_ source: SourceText, kind: Kind, role: Page.Role, entry: IndexEntry? = nil) {
        self.kind = kind
        self.source = source
        self.entry = entry
        (page, outline) = LessonReader().outlinedPage(source, role: role)
    }

    /// Whether the offset lies in code of any form.
    func isCode(_ offset: Int) -> Bool { SortedRanges.contain(outline.codes, offset: offset, by: \.range) }
}

/// A script that the index names.
struct LintedScript {
    enum Role: String {
        case foreground, background, verify, hint
    }

    let role: Role
    let source: SourceText
    /// The commands of a shell script; `nil` for a script in another language.
    let shell: ShellText?

    init(_ source: SourceText, role: Role) {
        self.role = role
        self.source = source
        shell = ShellText.isShell(source) ? ShellText(source) : nil
    }
}
