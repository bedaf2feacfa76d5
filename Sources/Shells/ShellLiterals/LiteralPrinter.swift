/// Lays values out as Node's `util.inspect` does.
///
/// The rules are Node's, the odd ones too: whether an object may share a line depends on the level of the object that
/// was printed *last*, not of the deepest one.
struct LiteralPrinter {
    let style: LiteralStyle
    private var indentation = 0
    private var lastLevel = 0

    init(style: LiteralStyle) { self.style = style }

    mutating func text(of value: LiteralValue, level: Int) -> String {
        switch value {
        case .undefined: paint("undefined", .gray)
        case .null: paint("null", .bold)
        case .bool(let flag): paint(flag ? "true" : "false", .yellow)
        case .number(let number): paint(number.sign == .minus && number == 0 ? "-0" : number.javaScriptText, .yellow)
        case .string(let string): text(of: string)
        case .array(let elements): text(of: elements, level: level)
        case .object(let object): text(of: object, level: level)
        case .date(let milliseconds):
            DateText.iso(milliseconds).map { "ISODate('\($0)')" } ?? paint("Invalid Date", .magenta)
        case .regex(let pattern, let flags): paint("/\(pattern)/\(flags)", .red)
        case .objectID(let bytes): "ObjectId(\(quoted(hex(bytes))))"
        case .long(let number): "Long(\(quoted(String(number))))"
        case .decimal(let number): "Decimal128(\(quoted(number.description)))"
        case .binary(let subtype, let bytes): binaryText(subtype, bytes)
        case .timestamp(let seconds, let increment):
            "Timestamp({ t: \(paint(String(seconds), .yellow)), i: \(paint(String(increment), .yellow)) })"
        case .minKey: "MinKey()"
        case .maxKey: "MaxKey()"
        case .code(let source, let scope):
            "Code(\(quoted(source))" + (scope.map { ", " + LiteralValue.object($0).literal(style) } ?? "") + ")"
        case .symbol(let name): "BSONSymbol(\(quoted(name)))"
        case .opaque(let text): paint(text, .cyan)
        }
    }

    private mutating func text(of elements: [LiteralValue], level: Int) -> String {
        if elements.isEmpty { return "[]" }
        if let depth = style.depth, level > depth { return paint("[Array]", .cyan) }
        lastLevel = level + 1
        let shown = min(elements.count, style.maxArrayLength ?? .max)
        indentation += 2
        var entries: [String] = []
        entries.reserveCapacity(shown + 1)
        for element in elements.prefix(shown) { entries.append(text(of: element, level: level + 1)) }
        indentation -= 2
        let hidden = elements.count - shown
        if hidden > 0 { entries.append("... \(hidden) more item\(hidden > 1 ? "s" : "")") }
        let lines = entries.count > 6 ? grouped(entries, of: elements, hasMore: hidden > 0) : entries
        return joined(lines, between: ("[", "]"), level: level + 1, mayShareLine: lines.count == entries.count)
    }

    private mutating func text(of object: LiteralObject, level: Int) -> String {
        let fields = object.enumerated
        if fields.isEmpty { return "{}" }
        if let depth = style.depth, level > depth { return paint("[Object]", .cyan) }
        lastLevel = level + 1
        indentation += 2
        var entries: [String] = []
        entries.reserveCapacity(fields.count)
        for field in fields { entries.append("\(name(field.name)): \(text(of: field.value, level: level + 1))") }
        indentation -= 2
        return joined(entries, between: ("{", "}"), level: level + 1, mayShareLine: true)
    }

