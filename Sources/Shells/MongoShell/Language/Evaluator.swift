import ShellLiterals

/// Evaluates statements against a server; holds what the user has named.
///
/// It walks the tree that ``Parser`` has read. Expressions are here; statements, patterns and members have files of
/// their own.
final class Evaluator {
    let server: any MongoServer
    /// The database that `db` stands for.
    var database: String
    /// The cursor that `it` goes on with.
    var lastCursor: Cursor?
    /// Where `print` writes a line.
    let print: (String) -> Void
    let style: LiteralStyle
    let limits: Limits
    let globals = Scope(over: nil, isFunction: true)
    /// What the prompt shows: the value of the last expression that was a statement, outside of functions.
    var lastValue = Value.undefined
    /// Calls of the user's own functions that are under way.
    var callDepth = 0
    /// Evaluations inside each other, over all calls.
    private var depth = 0
    private var steps = 0

    /// What ends a program that does not end by itself.
    struct Limits {
        /// Statements and expressions that one input may take; some seconds' worth.
        var maxSteps = 20_000_000
        /// Evaluations inside each other: a level takes up to 9 kB of the stack in a debug build, and a thread may have
        /// no more than 8 MB.
        var maxDepth = 3 * Expression.maximumDepth
        /// Asked every so many steps whether the user wants an end.
        var isInterrupted: () -> Bool = { false }
    }

    /// An end that a program can't catch.
    struct Halt: Error {
        let error: ShellError
    }

    /// A value that a program has thrown, other than an error.
    ///
    /// `@unchecked Sendable`: it is caught by the thread that throws it.
    struct Thrown: Error, @unchecked Sendable {
        let value: Value
    }

    init(
        server: any MongoServer, database: String, style: LiteralStyle, limits: Limits = Limits(),
        print: @escaping (String) -> Void
    ) {
        self.server = server
        self.database = database
        self.style = style
        self.limits = limits
        self.print = print
    }

    /// The value of the last statement.
    ///
    /// - Throws: ``ShellError``, also for what the program itself has thrown.
    func run(_ statements: [Statement]) throws -> Value {
        (depth, steps, callDepth) = (0, 0, 0)
        lastValue = .undefined
        do {
            _ = try execute(statements, in: globals)
            return lastValue
        } catch let halt as Halt {
            throw halt.error
        } catch let thrown as Thrown {
            throw ShellError("Uncaught \(thrown.value.literalValue.literal())", "")
        }
    }

