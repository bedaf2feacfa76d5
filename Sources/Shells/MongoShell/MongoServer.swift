public import ShellLiterals

/// A server that runs database commands; everything that the shell does is one.
public protocol MongoServer {
    /// - Throws: ``ShellError`` named `MongoServerError` when the server says no, and `MongoNetworkError` or
    ///   `MongoServerSelectionError` when it can't be reached. Write errors inside a successful reply aren't thrown.
    func run(_ command: LiteralObject, on database: String) throws -> LiteralObject
}
