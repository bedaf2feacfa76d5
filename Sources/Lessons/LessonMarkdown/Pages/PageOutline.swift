package import Diagnostics
import Lessons

/// Where the parts of a page are in its source: what a linter needs beyond a page's values, and what rewrites a page.
///
/// All ranges are offsets into the page's ``SourceText``, in document order. Only those who ask pay for an outline.
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

    /// A leaf of the page's block structure.
    package struct Block: Sendable {
        package var range: Range<Int>
        /// What a line of the same list item or quote begins with: indentation and the marks of quotes.
        package var margin: String
    }

    /// An action of the page, and the block that it stands in.
    package struct Action: Hashable, Sendable {
        /// Offset after the block's last line, before its line end: what goes there comes right after the block.
        package var end: Int
        /// What a line of the same list item or quote begins with.
        package var margin: String
        /// `false` for a row of a table, behind which there can be no block.
        package var admitsBlock: Bool
        /// Offset after a paragraph below that announces output with a colon and is followed by none.
        package var announcementEnd: Int?
        /// A block below that its author left empty, to be filled; `nil` when there is none before the next block.
        package var emptyBlock: Sample?
        /// The words before the empty block let values vary.
        package var emptyBlockIsSimilar = false
    }

    /// A sample, or a block that could have been one.
    package struct Sample: Hashable, Sendable {
        package enum Form: Hashable, Sendable {
            /// Whole lines, each behind the margin.
            case block
            /// What is between the tags of a `<pre>`, entities encoded.
            case preformatted
            /// A code span with its backticks.
            case span
        }

        package var form: Form
        /// What a new text replaces: for a block its lines without the last line end, empty at the end of the opening
        /// line when it has none.
        package var range: Range<Int>
        /// What is before each line of a block: indentation and the marks of quotes.
        package var margin: String
        /// The mark of the fence and how often it is written; `nil` for a block without fences.
        package var fence: Fence?
    }

    package struct Fence: Hashable, Sendable {
        package var mark: Character
        package var length: Int
        /// What follows the opening fence.
        package var info: String

        package init(mark: Character = "`", length: Int = 3, info: String = "") {
            self.mark = mark
            self.length = length
            self.info = info
        }
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
    package var blocks: [Block] = []
    /// One for each action of the page.
    package var actions: [Action] = []
    /// One for each sample of the page; `nil` where the sample can't be replaced.
    package var samples: [Sample?] = []
    /// Samples by the sentence or (`isMarked`) the comment before them, with no action before them that could print them.
    package var orphanedSamples: [(place: SourcePlace, isMarked: Bool)] = []

    package init() {}

    /// The index of the first block that begins at the offset or behind it; logarithmic.
    package func firstBlock(from offset: Int) -> Int {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What a line of the list item or quote begins with that the block is in which begins at the offset.
    package func margin(ofBlockAt offset: Int) -> String {
        let index = firstBlock(from: offset)
        return index < blocks.count && blocks[index].range.lowerBound == offset ? blocks[index].margin : ""
    }
}
