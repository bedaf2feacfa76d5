/// Text for a person at a terminal, with styles beside it instead of escape codes in it.
///
/// Whatever a lesson, a log or a file's name puts into the text stays text: escape codes are written by ``rendered(inColour:)``
/// alone, for styles, after everything else has been made ``Swift/String/printable``. So a console that takes nothing but this
/// type can't be commanded by what it shows.
public struct StyledText: Sendable, Hashable {
    /// What a part means; which colour that is, is decided where it is written.
    public enum Style: Sendable, Hashable {
        case good, bad, warning, note, strong, faint

        /// The parameter of SGR, "select graphic rendition".
        fileprivate var code: String {
            switch self {
            case .good: "32"
            case .bad: "31"
            case .warning: "33"
            case .note: "36"
            case .strong: "1"
            case .faint: "2"
            }
        }
    }

    private struct Span: Sendable, Hashable {
        var text: String
        var style: Style?
    }

    private var spans: [Span] = []

    /// Empty: nothing is written for it, not even an escape code.
    public init() {}

    /// Unstyled when `style` is `nil`, so that ``styled(_:)`` can still style it. Escape codes in `text` have no effect.
    public init(_ text: some StringProtocol, _ style: Style? = nil) {
        append(String(text), style)
    }

    /// The characters, styles and unprintable ones left out.
    public var plain: String { rendered(inColour: false) }

    /// Characters that can't be printed count too.
    public var isEmpty: Bool { spans.isEmpty }

    /// How many characters it has.
    public var count: Int { spans.reduce(0) { $0 + $1.text.count } }

    /// The text as it may be written to a terminal, or to anything else when `isColoured` is `false`.
    public func rendered(inColour isColoured: Bool) -> String {
        spans.map { span in
            let text = span.text.printable
            guard isColoured, let style = span.style else { return text }
            return "\u{1B}[\(style.code)m\(text)\u{1B}[0m"
        }.joined()
    }

    /// Gives a style to the parts that have none.
    public func styled(_ style: Style) -> StyledText {
        var copy = self
        for index in copy.spans.indices where copy.spans[index].style == nil { copy.spans[index].style = style }
        return copy
    }

    /// Followed by blanks up to a width in characters.
    public func padded(to width: Int) -> StyledText {
        self + StyledText(String(repeating: " ", count: max(0, width - count)))
    }

    /// Every part keeps its style, or stays without one.
    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum += right
        return sum
    }

    /// Every part keeps its style, or stays without one.
    public static func += (left: inout StyledText, right: StyledText) { left.spans += right.spans }

    private mutating func append(_ text: String, _ style: Style? = nil) {
        if !text.isEmpty { spans.append(Span(text: text, style: style)) }
    }
}

extension StyledText: CustomStringConvertible {
    /// The same as ``plain``.
    public var description: String { plain }
}

extension StyledText: ExpressibleByStringInterpolation {
    /// Unstyled, so that ``styled(_:)`` can still style it.
    public init(stringLiteral text: String) { self.init(text) }

    /// The literal's parts in their order, each with the style that was named beside it.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

    /// Takes values as `\(value)`, and with a style as `\(value, .good)`.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = StyledText()

        /// Ignores both numbers: nothing is reserved.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Unstyled, as the source has it.
        public mutating func appendLiteral(_ literal: String) { text.append(literal) }

        /// The part's own styles stay.
        public mutating func appendInterpolation(_ part: StyledText) { text += part }

        /// Parts that have a style of their own keep it.
        public mutating func appendInterpolation(_ part: StyledText, _ style: Style) { text += part.styled(style) }

        /// The value's `description`, unstyled.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text.append(value.description)
        }

        /// The value's `description`, all of it in this style.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible, _ style: Style) {
            text.append(value.description, style)
        }
    }
}

extension Sequence<StyledText> {
    /// All of them in a row, with a text between each two.
    public func joined(separator: String = "") -> StyledText {
        var result = StyledText()
        for (index, text) in enumerated() {
            if index > 0 { result += StyledText(separator) }
            result += text
        }
        return result
    }
}
