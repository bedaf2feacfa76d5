import ShellLiterals

/// Writes regular expressions in a filter as text: `{ d: /x/i }` as `{ d: { $regex: 'x', $options: 'i' } }`.
///
/// To MongoDB both mean the same. The stand-in for its server keeps its data in SQLite, which takes no regular expression
/// for a value, but matches one that comes as text.
enum QueryRewriting {
    /// - Throws: ``ShellError`` for a place where a regular expression has no other form.
    static func filter(_ filter: LiteralObject) throws -> LiteralObject {
        var result = LiteralObject()
        var conditions: [LiteralValue] = []
        for field in filter.fields {
            switch field.value {
            case .array(let parts) where field.name.hasPrefix("$"):
                result[field.name] = .array(try parts.map { try nested($0) })
            case .object(let operators) where !field.name.hasPrefix("$"):
                let (rest, alternatives) = try self.operators(operators)
                if !rest.fields.isEmpty || alternatives.isEmpty { result[field.name] = .object(rest) }
                if !alternatives.isEmpty {
                    conditions.append(["$or": .array(alternatives.map { .object([field.name: $0]) })])
                }
            case .regex(let pattern, let flags): result[field.name] = .object(asText(pattern, flags))
            default: result[field.name] = field.value
            }
        }
        guard !conditions.isEmpty else { return result }
        if !result.fields.isEmpty { conditions.insert(.object(result), at: 0) }
        return conditions.count == 1 ? conditions[0].fields : ["$and": .array(conditions)]
    }

    /// The stages of a pipeline, with the filters of `$match` rewritten.
    static func pipeline(_ stages: [LiteralValue]) throws -> [LiteralValue] {
        try stages.map { stage in
            guard case .object(var fields) = stage, case .object(let match)? = fields["$match"] else { return stage }
            fields["$match"] = .object(try filter(match))
            return .object(fields)
        }
    }

    private static func nested(_ value: LiteralValue) throws -> LiteralValue {
        guard case .object(let filter) = value else { return value }
        return .object(try self.filter(filter))
    }

    private static func asText(_ pattern: String, _ flags: String) -> LiteralObject {
        var result: LiteralObject = ["$regex": .string(pattern)]
        let options = String(flags.filter("imsx".contains).sorted())
        if !options.isEmpty { result["$options"] = .string(options) }
        return result
    }

    /// - Returns: The operators of one field, and for an `$in` with regular expressions the conditions of which one
    ///   must hold besides.
    private static func operators(
        _ operators: LiteralObject
    ) throws -> (rest: LiteralObject, alternatives: [LiteralValue]) {
        var rest = operators
        var alternatives: [LiteralValue] = []
        for field in operators.fields {
            switch (field.name, field.value) {
            case ("$regex", .regex(let pattern, let flags)):
                rest["$regex"] = nil
                for part in asText(pattern, flags).fields where rest[part.name] == nil { rest[part.name] = part.value }
            case ("$in", .array(let values)) where values.contains(where: \.isRegex):
                rest["$in"] = nil
                alternatives = values.filter(\.isRegex).map(\.asCondition)
                let plain = values.filter { !$0.isRegex }
                if !plain.isEmpty { alternatives.append(["$in": .array(plain)]) }
            case ("$not", .regex(let pattern, let flags)): rest["$not"] = .object(asText(pattern, flags))
            case ("$not", .object(let inner)), ("$elemMatch", .object(let inner)):
                rest[field.name] = .object(try filterOrOperators(inner))
            case ("$nin", .array(let values)) where values.contains(where: \.isRegex),
                ("$all", .array(let values)) where values.contains(where: \.isRegex):
                throw unsupported("a regular expression in '\(field.name)'", "write '$and' or '$nor' with '$regex'")
            case (_, .regex):
                throw unsupported("a regular expression after '\(field.name)'", "use '$regex' or '$not'")
            default: break
            }
        }
        return (rest, alternatives)
    }

    /// What follows `$not` and `$elemMatch` is a filter, or operators for the value itself.
    private static func filterOrOperators(_ object: LiteralObject) throws -> LiteralObject {
        guard object.fields.allSatisfy({ $0.name.hasPrefix("$") && !["$and", "$or", "$nor"].contains($0.name) }) else {
            return try filter(object)
        }
        let (rest, alternatives) = try operators(object)
        guard alternatives.isEmpty else {
            throw unsupported("a regular expression in an '$in' inside another operator", "use '$or' with '$regex'")
        }
        return rest
    }

    private static func unsupported(_ what: String, _ remedy: String) -> ShellError {
        .argument("\(what) is not supported by this stand-in for mongosh; \(remedy)")
    }
}

extension LiteralValue {
    fileprivate var isRegex: Bool { if case .regex = self { true } else { false } }

    /// For a regular expression, the operators that match it.
    fileprivate var asCondition: LiteralValue {
        guard case .regex(let pattern, let flags) = self else { return self }
        let options = String(flags.filter("imsx".contains).sorted())
        return options.isEmpty
            ? ["$regex": .string(pattern)] : ["$regex": .string(pattern), "$options": .string(options)]
    }

    fileprivate var fields: LiteralObject { if case .object(let object) = self { object } else { [:] } }
}
