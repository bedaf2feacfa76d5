/// Reads a template in one pass over its Unicode scalars.
struct TemplateParser {
    private let scalars: [Unicode.Scalar]
    private var offset = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parts() throws(TemplateError) -> [Template.Part] {
        var parts: [Template.Part] = []
        var plain = String.UnicodeScalarView()
        while let scalar = peek() {
            if looksAt("\\{{") {
                plain.append(contentsOf: "{{".unicodeScalars)
                offset += 3
            } else if looksAt("{{") {
                if !plain.isEmpty { parts.append(.text(String(plain))) }
                plain.removeAll()
                parts.append(.value(try value()))
            } else {
                plain.append(scalar)
                offset += 1
            }
        }
        if !plain.isEmpty { parts.append(.text(String(plain))) }
        return parts
    }

    private mutating func value() throws(TemplateError) -> Template.Maker {
        let start = place
        offset += 2
        skipSpaces()
        let keyPlace = place
        let name = word(until: "(}")
        var arguments = TemplateArguments(key: name, place: keyPlace)
        if peek() == "(" { arguments.items = try argumentList(of: name) }
        skipSpaces()
        guard looksAt("}}") else {
            throw TemplateError(
                .malformed, at: start, "the value '\(name)' is not closed",
                try: "end it with '}}', or write '\\{{' for literal braces")
        }
        offset += 2
        guard let key = TemplateKey.all[name] else { throw unknown(name, at: keyPlace) }
        return try key.maker(for: arguments)
    }

    private mutating func argumentList(of name: String) throws(TemplateError) -> [TemplateArguments.Item] {
        let start = place
        var items: [TemplateArguments.Item] = []
        offset += 1
        skipSpaces()
        if peek() == ")" {
            offset += 1
            return []
        }
        while true {
            skipSpaces()
            let itemPlace = place
            let text: String
            if peek() == "\"" {
                offset += 1
                text = raw(until: "\"")
                guard peek() == "\"" else {
                    throw TemplateError(
                        .malformed, at: itemPlace, "an argument of '\(name)' has no closing quote", try: "add the '\"'")
                }
                offset += 1
                skipSpaces()
            } else {
                text = word(until: ",)}")
            }
            items.append(.init(text: text, place: itemPlace))
            switch peek() {
            case ",": offset += 1
            case ")":
                offset += 1
                return items
            default:
                throw TemplateError(
                    .malformed, at: start, "the arguments of '\(name)' are not closed",
                    try: "put a ')' after the last one, and quotes around one that contains ',', ')' or '}'")
            }
        }
    }

    private func unknown(_ name: String, at place: TemplatePlace) -> TemplateError {
        let nearest = TemplateKey.all.keys.sorted().map { ($0, distance(name.lowercased(), $0.lowercased())) }
            .min { $0.1 < $1.1 }
        let remedy =
            if let nearest, nearest.1 <= 4 {
                "use '\(nearest.0)'"
            } else {
                "use one of \(TemplateKey.all.keys.sorted().joined(separator: ", "))"
            }
        return TemplateError(.unknownKey, at: place, "unknown key '\(name)'", try: remedy)
    }

    private var place: TemplatePlace {
        let line = scalars[..<offset].count { $0 == "\n" } + 1
        let start = scalars[..<offset].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return TemplatePlace(line: line, column: offset - start + 1)
    }

    private func peek() -> Unicode.Scalar? {
        offset < scalars.count ? scalars[offset] : nil
    }

    private func looksAt(_ text: String) -> Bool {
        scalars[offset...].starts(with: text.unicodeScalars)
    }

    private mutating func skipSpaces() {
        while let scalar = peek(), scalar.properties.isWhitespace { offset += 1 }
    }

    private mutating func raw(until stops: String) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek(), !stops.unicodeScalars.contains(scalar) {
            text.append(scalar)
            offset += 1
        }
        return String(text)
    }

    /// Like `raw`, without the spaces at the end.
    private mutating func word(until stops: String) -> String {
        var text = raw(until: stops)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// The Levenshtein distance: how many characters to add, drop or change.
private func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in right.indices {
            let change = diagonal + (right[column] == character ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(change, diagonal + 1, row[column] + 1)
        }
    }
    return row[right.count]
}
