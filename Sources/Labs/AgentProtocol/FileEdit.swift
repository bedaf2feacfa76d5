/// What becomes of a file that the bytes which follow are for.
public enum FileEdit: Hashable, Codable, Sendable {
    /// They are the whole file from now on.
    case replace
    /// They come before what is there.
    case prepend
    /// They come after what is there.
    case append
    /// They take the place of the first occurrence of the text; without one nothing is written.
    case insert(marker: String)
}

extension PayloadWriter {
    mutating func write(_ edit: FileEdit) {
        switch edit {
        case .replace: write(UInt32(0))
        case .prepend: write(UInt32(1))
        case .append: write(UInt32(2))
        case .insert(let marker):
            write(UInt32(3))
            write(marker)
        }
    }
}

extension PayloadReader {
    mutating func readEdit() throws(FrameError) -> FileEdit {
        switch try readUInt32() {
        case 0: .replace
        case 1: .prepend
        case 2: .append
        case 3: .insert(marker: try readString())
        default: throw malformed
        }
    }
}
