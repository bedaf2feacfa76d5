import ShellLiterals

/// What `JSON.stringify` makes of a value, on one line.
enum JSONText {
    static func text(of value: LiteralValue) -> String {
        switch value {
        case .null, .undefined: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.isFinite ? number.javaScriptText : "null"
        case .array(let elements): "[" + elements.map(text).joined(separator: ",") + "]"
        case .object(let object):
            "{"
                + object.enumerated.filter { $0.value != .undefined }
                .map { "\(quoted($0.name)):\(text(of: $0.value))" }.joined(separator: ",") + "}"
        default: quoted(value.joinedText)
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
