public import Lessons

/// Where the actions and samples of a page stand in its bytes, for what rewrites the page.
///
/// Offsets count bytes of the text that was read, without a byte order mark.
public struct PageLayout: Sendable {
    /// A sample, or a block that could have been one.
    public struct Sample: Hashable, Sendable {
        public enum Form: Hashable, Sendable {
            /// Whole lines, each behind the margin.
            case block
            /// What stands between the tags of a `<pre>`, entities encoded.
            case preformatted
            /// A code span with its backticks.
            case span
        }

        public var form: Form
        /// What a new text replaces: for a block its lines without the last line end, empty at the end of the opening
        /// line when it has none.
        public var range: Range<Int>
        /// What stands before each line of a block: indentation and the marks of quotes.
        public var margin: String
        /// The mark of the fence and how often it is written; `nil` for a block without fences.
        public var fence: Fence?
    }

    public struct Fence: Hashable, Sendable {
        public var mark: Character
        public var length: Int
        /// What follows the opening fence.
        public var info: String

        public init(mark: Character = "`", length: Int = 3, info: String = "") {
            self.mark = mark
            self.length = length
            self.info = info
        }
    }

    /// An action, and the block that it stands in.
    public struct Action: Hashable, Sendable {
        /// Offset after the block's last line, before its line end: what goes there comes right after the block.
        public var end: Int
        /// What a line of the same list item or quote begins with.
        public var margin: String
        /// `false` for a row of a table, behind which no block can stand.
        public var admitsBlock: Bool
        /// Offset after a paragraph below that announces output with a colon and is followed by none.
        public var announcementEnd: Int?
    }

    public internal(set) var page: Page
    /// By the place of the expectation.
    public internal(set) var samples: [SourcePlace: Sample] = [:]
    /// By the place of the action.
    public internal(set) var actions: [SourcePlace: Action] = [:]

    init(page: Page) {
        self.page = page
    }

    /// Reads a page.
    ///
    /// - Parameter bytes: UTF-8 text without a byte order mark; anything else is read with replacement characters.
    public init(of bytes: [UInt8], file: String, role: Page.Role = .alone) {
        self = PageReading.layout(of: SourceText(bytes: bytes, file: file), role: role)
    }
}