    /// Counts a step of the program, and a level of its depth.
    func step<Result>(_ body: () throws -> Result) throws -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.maxDepth else { throw ShellError("RangeError", "Maximum call stack size exceeded") }
        steps += 1
        if steps.isMultiple(of: 1024), limits.isInterrupted() { throw Halt(error: .interrupted) }
        guard steps <= limits.maxSteps else {
            throw Halt(
                error: ShellError(
                    "RangeError", "the program took more than \(limits.maxSteps) steps, where this stand-in ends it"))
        }
        return try body()
    }

    // MARK: Expressions

    func evaluate(_ expression: Expression, in scope: Scope) throws -> Value {
        try step {
            switch expression.form {
            case .literal(let value): .literal(value)
            case .name(let name): try lookUp(name, in: scope)
            case .array(let elements): .list(List(try values(of: elements, in: scope)))
            case .object(let fields): .object(try object(of: fields, in: scope))
            case .template(let texts, let parts): try text(texts, parts, in: scope)
            case .member(let base, let name, let isOptional):
                try member(of: base, named: name, isOptional: isOptional, in: scope)
            case .element(let base, let index):
                try member(evaluate(index, in: scope).joinedText, of: evaluate(base, in: scope))
            case .call(let callee, let arguments): try call(callee, arguments, in: scope)
            case .construct(let callee, let arguments): try construct(callee, arguments, in: scope)
            case .unary(let symbol, let operand): try Operators.unary(symbol, operandValue(symbol, operand, in: scope))
            case .binary(let symbol, let left, let right):
                try Operators.binary(symbol, evaluate(left, in: scope)) { try self.evaluate(right, in: scope) }
            case .conditional(let condition, let yes, let no):
                try evaluate(evaluate(condition, in: scope).isTruthy ? yes : no, in: scope)
            case .assign(let target, let operation, let value): try assign(value, to: target, by: operation, in: scope)
            case .step(let target, let step, let isPrefix): try self.step(target, by: step, isPrefix, in: scope)
            case .delete(let operand): try delete(operand, in: scope)
            case .sequence(let parts): try parts.reduce(.undefined) { _, part in try evaluate(part, in: scope) }
            case .function(let form): .function(function(form, in: scope))
            }
        }
    }

    func values(of elements: [Expression.Element], in scope: Scope) throws -> [Value] {
        var result: [Value] = []
        for element in elements {
            let value = try evaluate(element.value, in: scope)
            if element.isSpread { result += try self.elements(of: value) } else { result.append(value) }
            try List.check(result.count)
        }
        return result
    }

    private func object(of fields: [Expression.Field], in scope: Scope) throws -> Object {
        let object = Object()
        for field in fields {
            switch field {
            case .named(let key, let value):
                let name = try evaluate(key, in: scope).joinedText
                object[name] = named(try evaluate(value, in: scope), name)
            case .spread(let value):
                if case .object(let other) = try evaluate(value, in: scope) {
                    for (name, value) in other.fields { object[name] = value }
                }
            }
        }
        return object
    }

    private func text(_ texts: [String], _ parts: [Expression], in scope: Scope) throws -> Value {
        var text = texts[0]
        for (part, next) in zip(parts, texts.dropFirst()) {
            text += try evaluate(part, in: scope).joinedText + next
            try Text.check(text)
        }
        return .string(text)
    }

    private func member(of base: Expression, named name: String, isOptional: Bool, in scope: Scope) throws -> Value {
        let value = try evaluate(base, in: scope)
        if isOptional, value.isMissing { return .undefined }
        return try member(name, of: value)
    }

    /// `typeof` may name what isn't defined.
    private func operandValue(_ symbol: String, _ operand: Expression, in scope: Scope) throws -> Value {
        do {
            return try evaluate(operand, in: scope)
        } catch let error as ShellError where symbol == "typeof" && error.name == "ReferenceError" {
            return .undefined
        }
    }

    private func lookUp(_ name: String, in scope: Scope) throws -> Value {
        if let value = scope.value(of: name) { return value }
        if name == "db" { return .database(database) }
        guard let value = Builtins.named(name, in: self) else { throw ShellError.reference(name) }
        return value
    }

    // MARK: Calls

    private func call(_ callee: Expression, _ arguments: [Expression.Element], in scope: Scope) throws -> Value {
        let value = try evaluate(callee, in: scope)
        if value.isMissing, callee.isOptionalMember { return .undefined }
        guard case .function(let function) = value else {
            throw ShellError.type("\(callee.sourceText) is not a function")
        }
        return try function.call(Arguments(values(of: arguments, in: scope))).entered
    }

    private func construct(_ callee: Expression, _ arguments: [Expression.Element], in scope: Scope) throws -> Value {
        guard case .function(let function) = try evaluate(callee, in: scope), function.scope == nil else {
            throw ShellError.type("\(callee.sourceText) is not a constructor")
        }
        return try Builtins.construct(function, Arguments(values(of: arguments, in: scope))).entered
    }

    func function(_ form: FunctionForm, in scope: Scope) -> Function {
        Function(name: form.name, scope: scope) { [self] arguments in
            callDepth += 1
            defer { callDepth -= 1 }
            let names = Scope(over: scope, isFunction: true)
            for (index, parameter) in form.parameters.enumerated() {
                try bind(parameter, to: arguments[index]?.entered ?? .undefined, as: .block, in: names)
            }
            if let rest = form.rest {
                let others = arguments.values.dropFirst(form.parameters.count).map(\.entered)
                try bind(rest, to: .list(List(others)), as: .block, in: names)
            }
            if case .result(let value) = try execute(form.body, in: names) { return value }
            return .undefined
        }
    }

    /// A function without a name gets that of the place it is put in.
    func named(_ value: Value, _ name: String) -> Value {
        guard case .function(let function) = value, function.name.isEmpty else { return value }
        return .function(Function(name: name, scope: function.scope, call: function.call))
    }
}

extension Expression {
    fileprivate var isOptionalMember: Bool {
        if case .member(_, _, isOptional: true) = form { true } else { false }
    }
}
