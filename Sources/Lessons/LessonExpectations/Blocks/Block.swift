/// A part of a text that is compared as a whole.
enum Block: Sendable {
    case documents(Documents)
    case line(Line)
    /// Lines left out.
    case elision

    /// The lines it covers, counted from 0.
    var lines: Range<Int> {
        switch self {
        case .documents(let documents): documents.lines
        case .line(let line): line.number..<(line.number + 1)
        case .elision: 0..<0
        }
    }
}

/// Values read from lines: literals one after the other, the rows of a table, or `key: value` lines.
struct Documents: Sendable {
    enum Kind: Sendable {
        case literals
        /// A row is an object whose keys are the table's headings.
        case table
        /// Lines of keys and values are one object.
        case fields
    }

    var kind: Kind
    var literals: [Literal]
    var lines: Range<Int>
    /// `true` when an elision is among the rows.
    var isElided = false

    var noun: String {
        switch kind {
        case .literals: "document"
        case .table: "row"
        case .fields: "list of fields"
        }
    }
}

/// The structures that a text is searched for, beside literals.
///
/// A sample is searched for all of them, an output only for those that its sample has: what is plain lines in the one
/// must be plain lines in the other.
struct Structures: OptionSet, Sendable {
    let rawValue: Int
    static let tables = Structures(rawValue: 1)
    static let fields = Structures(rawValue: 2)
    static let delimited = Structures(rawValue: 4)
    /// Lines that stand for others; only a sample has them: in an output dots are dots.
    static let elisions = Structures(rawValue: 8)
    static let sample: Structures = [.tables, .fields, .delimited, .elisions]
}
