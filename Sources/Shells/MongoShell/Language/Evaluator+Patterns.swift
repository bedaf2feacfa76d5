import ShellLiterals

extension Evaluator {
    // MARK: Declaring

    /// Declares the names of a pattern with the parts of a value.
    func bind(_ pattern: Pattern, to value: Value, as kind: Statement.Declaration, in scope: Scope) throws {
        let owner = kind == .variable ? scope.nearestFunction : scope
        try match(pattern, with: value, in: scope) { target, value in
            guard case .name(let name) = target else { return }
            if name == "db", scope === globals { return try self.assign(value, toName: name, in: scope) }
            owner.declare(name, value, isConstant: kind == .constant)
        }
    }

    /// Assigns the parts of a value to the names and places of a pattern.
    func assign(_ value: Value, to pattern: Pattern, in scope: Scope) throws {
        try match(pattern, with: value, in: scope) { target, value in
            switch target {
            case .name(let name): try self.assign(self.named(value, name), toName: name, in: scope)
            case .place(let expression): try self.assign(value, toPlace: expression, in: scope)
            default: break
            }
        }
    }

    private func match(
        _ pattern: Pattern, with value: Value, in scope: Scope, _ use: (Pattern, Value) throws -> Void
    ) throws {
        switch pattern {
        case .name, .place: try use(pattern, value)
        case .optional(let inner, let other):
            let isGiven = if case .literal(.undefined) = value { false } else { true }
            try match(inner, with: isGiven ? value : evaluate(other, in: scope), in: scope, use)
        case .list(let parts, let rest):
            let elements = try elements(of: value)
            for (index, part) in parts.enumerated() {
                guard let part else { continue }
                try match(part, with: index < elements.count ? elements[index] : .undefined, in: scope, use)
            }
            if let rest { try match(rest, with: .list(List(Array(elements.dropFirst(parts.count)))), in: scope, use) }
        case .object(let parts, let rest):
            guard !value.isMissing else {
                throw ShellError.type("Cannot destructure '\(value.literalValue.literal())' as it is missing")
            }
            for (key, part) in parts { try match(part, with: member(key, of: value), in: scope, use) }
            guard let rest, case .object(let object) = value else { return }
            let taken = Set(parts.map(\.key))
            let others = object.fields.filter { !taken.contains($0.name) }.map { ($0.name, $0.value) }
            try match(rest, with: .object(Object(others)), in: scope, use)
        }
    }

    // MARK: Assigning

    func assign(_ expression: Expression, to target: Pattern, by operation: String?, in scope: Scope) throws -> Value {
        guard let operation else {
            let value = try evaluate(expression, in: scope)
            try assign(value, to: target, in: scope)
            return value
        }
        let old = try value(of: target, in: scope)
        // `??=` and the like assign nothing when they need not.
        switch operation {
        case "??" where !old.isMissing, "||" where old.isTruthy, "&&" where !old.isTruthy: return old
        default: break
        }
        let value = try Operators.binary(operation, old) { try self.evaluate(expression, in: scope) }
        try assign(value, to: target, in: scope)
        return value
    }

    func step(_ target: Pattern, by step: Double, _ isPrefix: Bool, in scope: Scope) throws -> Value {
        let old = try value(of: target, in: scope).numericValue
        try assign(.literal(.number(old + step)), to: target, in: scope)
        return .literal(.number(isPrefix ? old + step : old))
    }

    private func value(of target: Pattern, in scope: Scope) throws -> Value {
        switch target {
        case .name(let name): try evaluate(Expression(form: .name(name), depth: 1), in: scope)
        case .place(let expression): try evaluate(expression, in: scope)
        default: .undefined
        }
    }

    private func assign(_ value: Value, toName name: String, in scope: Scope) throws {
        if try scope.assign(value, to: name) { return }
        guard name == "db" else { return globals.declare(name, value) }
        guard case .database(let other) = value else {
            throw ShellError.argument("Cannot reassign 'db' to non-Database type")
        }
        database = other
    }

    private func assign(_ value: Value, toPlace place: Expression, in scope: Scope) throws {
        let (base, name) = try parts(of: place, in: scope)
        switch base {
        case .object(let object):
            try List.check(object.fieldCount + 1)
            object[name] = named(value, name)
        case .list(let list): try set(name, of: list, to: value)
        default:
            throw ShellError.type("Cannot set properties of \(base.literalValue.literal()) (setting '\(name)')")
        }
    }

    private func set(_ name: String, of list: List, to value: Value) throws {
        if name == "length", let count = Int(exactly: value.numericValue), count >= 0 {
            try List.check(count)
            list.elements = Array(list.elements.prefix(count))
            while list.elements.count < count { list.elements.append(.undefined) }
            return
        }
        guard let index = Int(name), index >= 0 else {
            throw ShellError.type("Cannot set property '\(name)' of a list in this stand-in for mongosh")
        }
        try List.check(index + 1)
        while list.elements.count <= index { list.elements.append(.undefined) }
        list.elements[index] = value
    }

    func delete(_ operand: Expression, in scope: Scope) throws -> Value {
        let (base, name) = try parts(of: operand, in: scope)
        if case .object(let object) = base { object[name] = nil }
        return .literal(true)
    }

    private func parts(of place: Expression, in scope: Scope) throws -> (base: Value, name: String) {
        switch place.form {
        case .member(let base, let name, _): (try evaluate(base, in: scope), name)
        case .element(let base, let index):
            (try evaluate(base, in: scope), try evaluate(index, in: scope).joinedText)
        default: throw ShellError.type("\(place.sourceText) is not a place in an object")
        }
    }
}
