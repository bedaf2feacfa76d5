import ShellLiterals

/// Evaluates statements against a server; holds what the user has named.
final class Evaluator {
    let server: any MongoServer
    /// The database that `db` stands for.
    var database: String
    /// The cursor that `it` goes on with.
    var lastCursor: Cursor?
    /// Where `print` writes a line.
    let print: (String) -> Void
    let style: LiteralStyle
    private var globals: [String: Variable] = [:]
    /// Evaluations inside each other, over all calls of the user's own functions.
    private var depth = 0

    private struct Variable {
        var value: Value
        var isConstant = false
    }

    /// The names of one call, over those of the calls around it.
    private final class Scope {
        let outer: Scope?
        var names: [String: Variable]

        init(_ names: [String: Variable], over outer: Scope?) {
            self.names = names
            self.outer = outer
        }
    }

    init(server: any MongoServer, database: String, style: LiteralStyle, print: @escaping (String) -> Void) {
        self.server = server
        self.database = database
        self.style = style
        self.print = print
    }

    /// The value of the last statement.
    func run(_ statements: [Statement]) throws -> Value {
        depth = 0
        return try run(statements, in: nil) ?? lastValue
    }

    private var lastValue = Value.undefined

    /// - Returns: The value of a `return`; `nil` when the end was reached without one.
    private func run(_ statements: [Statement], in scope: Scope?) throws -> Value? {
        lastValue = .undefined
        for statement in statements {
            switch statement {
            case .expression(let expression): lastValue = try evaluate(expression, in: scope)
            case .declare(let name, let isConstant, let expression):
                let value = try expression.map { try evaluate($0, in: scope) } ?? .undefined
                let variable = Variable(value: value, isConstant: isConstant)
                if let scope { scope.names[name] = variable } else { globals[name] = variable }
                lastValue = .undefined
            case .result(let expression): return try expression.map { try evaluate($0, in: scope) } ?? .undefined
            }
        }
        return nil
    }

    private func evaluate(_ expression: Expression, in scope: Scope?) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        // A level takes up to 9 kB of the stack in a debug build, and a thread may have no more than 8 MB.
        guard depth <= 2 * Expression.maximumDepth else {
            throw ShellError("RangeError", "Maximum call stack size exceeded")
        }
        switch expression.form {
        case .literal(let value): return .literal(value)
        case .name(let name): return try lookUp(name, in: scope)
        case .array(let elements): return .literal(.array(try elements.map { try literal($0, in: scope) }))
        case .object(let fields):
            return .literal(
                .object(
                    LiteralObject(
                        try fields.map { key, value in
                            .init(name: try literal(key, in: scope).joinedText, value: try literal(value, in: scope))
                        })))
        case .template(let texts, let parts):
            var text = texts[0]
            for (part, next) in zip(parts, texts.dropFirst()) {
                text += try literal(part, in: scope).joinedText + next
            }
            return .string(text)
        case .member(let base, let name, let isOptional):
            let value = try evaluate(base, in: scope)
            if isOptional, case .literal(let literal) = value, literal == .undefined || literal == .null {
                return .undefined
            }
            return try member(name, of: value)
        case .element(let base, let index):
            let value = try evaluate(base, in: scope)
            return try member(literal(index, in: scope).joinedText, of: value)
        case .call(let callee, let arguments): return try call(callee, arguments, in: scope)
        case .construct(let callee, let arguments):
            guard case .function(let function) = try evaluate(callee, in: scope) else {
                throw ShellError.type("\(callee.sourceText) is not a constructor")
            }
            let values = try arguments.map { try evaluate($0, in: scope) }
            // Only `Date` tells a call from a construction: called, it is a text.
            if function.name == "Date" { return try Builtins.date(Arguments(values)) }
            return try function.call(Arguments(values))
        case .unary(let symbol, let operand):
            return try Operators.unary(symbol, operandValue(symbol, operand, in: scope))
        case .binary(let symbol, let left, let right):
            return try Operators.binary(
                symbol, evaluate(left, in: scope), right: { try self.evaluate(right, in: scope) })
        case .conditional(let condition, let yes, let no):
            return try evaluate(condition, in: scope).isTruthy ? evaluate(yes, in: scope) : evaluate(no, in: scope)
        case .assign(let name, let expression):
            let value = try evaluate(expression, in: scope)
            try assign(value, to: name, in: scope)
            return value
        case .function(let parameters, let body): return .function(function(parameters, body, in: scope))
        }
    }

    private func literal(_ expression: Expression, in scope: Scope?) throws -> LiteralValue {
        try evaluate(expression, in: scope).literalValue
    }

    /// `typeof` may name what isn't defined.
    private func operandValue(_ symbol: String, _ operand: Expression, in scope: Scope?) throws -> Value {
        do {
            return try evaluate(operand, in: scope)
        } catch let error as ShellError where symbol == "typeof" && error.name == "ReferenceError" {
            return .undefined
        }
    }

    private func call(_ callee: Expression, _ arguments: [Expression], in scope: Scope?) throws -> Value {
        let value = try evaluate(callee, in: scope)
        guard case .function(let function) = value else {
            throw ShellError.type("\(callee.sourceText) is not a function")
        }
        return try function.call(Arguments(try arguments.map { try evaluate($0, in: scope) }))
    }

    // MARK: Names

    private func lookUp(_ name: String, in scope: Scope?) throws -> Value {
        var current = scope
        while let scope = current {
            if let variable = scope.names[name] { return variable.value }
            current = scope.outer
        }
        if let variable = globals[name] { return variable.value }
        if name == "db" { return .database(database) }
        guard let value = Builtins.named(name, in: self) else { throw ShellError.reference(name) }
        return value
    }

    private func assign(_ value: Value, to name: String, in scope: Scope?) throws {
        func assigned(_ variable: Variable?) throws -> Variable {
            if variable?.isConstant == true { throw ShellError.type("Assignment to constant variable.") }
            return Variable(value: value)
        }
        var current = scope
        while let scope = current {
            if let variable = scope.names[name] {
                scope.names[name] = try assigned(variable)
                return
            }
            current = scope.outer
        }
        if name == "db" {
            guard case .database(let other) = value else {
                throw ShellError.argument("Cannot reassign 'db' to non-Database type")
            }
            database = other
            return
        }
        globals[name] = try assigned(globals[name])
    }

    private func member(_ name: String, of value: Value) throws -> Value {
        switch value {
        case .database(let database):
            if let method = DatabaseMethods.all[name] {
                return .function(Function(name: name) { try method(self, database, $0) })
            }
            return .collection(Namespace(database: database, collection: name))
        case .collection(let namespace):
            if let method = CollectionMethods.all[name] {
                return .function(Function(name: name) { try method(self, namespace, $0) })
            }
            return .collection(Namespace(database: namespace.database, collection: "\(namespace.collection).\(name)"))
        case .cursor(let cursor):
            guard let method = CursorMethods.method(name, of: cursor) else { return .undefined }
            return .function(Function(name: name) { try method(self, cursor, $0) })
        case .literal(let literal): return try LiteralMethods.member(name, of: literal, in: self)
        case .function(let function): return Builtins.member(name, of: function, in: self) ?? .undefined
        }
    }

    // MARK: Functions

    private func function(_ parameters: [String], _ body: [Statement], in scope: Scope?) -> Function {
        Function(name: "(anonymous)") { [self] arguments in
            var names: [String: Variable] = [:]
            for (index, name) in parameters.enumerated() {
                names[name] = Variable(value: arguments[index] ?? .undefined)
            }
            return try run(body, in: Scope(names, over: scope)) ?? .undefined
        }
    }
}
