import Diagnostics

/// Reads `.env` and the files of `env_file`: one `NAME=value` a line.
///
/// A `#` opens a comment at the start of a line and, outside quotes, after a space. `'…'` is taken as it is but for `\'`;
/// `"…"` knows `\n`, `\r`, `\t`, `\\`, `\"` and `\$`; values outside single quotes are interpolated. `export ` before a name
/// is ignored. No message shows what such a file holds.
struct EnvironmentFile {
    let context: ReadingContext
    let file: String

    /// The variables in order; one without `=` takes the value from `environment`, or is left out.
    ///
    /// - Throws: ``ComposeError`` at the line that can't be read.
    func read(_ text: String, environment: [String: String]) throws -> [(name: String, value: String)] {
        var variables: [(name: String, value: String)] = []
        var known = environment
        var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().makeIterator()
        while let (number, line) = lines.next() {
            let place = SourcePlace(file: file, line: number + 1)
            var rest = line.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty || rest.hasPrefix("#") { continue }
            if rest.hasPrefix("export ") { rest = rest.dropFirst(7).drop { $0 == " " } }
            let name = rest.prefix { $0 != "=" }.trimmed
            guard !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isNameScalar) else {
                throw context.error(
                    .malformed, place, "the line is not of the form NAME=value",
                    remedy: "write one variable on each line, without spaces in its name")
            }
            guard rest.contains("=") else {
                if let value = known[name] { variables.append((name, value)) }
                continue
            }
            var value = rest.drop { $0 != "=" }.dropFirst().drop { $0 == " " || $0 == "\t" }[...]
            if let quote = value.first, quote == "'" || quote == "\"" {
                // A quoted value may run over several lines.
                var body = String(value.dropFirst())
                while closing(quote, in: body) == nil {
                    guard let (_, next) = lines.next() else {
                        throw context.error(.malformed, place, "the value of \(quoted(name)) lacks its closing quote")
                    }
                    body += "\n" + next
                    try context.spendBytes(body.utf8.count / 4, at: place)
                }
                let end = closing(quote, in: body) ?? body.endIndex
                try requireNothing(behind: body[end...].dropFirst(), at: place, of: name)
                let content = String(body[..<end])
                let result =
                    quote == "'"
                    ? content.replacing("\\'", with: "'") : try expand(unescaped(content), known, at: place)
                variables.append((name, result))
                known[name] = result
                continue
            }
            if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
            let result = try expand(value.trimmed, known, at: place)
            variables.append((name, result))
            known[name] = result
        }
        return variables
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
        default: false
        }
    }

    /// Behind a closing quote only a comment may follow.
    private func requireNothing(behind rest: Substring, at place: SourcePlace, of name: String) throws {
        let text = rest.trimmed
        guard !text.isEmpty, !(text.hasPrefix("#") && rest.first?.isWhitespace == true) else { return }
        throw context.error(
            .malformed, place, "text follows the closing quote of \(quoted(name))",
            remedy: "write a backslash before a quote that is part of the value")
    }

    private func closing(_ quote: Character, in text: String) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == quote { return index }
            // In single quotes a backslash means something before a quote only.
            let next = text.index(after: index)
            let escapes = quote == "\"" || next < text.endIndex && text[next] == quote
            if text[index] == "\\", escapes { index = next }
            if index < text.endIndex { index = text.index(after: index) }
        }
        return nil
    }

    /// `\$` becomes `$$`, which interpolation turns into a dollar sign.
    private func unescaped(_ text: String) -> String {
        var result = ""
        var characters = text.makeIterator()
        while let character = characters.next() {
            guard character == "\\", let next = characters.next() else {
                result.append(character)
                continue
            }
            switch next {
            case "n": result.append("\n")
            case "r": result.append("\r")
            case "t": result.append("\t")
            case "$": result.append("$$")
            case "\\", "\"": result.append(next)
            default: result.append("\\\(next)")
            }
        }
        return result
    }

    private func expand(_ text: String, _ known: [String: String], at place: SourcePlace) throws -> String {
        do {
            let value = try Interpolation.expand(text, environment: known).text
            try context.spendBytes(value.utf8.count, at: place)
            return value
        } catch let failure as Interpolation.Failure {
            throw context.error(.interpolation, place, failure.problem, remedy: failure.remedy)
        }
    }
}

extension Substring {
    /// Without spaces and tabs at either end.
    fileprivate var trimmed: String {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
        return String(rest)
    }
}
