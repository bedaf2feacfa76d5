public import Diagnostics

/// What a lab's own seed command is asked for: names and values, whose meaning only that command knows.
public struct Seeding: Hashable, Codable, Sendable {
    /// One name and its value, given to the command as `--NAME VALUE`.
    public struct Parameter: Hashable, Codable, Sendable {
        /// Letters, digits, hyphens and underscores, beginning with a letter.
        public var name: String
        /// One line; may be empty.
        public var value: String

        /// Neither is checked; see ``Seeding/isName(_:)`` and ``Seeding/isValue(_:)``.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In the order in which they were given.
    public var parameters: [Parameter]
    /// Where the lesson's index asks for it; `nil` when somebody asks at the command line.
    public var place: SourcePlace?

    /// Asks for nothing in particular, unless said.
    public init(_ parameters: [Parameter] = [], place: SourcePlace? = nil) {
        self.parameters = parameters
        self.place = place
    }

    /// No lesson has more; in names.
    public static let maxParameters = 50
    /// In characters.
    public static let maxNameLength = 64
    /// In characters.
    public static let maxValueLength = 1000

    /// The words that follow the seed command.
    public var arguments: [String] { parameters.flatMap { ["--\($0.name)", $0.value] } }

    /// Whether a name makes a plain option, which no command takes for anything else.
    public static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetter(first), text.unicodeScalars.count <= maxNameLength else {
            return false
        }
        return text.unicodeScalars.allSatisfy { isLetter($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_" }
    }

    /// Whether a value is one line that can be shown, and not too long.
    public static func isValue(_ text: String) -> Bool {
        text.unicodeScalars.count <= maxValueLength
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}

extension Seeding: CustomStringConvertible {
    /// `rows 25, seed 2020`; empty when nothing in particular is asked for.
    public var description: String {
        parameters.map { "\($0.name) \($0.value.isEmpty ? "''" : $0.value)" }.joined(separator: ", ")
    }
}
