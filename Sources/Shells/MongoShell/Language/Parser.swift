import ShellLiterals

/// Reads the part of JavaScript that people type at a database prompt.
///
/// The statements are in `Parser+Statements.swift`, functions and patterns in `Parser+Functions.swift`.
struct Parser {
    let source: [UInt8]
    var tokens: [Token]
    var index = 0
    private var nesting = 0
    /// Whether what is read is in a function, and in a loop of that function.
    var isInFunction = false
    var isInLoop = false

    /// - Throws: ``ShellError``; one that is incomplete where only more input is missing.
    static func statements(of text: String) throws -> [Statement] {
        let source = Array(text.utf8)
        var parser = Parser(source: source, tokens: try Lexer.tokens(of: source, in: source.indices))
        return try parser.statements(until: .end)
    }

    private init(source: [UInt8], tokens: [Token]) {
        self.source = source
        self.tokens = tokens
    }

    // MARK: Tokens

    var token: Token { tokens[index] }

    func isPunctuator(_ text: String) -> Bool { token.kind == .punctuator(text) }

    func isWord(_ text: String) -> Bool { token.kind == .identifier(text) }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    mutating func take(_ text: String) -> Bool {
        guard isPunctuator(text) else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ text: String) -> Bool {
        guard isWord(text) else { return false }
        advance()
        return true
    }

    mutating func expect(_ text: String) throws {
        guard take(text) else { throw unexpected(expected: text) }
    }

    mutating func name() throws -> String {
        guard case .identifier(let name) = token.kind else { throw unexpected() }
        advance()
        return name
    }

    func unexpected(expected: String? = nil) -> ShellError {
        let message = expected.map { "Unexpected token, expected \"\($0)\"" } ?? "Unexpected token"
        return .syntax(message, at: token.range.lowerBound, in: source)
    }

    /// What JavaScript knows and this shell does not.
    func unsupported(_ what: String, remedy: String) -> ShellError {
        .syntax(
            "\(what) is not supported by this stand-in for mongosh; \(remedy)", at: token.range.lowerBound,
            in: source, isFinal: true)
    }

    mutating func nested<Result>(_ body: (inout Self) throws -> Result) throws -> Result {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Expression.maximumDepth else { throw tooDeep }
        return try body(&self)
    }

    private var tooDeep: ShellError {
        .syntax("The expression nests too deeply", at: token.range.lowerBound, in: source, isFinal: true)
    }

    func node(_ form: Expression.Form, over depths: Int...) throws -> Expression {
        try node(form, overAll: depths)
    }

    func node(_ form: Expression.Form, overAll depths: [Int]) throws -> Expression {
        let depth = 1 + (depths.max() ?? 0)
        guard depth <= Expression.maximumDepth else { throw tooDeep }
        return Expression(form: form, depth: depth)
    }

    // MARK: Operators

    /// One expression, or several with commas between them.
    mutating func sequence() throws -> Expression {
        let first = try expression()
        guard isPunctuator(",") else { return first }
        var parts = [first]
        while take(",") { parts.append(try expression()) }
        return try node(.sequence(parts), overAll: parts.map(\.depth))
    }

    /// Signs of assignment, each with the operator that comes first; with none, for `=`.
    private static let assignments: [String: String] = [
        "=": "", "+=": "+", "-=": "-", "*=": "*", "/=": "/", "%=": "%", "**=": "**", "??=": "??", "||=": "||",
        "&&=": "&&",
    ]

    mutating func expression() throws -> Expression {
        try nested { parser in
            if let function = try parser.function() { return function }
            if let unpacking = try parser.unpacking() { return unpacking }
            let left = try parser.conditional()
            guard case .punctuator(let text) = parser.token.kind, let operation = Self.assignments[text] else {
                return left
            }
            let target = try parser.target(left)
            parser.advance()
            let value = try parser.expression()
            return try parser.node(
                .assign(target, operation: operation.isEmpty ? nil : operation, value), over: left.depth, value.depth)
        }
    }

    /// What an assignment may change.
    func target(_ expression: Expression) throws -> Pattern {
        switch expression.form {
        case .name(let name): return .name(name)
        case .member, .element: return .place(expression)
        default:
            throw ShellError.syntax("Invalid left-hand side in assignment.", at: token.range.lowerBound, in: source)
        }
    }

    private mutating func conditional() throws -> Expression {
        let condition = try binary(above: 0)
        guard take("?") else { return condition }
        let yes = try expression()
        try expect(":")
        let no = try expression()
        return try node(.conditional(condition, yes, no), over: condition.depth, yes.depth, no.depth)
    }

    private static let precedence: [String: Int] = [
        "??": 1, "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6, "==": 7, "!=": 7, "===": 7, "!==": 7, "<": 8, ">": 8,
        "<=": 8, ">=": 8, "in": 8, "instanceof": 8, "<<": 9, ">>": 9, ">>>": 9, "+": 10, "-": 10, "*": 11, "/": 11,
        "%": 11, "**": 12,
    ]

    private var binaryOperator: String? {
        switch token.kind {
        case .punctuator(let text): text
        case .identifier(let word) where word == "in" || word == "instanceof": word
        default: nil
        }
    }

    private mutating func binary(above floor: Int) throws -> Expression {
        var left = try unary()
        while let text = binaryOperator, let level = Self.precedence[text], level > floor {
            advance()
            // Only powers group from the right.
            let right = try nested { try $0.binary(above: text == "**" ? level - 1 : level) }
            left = try node(.binary(text, left, right), over: left.depth, right.depth)
        }
        return left
    }

