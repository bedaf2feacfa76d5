import Lessons

extension ParsedSample {
    /// Whether the sample shows values that another run prints otherwise, such as identifiers, dates and durations.
    public var hasVolatileFields: Bool {
        blocks.contains { block in
            switch block {
            case .line(let line):
                let matcher = TokenMatcher(documented: source, actual: source, wording: .exact)
                return line.tokens.contains { token in
                    switch token.kind {
                    case .field(let fieldClass): matcher.varies(fieldClass, token.range)
                    case .literal(let literal): Self.isVolatile(literal, key: "")
                    default: false
                    }
                }
            case .documents(let documents): return documents.literals.contains { Self.isVolatile($0, key: "") }
            case .elision: return false
            }
        }
    }

    private static func isVolatile(_ literal: Literal, key: String) -> Bool {
        switch literal.kind {
        case .object(let fields, _, _): fields.contains { isVolatile($0.value, key: $0.key) }
        case .list(let items, _, _): items.contains { isVolatile($0, key: key) }
        default: VariationTable.varies(Leaf.fieldClass(of: literal, key: key), .exact)
        }
    }
}
