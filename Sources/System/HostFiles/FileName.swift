/// The one rule for names that a lesson, a lab or a person gives and that become names of files: of services, volumes,
/// labs, terminals, templates and recordings.
public enum FileName {
    /// In bytes; leaves room for what is put behind a name within the 255 of a file system.
    public static let maxLength = 128

    /// Whether the name stays one name of its directory, and can be shown.
    public static func isUsable(_ name: String) -> Bool {
        problem(with: name) == nil
    }

    /// What is wrong with a name; completes "the name …". `nil` for a usable one.
    public static func problem(with name: String) -> String? {
        if name.isEmpty { return "is empty" }
        if name == "." || name == ".." { return "means a directory" }
        if name.utf8.contains(UInt8(ascii: "/")) { return "contains a '/'" }
        if name.unicodeScalars.contains(where: isInvisible) { return "contains a control character" }
        if name.utf8.count > maxLength { return "has more than \(maxLength) bytes" }
        return nil
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
    }
}
