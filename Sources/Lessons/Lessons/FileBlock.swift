public import Diagnostics

/// A `<pre class="file">` block: text that one click writes into a file of the lab.
public struct FileBlock: Hashable, Codable, Sendable {
    /// Where the text goes.
    public enum Target: Hashable, Codable, Sendable {
        /// The text becomes the whole file.
        case replace
        case prepend
        /// Also what a block with a file name and no target does.
        case append
        /// The first occurrence of the marker is replaced by the text.
        case insert(marker: String)
        /// No file: the text is copied.
        case clipboard
    }

    /// Where the tag opens.
    public var place: SourcePlace
    /// As written, relative to the editor's path unless absolute; empty for the clipboard.
    public var file: String
    /// Where the text goes: over the file, to its front or end, to a marker in it, or to the clipboard.
    public var target: Target
    /// Entities decoded, LF line ends, without the line end right after the tag.
    public var text: String

    /// Takes the values as they are; `file` should be empty for the clipboard.
    public init(place: SourcePlace, file: String, target: Target, text: String) {
        self.place = place
        self.file = file
        self.target = target
        self.text = text
    }
}
