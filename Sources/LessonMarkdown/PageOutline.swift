package import Lessons

/// Where the parts of a page stand in its source: what a linter needs beyond a page's values.
///
/// All ranges are offsets into the page's ``SourceText``, in document order.
package struct PageOutline: Sendable {
    package struct Code: Sendable {
        package enum Form: Sendable { case span, fenced, indented, preformatted }

        package var form: Form
        /// From the first mark to the last, a macro left out.
        package var range: Range<Int>
        /// Lower case; empty for none and for spans.
        package var language = ""
        package var text: String
    }

    package struct Macro: Sendable {
        package enum Meaning: Sendable {
            /// An index into the page's actions; with what is wrong with one of its words.
            case action(Int, problem: String?)
            case unknown(problem: String)
            /// `{{}}`.
            case nothing
            /// A template or a placeholder after a closing fence.
            case other
            /// Braces of an action that follow no code.
            case stray
            /// `{{` after a closing fence, and no `}}` on the line.
            case unclosed
        }

        package var meaning: Meaning
        /// From `{{` to `}}`.
        package var range: Range<Int>
        /// The blanks between the code's last mark and `{{`.
        package var gap: Range<Int>
        package var isFenced: Bool
    }

    package struct Comment: Sendable {
        /// From `<!--` to `-->`.
        package var range: Range<Int>
        /// Codes of problems that the author wants to hear nothing of.
        package var ignoredCodes: [(code: String, offset: Int)]
        /// What `field:PATH=CLASS` asks for.
        package var fieldClasses: [String: String]
    }

    package struct Link: Sendable {
        package var range: Range<Int>
        package var target: String
        package var isPicture: Bool
    }

    package struct Heading: Sendable {
        package var range: Range<Int>
        /// As written, without the marks around it.
        package var text: String
    }

    package struct FileBlock: Sendable {
        package var range: Range<Int>
        /// Where the tag ends and the body begins.
        package var body: Range<Int>
    }

    /// Text that a reader sees as such, without code, comments, tags and targets of links.
    package var prose: [Range<Int>] = []
    package var headings: [Heading] = []
    package var codes: [Code] = []
    package var macros: [Macro] = []
    package var comments: [Comment] = []
    package var links: [Link] = []
    package var fileBlocks: [FileBlock] = []
    /// Questions with the lines of their answers.
    package var quizzes: [Range<Int>] = []
    /// Each block of the page, from its first byte to its last.
    package var blocks: [Range<Int>] = []
    /// What a line of the list item or quote begins with that the block at an offset stands in.
    package var margins: [Int: String] = [:]
    /// Samples by the sentence or (`isMarked`) the comment before them, with no action before them that could print them.
    package var orphanedSamples: [(place: SourcePlace, isMarked: Bool)] = []

    package init() {}
}
