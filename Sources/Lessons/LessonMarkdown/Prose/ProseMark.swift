/// Bytes that are in a page's prose where a block ends; no text holds them.
enum ProseMark {
    static let paragraph: UInt8 = 0x01
    static let heading: UInt8 = 0x02
    /// A paragraph in a list or a quote, which goes on with the one before.
    static let item: UInt8 = 0x03

    static func isMark(_ byte: UInt8) -> Bool { byte >= paragraph && byte <= item }

    /// Behind a code span that quotes an error: "it says `permission denied`".
    static let error: UInt8 = 0x04
    /// Behind one that says that there is no such command.
    static let missingCommand: UInt8 = 0x05
}
