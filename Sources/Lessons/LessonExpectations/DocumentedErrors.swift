extension ParsedSample {
    /// Whether the page itself shows an error: then a command that fails does what the lesson says.
    public var documentsError: Bool {
        (0..<source.lineCount).contains { ErrorSigns.isError(source.bytes[source.line($0)]) }
    }
}
