/// How a value is laid out, in the terms of Node's `util.inspect`.
public struct LiteralStyle: Sendable {
    /// Levels below the outermost value that are shown; `nil` for all.
    public var depth: Int?
    /// Elements of one array that are shown; `nil` for all.
    public var maxArrayLength: Int?
    /// UTF-16 units of one string that are shown; `nil` for all.
    public var maxStringLength: Int?
    /// The column beyond which objects and arrays aren't put on one line.
    public var breakLength = 80
    /// Objects with fewer levels than this inside them may share a line.
    public var compact = 3
    /// Whether values carry the colours of Node's `util.inspect`, as SGR escape codes.
    public var colors = false

    /// The defaults are those of Node's `console.log`.
    public init(depth: Int? = 2, maxArrayLength: Int? = 100, maxStringLength: Int? = 10_000, colors: Bool = false) {
        self.depth = depth
        self.maxArrayLength = maxArrayLength
        self.maxStringLength = maxStringLength
        self.colors = colors
    }

    /// `console.log` of Node.
    public static let console = LiteralStyle()
    /// A value at the prompt of mongosh.
    public static let shellValue = LiteralStyle(depth: 6)
    /// Documents of a cursor at the prompt of mongosh: shown whole.
    public static let shellCursor = LiteralStyle(depth: nil, maxArrayLength: nil, maxStringLength: nil)
}

extension LiteralValue {
    /// The value as a JavaScript shell prints it, without a final newline.
    public func literal(_ style: LiteralStyle = .console) -> String {
        var printer = LiteralPrinter(style: style)
        return printer.text(of: self, level: 0)
    }
}
