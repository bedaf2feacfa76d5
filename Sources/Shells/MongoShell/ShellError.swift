/// An error as the shell shows it: a name, a message, and for a wrong expression the line with a mark under it.
public struct ShellError: Error, Hashable, Sendable {
    /// `SyntaxError`, `TypeError`, `MongoServerError`…
    public let name: String
    /// What is shown after the name and a colon; may be empty.
    public let message: String
    /// The server's name for its error, `DuplicateKey`.
    public let codeName: String?
    /// Lines shown below the message.
    public let details: String?
    /// More input could make the expression whole: a bracket, template or comment is still open.
    let isIncomplete: Bool

    /// An error that more input would not resolve.
    ///
    /// - Parameters:
    ///   - name: The class of the error, shown first.
    ///   - details: Lines shown below the message.
    public init(
        _ name: String, _ message: String, codeName: String? = nil, details: String? = nil
    ) {
        self.init(name, message, codeName: codeName, details: details, isIncomplete: false)
    }

    init(_ name: String, _ message: String, codeName: String? = nil, details: String?, isIncomplete: Bool) {
        self.name = name
        self.message = message
        self.codeName = codeName
        self.details = details
        self.isIncomplete = isIncomplete
    }

    static func type(_ message: String) -> Self { Self("TypeError", message) }
    static func reference(_ name: String) -> Self { Self("ReferenceError", "\(name) is not defined") }
    /// The user wanted an end.
    static let interrupted = Self("MongoshInterruptedError", "operation was interrupted")
    static func argument(_ message: String) -> Self { Self("MongoshInvalidInputError", message) }

    /// A place in the source, shown by its line with a mark under the column.
    ///
    /// At the very end of the source more input may help, unless `isFinal`.
    static func syntax(_ message: String, at offset: Int, in source: [UInt8], isFinal: Bool = false) -> Self {
        let place = min(offset, source.count)
        let lineStart = source[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lineEnd = source[place...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
        let line = source[..<place].count { $0 == UInt8(ascii: "\n") } + 1
        let column = String(decoding: source[lineStart..<place], as: UTF8.self).unicodeScalars.count
        let text = String(decoding: source[lineStart..<lineEnd], as: UTF8.self)
        let gutter = String(repeating: " ", count: String(line).utf8.count)
        return Self(
            "SyntaxError", "\(message) (\(line):\(column))",
            details: """

                > \(line) | \(text)
                  \(gutter) | \(String(repeating: " ", count: column))^

                """,
            isIncomplete: place == source.count && !isFinal)
    }
}

extension ShellError: CustomStringConvertible {
    /// The error as mongosh prints it: `Name[CodeName]: message`, with the details below.
    public var description: String {
        "\(name)\(codeName.map { "[\($0)]" } ?? "")" + (message.isEmpty ? "" : ": \(message)")
            + (details.map { "\n\($0)" } ?? "")
    }
}
