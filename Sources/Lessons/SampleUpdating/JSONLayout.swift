/// JSON that a program prints on one line, set out over several as the author did.
enum JSONLayout {
    /// The output's one line in the sample's layout; `nil` when that isn't what sets the two apart.
    static func laidOut(_ output: TextLines, like documented: TextLines) -> TextLines? {
        guard output.count == 1, documented.count > 2, let line = output.first, let first = line.first,
            first == "{" || first == "[", documented[0] == String(first)
        else { return nil }
        let unit = documented[1].prefix { $0 == " " || $0 == "\t" }
        return unit.isEmpty ? nil : indented(line, unit: String(unit))
    }

    private static func indented(_ json: String, unit: String) -> TextLines? {
        var lines = [""]
        var depth = 0
        var inString = false
        var isEscaped = false
        func newLine() { lines.append(String(repeating: unit, count: depth)) }
        let characters = Array(json)
        for (index, character) in characters.enumerated() {
            if inString {
                lines[lines.count - 1].append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    inString = false
                }
                continue
            }
            switch character {
            case " ": continue
            case "\"":
                inString = true
                lines[lines.count - 1].append(character)
            case "{", "[":
                lines[lines.count - 1].append(character)
                depth += 1
                let next = characters[(index + 1)...].first { $0 != " " }
                if next != "}", next != "]" { newLine() }
            case "}", "]":
                depth -= 1
                guard depth >= 0 else { return nil }
                let before = characters[..<index].last { $0 != " " }
                if before != "{", before != "[" { newLine() }
                lines[lines.count - 1].append(character)
            case ",":
                lines[lines.count - 1].append(character)
                newLine()
            case ":": lines[lines.count - 1] += ": "
            default: lines[lines.count - 1].append(character)
            }
        }
        return depth == 0 && !inString ? lines : nil
    }
}
