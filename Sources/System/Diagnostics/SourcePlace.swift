/// A place in a lesson's files, for messages that point at it.
///
/// Lines and columns count from 1; a column counts Unicode scalars, as editors that jump to `file:line:column` do.
public struct SourcePlace: Hashable, Codable, Sendable {
    /// The path as the user can open it: relative to the working directory or absolute, never canonicalised.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars; 1 also where only the line is known.
    public var column: Int

    /// Takes the values as they are. Without a column, the line as a whole.
    public init(file: String, line: Int, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension SourcePlace: CustomStringConvertible {
    /// `file:line`, with the column when it is not the first.
    public var description: String { column == 1 ? "\(file):\(line)" : "\(file):\(line):\(column)" }
}

extension SourcePlace: Comparable {
    /// By the file's path as text, then by line and column.
    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
