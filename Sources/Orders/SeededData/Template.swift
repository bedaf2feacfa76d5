/// A text with places for values: `Dear {{person.firstName}}, your number is {{number.int(1, 6)}}.`
///
/// A place is a key of ``keys`` between two pairs of braces, with arguments in parentheses where it takes any. Arguments
/// are divided by commas; one that holds a comma, a parenthesis or spaces at its ends goes between double quotes. `\{{`
/// stands for two braces.
///
/// All checks happen when the template is made, so filling it in can't fail:
///
/// ```swift
/// let template = try Template("{{person.fullName}} <{{internet.email}}>")
/// for index in 0..<10 {
///     var record = faker.fork(index)
///     print(record.render(template))
/// }
/// ```
public struct Template: Sendable {
    typealias Maker = @Sendable (inout Faker) -> String

    enum Part: Sendable {
        case text(String)
        case value(Maker)
    }

    let parts: [Part]

    /// - Throws: ``TemplateError`` for a place that isn't closed, a key that doesn't exist and arguments that don't fit.
    public init(_ text: String) throws(TemplateError) {
        var parser = TemplateParser(text)
        parts = try parser.parts()
    }

    /// The keys there are, in alphabetical order, each with the arguments it takes; those in brackets may be left out.
    public static var keys: [String] {
        TemplateKey.all.values.map { $0.name + $0.arguments }.sorted()
    }
}

extension Faker {
    /// Fills in the places of a template from left to right.
    public mutating func render(_ template: Template) -> String {
        var text = ""
        for part in template.parts {
            switch part {
            case .text(let plain): text += plain
            case .value(let make): text += make(&self)
            }
        }
        return text
    }

    /// Fills in the places of a text that is used once; make a ``Template`` of one that is used often.
    ///
    /// - Throws: ``TemplateError``, before any value is drawn.
    public mutating func render(_ text: String) throws(TemplateError) -> String {
        render(try Template(text))
    }
}

/// What is wrong with a template, and where.
public struct TemplateError: Error, Hashable, CustomStringConvertible {
    /// What kind of mistake it is; a missing brace or quotation mark is `.malformed`.
    public enum Code: Sendable { case unknownKey, malformed, badArgument }

    /// For programs; ``problem`` is for people.
    public let code: Code
    /// What is wrong, naming the subject: lower case, without a full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String
    /// Counted from 1.
    public let line: Int
    /// In Unicode scalars, counted from 1.
    public let column: Int

    /// Place and problem, then the remedy on a line of its own.
    public var description: String { "line \(line), column \(column): \(problem)\n  try: \(remedy)" }

    init(_ code: Code, at place: TemplatePlace, _ problem: String, try remedy: String) {
        self.code = code
        self.problem = problem
        self.remedy = remedy
        (line, column) = (place.line, place.column)
    }
}

struct TemplatePlace: Sendable {
    var line: Int
    var column: Int
}
