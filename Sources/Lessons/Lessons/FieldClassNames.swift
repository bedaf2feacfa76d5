/// The words that authors write for a field's class in `field:PATH=CLASS`.
///
/// Kept apart from the comparison that knows what they mean, so that reading a page can refuse others.
public enum FieldClassNames {
    /// In the order in which messages list them.
    public static let all = [
        "uuid", "object-id", "hash", "token", "timestamp", "duration", "age", "size", "process-id", "port", "version",
        "address", "email", "url", "path", "integer", "decimal", "percentage", "boolean", "name", "text", "null",
        "word",
    ]
}
