/// A leaf of a page's block structure.
struct Block {
    enum Kind {
        case paragraph
        case heading
        /// A fenced or indented block, or a `<pre>` without a file.
        case code(CodeBlock)
        /// `<pre class="file" …>` with a file or a target; `indentation` is that of the list items around it, in columns.
        case file(tag: HTMLTag, body: Range<Int>, indentation: Int)
        /// `<!-- … -->` on lines of its own: what is between the marks.
        case comment(Range<Int>)
        case quiz
    }

    var kind: Kind
    /// Offset of the block's first byte that isn't indentation or a container's mark.
    var start: Int
    /// The block's lines in the source, without line ends, indentation and the marks of quotes and lists.
    var lines: [Range<Int>]
    /// Offset after the block's last line, before its line end.
    var end: Int
    /// How many lists and quotes the block stands in.
    var depth = 0
    /// What a line of the same list item or quote begins with; empty unless an outline is asked for.
    var margin = ""
}

struct CodeBlock {
    enum Form { case fenced, indented, preformatted }

    var form: Form
    /// The first word of the info string, lower case, without attributes (`yaml{2,5-6}` is `yaml`).
    var language: String
    /// LF line ends, without the fence's indentation and without a final newline.
    var text: String
    /// Where `{{` follows the closing fence.
    var macro: Int?
    /// Where the text is and how; `nil` for a block that isn't closed, and unless an outline is asked for.
    var site: PageOutline.Sample?
}
