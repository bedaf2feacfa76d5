import ShellLiterals

/// What `JSON.stringify` makes of a value, and `JSON.parse` of a text.
enum JSONText {
    /// - Parameter indentation: For each level; empty for one line.
    static func text(of value: LiteralValue, indentation: String = "") -> String {
        text(of: value, indentation: indentation, margin: "\n")
    }

    private static func text(of value: LiteralValue, indentation: String, margin: String) -> String {
        let inner = margin + indentation
        switch value {
        case .null, .undefined: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return number.isFinite ? number.javaScriptText : "null"
        case .array(let elements):
            return joined(
                elements.map { text(of: $0, indentation: indentation, margin: inner) }, between: ("[", "]"),
                indentation: indentation, margin: margin)
        case .object(let object):
            let colon = indentation.isEmpty ? ":" : ": "
            let fields = object.enumerated.filter { $0.value != .undefined }
                .map { quoted($0.name) + colon + text(of: $0.value, indentation: indentation, margin: inner) }
            return joined(fields, between: ("{", "}"), indentation: indentation, margin: margin)
        default: return quoted(value.joinedText)
        }
    }

    private static func joined(
        _ parts: [String], between brackets: (opening: String, closing: String), indentation: String, margin: String
    ) -> String {
        guard !indentation.isEmpty, !parts.isEmpty else {
            return brackets.opening + parts.joined(separator: ",") + brackets.closing
        }
        let inner = margin + indentation
        return brackets.opening + inner + parts.joined(separator: "," + inner) + margin + brackets.closing
    }

    /// - Throws: ``ShellError`` for what isn't JSON.
    static func value(of text: String) throws -> Value {
        do {
            let statements = try Parser.statements(of: "(\n\(text)\n)")
            if statements.count == 1, case .expression(let expression) = statements[0],
                let value = value(of: expression)
            {
                return value
            }
        } catch is ShellError {}
        throw ShellError("SyntaxError", "\(LiteralValue.string(String(text.prefix(60))).literal()) is not valid JSON")
    }

    private static func value(of expression: Expression) -> Value? {
        switch expression.form {
        case .literal(.regex), .literal(.undefined): return nil
        case .literal(let literal): return .literal(literal)
        case .unary("-", let operand):
            guard case .literal(.number(let number)) = operand.form else { return nil }
            return .literal(.number(-number))
        case .array(let elements):
            let values = elements.compactMap { $0.isSpread ? nil : value(of: $0.value) }
            return values.count == elements.count ? .list(List(values)) : nil
        case .object(let fields):
            let object = Object()
            for field in fields {
                guard case .named(let key, let value) = field, case .literal(.string(let name)) = key.form,
                    let value = Self.value(of: value)
                else { return nil }
                object[name] = value
            }
            return .object(object)
        default: return nil
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
