import Lessons

/// What a sample was taken to mean in one place, for authors who ask.
public struct Inferred: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The sample's line, counted from 1.
    public var line: Int
    /// The field's path (`customer.email`, a table's heading); `nil` for a line of text.
    public var field: String?
    /// The field's class, whether it may vary, or the line with `<class>` for each part that may vary.
    public var meaning: String

    /// `LINE: FIELD: MEANING`, or `LINE: MEANING` for a line of text.
    public var description: String { field.map { "\(line): \($0): \(meaning)" } ?? "\(line): \(meaning)" }
}

extension ParsedSample {
    /// What must hold of an output, place by place, as it was inferred from the sample.
    public var inferred: [Inferred] {
        var result: [Inferred] = []
        for block in blocks {
            switch block {
            case .line(let line): result.append(Inferred(line: line.number + 1, field: nil, meaning: pattern(of: line)))
            case .elision: result.append(Inferred(line: 0, field: nil, meaning: "anything of the same kind, no errors"))
            case .documents(let documents):
                let line = documents.lines.lowerBound + 1
                if documents.kind != .fields {
                    let noun = documents.literals.count == 1 ? documents.noun : documents.noun + "s"
                    result.append(Inferred(line: line, field: nil, meaning: "\(documents.literals.count) \(noun)"))
                }
                let shape = Shape(documents.literals, fieldClasses: directives.fieldClasses)
                describe(shape, path: "", line: line, into: &result)
            }
        }
        // An elision is where the block before it ends.
        for index in result.indices where result[index].line == 0 {
            result[index].line = index > 0 ? result[index - 1].line + 1 : 1
        }
        return result
    }

    private func describe(_ shape: Shape, path: String, line: Int, into result: inout [Inferred]) {
        switch shape {
        case .object(let object):
            for key in object.variants.max(by: { $0.count < $1.count }) ?? [] {
                guard let field = object.fields[key] else { continue }
                describe(field, path: path.isEmpty ? key : "\(path).\(key)", line: line, into: &result)
            }
        case .list(let list):
            let counts = list.counts.sorted().map(String.init).joined(separator: " or ")
            let count = list.isElided ? "at least \(counts)" : counts
            if !path.isEmpty || list.positions != nil {
                result.append(Inferred(line: line, field: path.isEmpty ? nil : path, meaning: "a list of \(count)"))
            }
            if let element = list.element {
                describe(element, path: path.isEmpty ? "" : path + "[]", line: line, into: &result)
            } else {
                for (index, position) in (list.positions ?? []).enumerated() {
                    describe(position, path: "\(path)[\(index)]", line: line, into: &result)
                }
            }
        case .embedded(let inner): describe(inner, path: path, line: line, into: &result)
        case .leaf(let leaf):
            let varies = leaf.demanded != nil || leaf.mayVary(wording)
            let value = leaf.values[0]
            result.append(
                Inferred(
                    line: value.line + 1, field: path.isEmpty ? nil : path,
                    meaning: varies ? "any \(leaf.fieldClass.rawValue)" : "\(value.inline.shortened), fixed"))
        case .mixed(let shapes): for shape in shapes { describe(shape, path: path, line: line, into: &result) }
        }
    }

    private func pattern(of line: Line) -> String {
        var text = ""
        var end = line.range.lowerBound
        let matcher = TokenMatcher(documented: source, actual: source, wording: wording)
        for token in line.tokens {
            text += source.string(end..<max(end, token.range.lowerBound))
            text += matcher.placeholder(for: token) ?? source.string(token.range)
            end = token.range.upperBound
        }
        return text
    }
}

extension TokenMatcher {
    /// `<uuid>` for a token that may vary.
    func placeholder(for token: Token) -> String? {
        switch token.kind {
        case .field(let fieldClass): varies(fieldClass, token.range) ? "<\(fieldClass.rawValue)>" : nil
        case .literal: "<value>"
        case .elision, .pattern: "<anything>"
        case .mark, .rule, .branch: nil
        }
    }
}
