extension Faker {
    /// The language and country that names, addresses, phone numbers and prices follow.
    public enum Locale: String, CaseIterable, Codable, Sendable {
        /// English, United States.
        case en
        /// German, Germany.
        case de
        /// French, France.
        case fr
        /// Spanish, Spain.
        case es
        /// Portuguese, Brazil.
        case ptBR = "pt-BR"

        /// Finds a locale by its tag, in any case and with `-` or `_`.
        ///
        /// - Throws: ``SeededDataError`` with code `.unknownLocale`, which lists the tags there are.
        public init(tag: String) throws(SeededDataError) {
            let plain = String(tag.lowercased().map { $0 == "_" ? "-" : $0 })
            guard let match = Self.allCases.first(where: { $0.rawValue.lowercased() == plain }) else {
                throw .unknownLocale(tag)
            }
            self = match
        }
    }
}

/// What the library can't do with what it was given.
public struct SeededDataError: Error, Hashable, CustomStringConvertible {
    /// An unknown tag, or a source of values that gives no new one.
    public enum Code: Sendable { case unknownLocale, exhausted }

    /// For programs; ``problem`` is for people.
    public let code: Code
    /// What failed, naming the subject: lower case, without a full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String

    /// The problem, then the remedy on a line of its own.
    public var description: String { "\(problem)\n  try: \(remedy)" }

    static func unknownLocale(_ tag: String) -> Self {
        let tags = Faker.Locale.allCases.map(\.rawValue).joined(separator: ", ")
        return Self(code: .unknownLocale, problem: "unknown locale '\(tag)'", remedy: "use one of \(tags)")
    }

    static func exhausted(tries: Int, found: Int) -> Self {
        Self(
            code: .exhausted,
            problem: "no new value in \(tries) tries, after \(found) different ones",
            remedy: "draw fewer values, or from a larger set")
    }
}