    private mutating func unary() throws -> Expression {
        switch token.kind {
        case .punctuator(let text) where ["-", "+", "!", "~"].contains(text):
            advance()
            let operand = try nested { try $0.unary() }
            return try node(.unary(text, operand), over: operand.depth)
        case .punctuator(let text) where text == "++" || text == "--":
            advance()
            let operand = try nested { try $0.unary() }
            return try node(
                .step(target(operand), by: text == "++" ? 1 : -1, isPrefix: true), over: operand.depth)
        case .identifier(let word) where ["typeof", "void", "delete", "await"].contains(word):
            advance()
            let operand = try nested { try $0.unary() }
            switch word {
            // Every call of this shell waits for its answer.
            case "await": return operand
            case "delete": return try node(.delete(operand), over: operand.depth)
            default: return try node(.unary(word, operand), over: operand.depth)
            }
        default:
            let operand = try postfix(primary())
            guard !token.followsNewline, isPunctuator("++") || isPunctuator("--") else { return operand }
            let step: Double = isPunctuator("++") ? 1 : -1
            let target = try target(operand)
            advance()
            return try node(.step(target, by: step, isPrefix: false), over: operand.depth)
        }
    }

    private mutating func postfix(_ base: Expression) throws -> Expression {
        var base = base
        while true {
            if isPunctuator(".") || isPunctuator("?.") {
                let isOptional = isPunctuator("?.")
                advance()
                base = try node(.member(base, name(), isOptional: isOptional), over: base.depth)
            } else if take("[") {
                let element = try sequence()
                try expect("]")
                base = try node(.element(base, element), over: base.depth, element.depth)
            } else if isPunctuator("(") {
                let arguments = try arguments()
                base = try node(.call(base, arguments), overAll: arguments.map(\.value.depth) + [base.depth])
            } else if case .template = token.kind {
                throw unsupported("a tagged template", remedy: "call the function with parentheses")
            } else {
                return base
            }
        }
    }

    private mutating func arguments() throws -> [Expression.Element] {
        try expect("(")
        return try list(until: ")") { try $0.listElement() }
    }

    private mutating func listElement() throws -> Expression.Element {
        let isSpread = take("...")
        return Expression.Element(value: try expression(), isSpread: isSpread)
    }

    mutating func list<Element>(
        until closing: String, _ element: (inout Self) throws -> Element
    ) throws -> [Element] {
        var result: [Element] = []
        while !take(closing) {
            result.append(try element(&self))
            if take(closing) { break }
            guard take(",") else { throw unexpected(expected: ",") }
        }
        return result
    }

    // MARK: Values

    private mutating func primary() throws -> Expression {
        let start = token
        switch start.kind {
        case .number(let number):
            advance()
            return try node(.literal(.number(number)))
        case .string(let string):
            advance()
            return try node(.literal(.string(string)))
        case .regex(let pattern, let flags):
            advance()
            return try node(.literal(.regex(pattern: pattern, flags: flags)))
        case .template(let texts, let ranges):
            advance()
            return try template(texts, ranges)
        case .identifier("function"): return try functionExpression()
        case .identifier(let name):
            if let problem = unsupportedWord(name) { throw problem }
            advance()
            return try named(name)
        case .punctuator("("):
            advance()
            let inner = try sequence()
            try expect(")")
            return inner
        case .punctuator("["):
            advance()
            let elements = try list(until: "]") { try $0.listElement() }
            return try node(.array(elements), overAll: elements.map(\.value.depth))
        case .punctuator("{"):
            advance()
            return try object(list(until: "}") { try $0.field() })
        default: throw unexpected()
        }
    }

    private func object(_ fields: [Expression.Field]) throws -> Expression {
        try node(
            .object(fields),
            overAll: fields.map { field in
                switch field {
                case .named(let key, let value): max(key.depth, value.depth)
                case .spread(let value): value.depth
                }
            })
    }

    private mutating func named(_ name: String) throws -> Expression {
        switch name {
        case "true": return try node(.literal(true))
        case "false": return try node(.literal(false))
        case "null": return try node(.literal(.null))
        case "undefined": return try node(.literal(.undefined))
        case "new":
            var callee = try nested { try $0.primary() }
            while take(".") {
                callee = try node(.member(callee, self.name(), isOptional: false), over: callee.depth)
            }
            let arguments = isPunctuator("(") ? try arguments() : []
            return try node(.construct(callee, arguments), overAll: arguments.map(\.value.depth) + [callee.depth])
        default: return try node(.name(name))
        }
    }

    private mutating func template(_ texts: [String], _ ranges: [Range<Int>]) throws -> Expression {
        let parts = try ranges.map { range in
            try nested { parser in
                var inner = Parser(source: parser.source, tokens: try Lexer.tokens(of: parser.source, in: range))
                inner.nesting = parser.nesting
                inner.isInFunction = parser.isInFunction
                let part = try inner.sequence()
                guard inner.token.kind == .end else { throw inner.unexpected() }
                return part
            }
        }
        return try node(.template(texts, parts), overAll: parts.map(\.depth))
    }

    private mutating func field() throws -> Expression.Field {
        if take("...") { return .spread(try expression()) }
        let start = token
        advance()
        let key: Expression
        switch start.kind {
        case .identifier(let name):
            key = try node(.literal(.string(name)))
            if isPunctuator(",") || isPunctuator("}") { return .named(key, try node(.name(name))) }
            if isPunctuator("(") { return .named(key, try functionExpression(named: name)) }
        case .string(let name): key = try node(.literal(.string(name)))
        case .number(let number): key = try node(.literal(.string(number.javaScriptText)))
        case .punctuator("["):
            key = try expression()
            try expect("]")
        default:
            throw ShellError.syntax("Unexpected token", at: start.range.lowerBound, in: source)
        }
        guard take(":") else { throw unexpected(expected: ",") }
        return .named(key, try expression())
    }
}
