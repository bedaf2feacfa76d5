import ShellLiterals

extension Evaluator {
    /// How a statement ended.
    enum Completion {
        case normal
        case leaveLoop
        case continueLoop
        case result(Value)
    }

    /// Runs the statements in this very scope.
    func execute(_ statements: [Statement], in scope: Scope) throws -> Completion {
        // A function may be called above the place where it is written.
        for case .function(let form) in statements { scope.declare(form.name, .function(function(form, in: scope))) }
        for statement in statements {
            let completion = try execute(statement, in: scope)
            guard case .normal = completion else { return completion }
        }
        return .normal
    }

    private func execute(_ statement: Statement, in scope: Scope) throws -> Completion {
        try step {
            switch statement {
            case .expression(let expression):
                let value = try evaluate(expression, in: scope)
                if callDepth == 0 { lastValue = value }
                return .normal
            case .declare(let kind, let parts):
                for (pattern, expression) in parts { try declare(pattern, as: kind, from: expression, in: scope) }
                if callDepth == 0 { lastValue = .undefined }
                return .normal
            case .block(let statements): return try execute(statements, in: Scope(over: scope))
            case .condition(let condition, let yes, let no):
                return try choose(by: condition, yes, otherwise: no, in: scope)
            case .loop: return try loop(statement, in: scope)
            case .each: return try each(statement, in: scope)
            case .attempt: return try attempt(statement, in: scope)
            case .raise(let expression): throw raised(try evaluate(expression, in: scope))
            case .result(let expression):
                return .result(try expression.map { try evaluate($0, in: scope) } ?? .undefined)
            case .leaveLoop: return .leaveLoop
            case .continueLoop: return .continueLoop
            case .function, .empty: return .normal
            }
        }
    }

    private func choose(
        by condition: Expression, _ yes: Statement, otherwise no: Statement?, in scope: Scope
    ) throws -> Completion {
        if try evaluate(condition, in: scope).isTruthy { return try execute(yes, in: scope) }
        return try no.map { try execute($0, in: scope) } ?? .normal
    }

    private func declare(
        _ pattern: Pattern, as kind: Statement.Declaration, from expression: Expression?, in scope: Scope
    ) throws {
        var value = try expression.map { try evaluate($0, in: scope) } ?? .undefined
        if case .name(let name) = pattern { value = named(value, name) }
        try bind(pattern, to: value, as: kind, in: scope)
    }

    private func raised(_ value: Value) -> any Error {
        if case .error(let error) = value { return error }
        return Thrown(value: value)
    }

    // MARK: Loops

    private func loop(_ statement: Statement, in scope: Scope) throws -> Completion {
        guard case .loop(let initial, let condition, let step, let body, let isTestedLast) = statement else {
            return .normal
        }
        var names = Scope(over: scope)
        if let initial { _ = try execute(initial, in: names) }
        var isTested = !isTestedLast
        while true {
            if isTested, let condition, try !evaluate(condition, in: names).isTruthy { return .normal }
            isTested = true
            switch try execute(body, in: names) {
            case .normal, .continueLoop: break
            case .leaveLoop: return .normal
            case .result(let value): return .result(value)
            }
            names = names.copy()
            if let step { _ = try evaluate(step, in: names) }
        }
    }

    private func each(_ statement: Statement, in scope: Scope) throws -> Completion {
        guard case .each(let kind, let declaration, let pattern, let expression, let body) = statement else {
            return .normal
        }
        let subject = try evaluate(expression, in: scope)
        let next = try kind == .names ? names(of: subject) : iterator(of: subject)
        while let value = try next() {
            let names = Scope(over: scope)
            if let declaration {
                try bind(pattern, to: value, as: declaration, in: names)
            } else {
                try assign(value, to: pattern, in: scope)
            }
            switch try execute(body, in: names) {
            case .normal, .continueLoop: break
            case .leaveLoop: return .normal
            case .result(let value): return .result(value)
            }
        }
        return .normal
    }

    private func names(of value: Value) -> () throws -> Value? {
        var names =
            switch value {
            case .object(let object): object.fields.map(\.name)[...]
            case .list(let list): list.elements.indices.map(String.init)[...]
            default: [String]()[...]
            }
        return { names.popFirst().map { .string($0) } }
    }

    /// Gives one element after the other; a list may grow meanwhile, and a cursor is asked as it goes on.
    private func iterator(of value: Value) throws -> () throws -> Value? {
        switch value {
        case .list(let list):
            var index = 0
            return {
                guard index < list.elements.count else { return nil }
                defer { index += 1 }
                return list.elements[index]
            }
        case .cursor(let cursor): return { try cursor.next()?.entered }
        default:
            var elements = try elements(of: value)[...]
            return { elements.popFirst() }
        }
    }

    /// What `...` spreads, and `for … of` goes through.
    func elements(of value: Value) throws -> [Value] {
        switch value {
        case .list(let list): return list.elements
        case .cursor(let cursor): return try cursor.all().map(\.entered)
        case .literal(.string(let text)): return text.unicodeScalars.map { .string(String($0)) }
        default: throw ShellError.type("\(value.literalValue.literal()) is not iterable")
        }
    }

    // MARK: Errors

    private func attempt(_ statement: Statement, in scope: Scope) throws -> Completion {
        guard case .attempt(let body, let failure, let rescue, let cleanUp) = statement else { return .normal }
        let outcome: Result<Completion, any Error>
        do {
            outcome = .success(try guarded(body, catching: failure, rescue, in: scope))
        } catch let halt as Halt {
            throw halt
        } catch {
            outcome = .failure(error)
        }
        if let cleanUp {
            let completion = try execute(cleanUp, in: Scope(over: scope))
            guard case .normal = completion else { return completion }
        }
        return try outcome.get()
    }

    private func guarded(
        _ body: [Statement], catching failure: Pattern?, _ rescue: [Statement]?, in scope: Scope
    ) throws -> Completion {
        guard let rescue else { return try execute(body, in: Scope(over: scope)) }
        let calls = callDepth
        let caught: Value
        do {
            return try execute(body, in: Scope(over: scope))
        } catch let error as ShellError {
            caught = .error(error)
        } catch let thrown as Thrown {
            caught = thrown.value
        }
        callDepth = calls
        let names = Scope(over: scope)
        if let failure { try bind(failure, to: caught, as: .block, in: names) }
        return try execute(rescue, in: names)
    }
}