    private func joined(
        _ entries: [String], between brackets: (opening: String, closing: String), level: Int, mayShareLine: Bool
    ) -> String {
        if mayShareLine, lastLevel - level < style.compact {
            // Ten columns of slack, the opening bracket, and one for each entry's comma: Node's estimate.
            var length = entries.count + indentation + 11 + entries.count
            for entry in entries where length <= style.breakLength { length += entry.plainUTF16Length }
            if length <= style.breakLength, !entries.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) {
                return "\(brackets.opening) \(entries.joined(separator: ", ")) \(brackets.closing)"
            }
        }
        let margin = "\n" + String(repeating: " ", count: indentation)
        return "\(brackets.opening)\(margin)  \(entries.joined(separator: ",\(margin)  "))\(margin)\(brackets.closing)"
    }

    /// Puts more than six short elements into columns, about 2.5 times as wide as high.
    private func grouped(_ entries: [String], of elements: [LiteralValue], hasMore: Bool) -> [String] {
        let count = hasMore ? entries.count - 1 : entries.count
        let widths = entries.prefix(count).map(\.columns)
        let separator = 2
        let total = widths.reduce(0) { $0 + $1 + separator }
        let widest = widths.max() ?? 0
        let cell = widest + separator
        guard cell * 3 + indentation < style.breakLength, Double(total) / Double(cell) > 5 || widest <= 6 else {
            return entries
        }
        let bias = (Double(cell) - Double(total) / Double(entries.count)).squareRoot()
        let biasedCell = max(Double(cell) - 3 - bias, 1)
        let square = ((2.5 * biasedCell * Double(count)).squareRoot() / biasedCell + 0.5).rounded(.down)
        let columns = min(Int(square), (style.breakLength - indentation) / cell, style.compact * 4, 15)
        guard columns > 1 else { return entries }
        let columnWidths = (0..<columns).map { column in
            stride(from: column, to: count, by: columns).reduce(0) { max($0, widths[$1]) }
        }
        let areNumbers = elements.prefix(entries.count).allSatisfy { if case .number = $0 { true } else { false } }
        var lines: [String] = []
        for start in stride(from: 0, to: count, by: columns) {
            var line = ""
            let end = min(start + columns, count)
            for index in start..<end {
                let padding = String(repeating: " ", count: columnWidths[index - start] - widths[index])
                if areNumbers { line += padding }
                line += entries[index]
                guard index < end - 1 else { continue }
                line += ", "
                if !areNumbers { line += padding }
            }
            lines.append(line)
        }
        if hasMore { lines.append(entries[count]) }
        return lines
    }

    // MARK: Strings and names

    private func text(of string: String) -> String {
        var shown = string[...]
        var trailer = ""
        if let limit = style.maxStringLength, string.utf8.count > limit, string.utf16.count > limit {
            let hidden = string.utf16.count - limit
            // A cut through a surrogate pair drops the half that Swift can't hold.
            shown = string[..<string.utf16.index(string.startIndex, offsetBy: limit)]
            trailer = "... \(hidden) more character\(hidden > 1 ? "s" : "")"
        }
        let length = shown.utf16.count
        guard length > 16, length > style.breakLength - indentation - 4, shown.utf8.contains(UInt8(ascii: "\n")) else {
            return quoted(shown) + trailer
        }
        let margin = " +\n" + String(repeating: " ", count: indentation + 2)
        return splitAfterNewlines(shown).map { quoted($0) }.joined(separator: margin) + trailer
    }

    private func splitAfterNewlines(_ text: Substring) -> [Substring] {
        var lines: [Substring] = []
        var rest = text
        while let newline = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
            let next = rest.utf8.index(after: newline)
            lines.append(rest[..<next])
            rest = rest[next...]
        }
        if !rest.isEmpty { lines.append(rest) }
        return lines
    }

    private func quoted(_ text: some StringProtocol) -> String { paint(text.quotedLiteral, .green) }

    private func name(_ name: String) -> String {
        if name == "__proto__" { return "['__proto__']" }
        guard name.isPlainFieldName else { return quoted(name) }
        return name
    }

    private func binaryText(_ subtype: UInt8, _ bytes: [UInt8]) -> String {
        switch subtype {
        case 4 where bytes.count == 16:
            // Not coloured, as mongosh leaves it.
            let digits = hex(bytes)
            var rest = digits[...]
            let groups = [8, 4, 4, 4, 12].map { count in
                defer { rest = rest.dropFirst(count) }
                return rest.prefix(count)
            }
            return "UUID('\(groups.joined(separator: "-"))')"
        case 5: return "MD5('\(hex(bytes))')"
        default:
            return "Binary.createFromBase64(\(quoted(bytes.base64Text)), \(paint(String(subtype), .yellow)))"
        }
    }

    private func hex(_ bytes: [UInt8]) -> String { bytes.hexText }

    // MARK: Colours

    private enum Paint {
        case bold, cyan, gray, green, magenta, red, yellow

        /// The codes that switch the colour on and off.
        var codes: (on: Int, off: Int) {
            switch self {
            case .bold: (1, 22)
            case .cyan: (36, 39)
            case .gray: (90, 39)
            case .green: (32, 39)
            case .magenta: (35, 39)
            case .red: (31, 39)
            case .yellow: (33, 39)
            }
        }
    }

    private func paint(_ text: String, _ paint: Paint) -> String {
        guard style.colors else { return text }
        return "\u{1B}[\(paint.codes.on)m\(text)\u{1B}[\(paint.codes.off)m"
    }
}
