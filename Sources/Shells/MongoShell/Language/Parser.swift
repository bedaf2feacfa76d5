import ShellLiterals

/// Reads the part of JavaScript that people type at a database prompt: expressions, declarations, small arrow functions.
struct Parser {
    private let source: [UInt8]
    private var tokens: [Token]
    private var index = 0
    private var nesting = 0

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

    private var token: Token { tokens[index] }

    private func isPunctuator(_ text: String) -> Bool { token.kind == .punctuator(text) }

    private mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        guard isPunctuator(text) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ text: String) throws {
        guard take(text) else { throw unexpected(expected: text) }
    }

    private func unexpected(expected: String? = nil) -> ShellError {
        let message = expected.map { "Unexpected token, expected \"\($0)\"" } ?? "Unexpected token"
        return .syntax(message, at: token.range.lowerBound, in: source)
    }

    private mutating func nested<Result>(_ body: (inout Self) throws -> Result) throws -> Result {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Expression.maximumDepth else { throw tooDeep }
        return try body(&self)
    }

    private var tooDeep: ShellError {
        .syntax("The expression nests too deeply", at: token.range.lowerBound, in: source, isFinal: true)
    }

    private func node(_ form: Expression.Form, over depths: Int...) throws -> Expression {
        try node(form, overAll: depths)
    }

    private func node(_ form: Expression.Form, overAll depths: [Int]) throws -> Expression {
        let depth = 1 + (depths.max() ?? 0)
        guard depth <= Expression.maximumDepth else { throw tooDeep }
        return Expression(form: form, depth: depth)
    }

    // MARK: Statements

    private static let unsupported: Set<String> = [
        "if", "for", "while", "do", "switch", "try", "throw", "class", "function", "async", "import", "export",
        "delete",
        "with", "break", "continue", "yield", "case", "catch", "finally", "else", "enum", "extends", "super", "void",
    ]

    private mutating func statements(until last: Token.Kind) throws -> [Statement] {
        var result: [Statement] = []
        while true {
            while take(";") {}
            if token.kind == last { return result }
            try result.append(contentsOf: statement())
            guard isPunctuator(";") || token.kind == last || token.followsNewline else {
                if token.kind == .end { throw unexpected() }
                throw ShellError.syntax("Missing semicolon.", at: token.range.lowerBound, in: source)
            }
        }
    }

    private mutating func statement() throws -> [Statement] {
        guard case .identifier(let word) = token.kind else { return [.expression(try expression())] }
        switch word {
        case "let", "const", "var":
            advance()
            return try declarations(isConstant: word == "const")
        case "return" where nesting > 0:
            advance()
            let ends = isPunctuator(";") || isPunctuator("}") || token.followsNewline
            return [.result(ends ? nil : try expression())]
        case "await":
            advance()
            return [.expression(try expression())]
        case _ where Self.unsupported.contains(word):
            throw ShellError.syntax(
                "'\(word)' isn't understood by this stand-in for mongosh", at: token.range.lowerBound,
                in: source, isFinal: true)
        default: return [.expression(try expression())]
        }
    }

    private mutating func declarations(isConstant: Bool) throws -> [Statement] {
        var result: [Statement] = []
        repeat {
            guard case .identifier(let name) = token.kind else { throw unexpected() }
            advance()
            if take("=") {
                result.append(.declare(name: name, isConstant: isConstant, try expression()))
            } else if isConstant {
                throw unexpected(expected: "=")
            } else {
                result.append(.declare(name: name, isConstant: false, nil))
            }
        } while take(",")
        return result
    }

    // MARK: Operators

    private mutating func expression() throws -> Expression {
        try nested { parser in
            if let function = try parser.function() { return function }
            if case .identifier(let name) = parser.token.kind,
                case .punctuator("=") = parser.tokens[parser.index + 1].kind
            {
                parser.advance()
                parser.advance()
                let value = try parser.expression()
                return try parser.node(.assign(name, value), over: value.depth)
            }
            return try parser.conditional()
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
        "??": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "===": 4, "!==": 4, "<": 5, ">": 5, "<=": 5, ">=": 5, "+": 6,
        "-": 6, "*": 7, "/": 7, "%": 7, "**": 8,
    ]

    private mutating func binary(above floor: Int) throws -> Expression {
        var left = try unary()
        while case .punctuator(let text) = token.kind, let level = Self.precedence[text], level > floor {
            advance()
            // Only powers group from the right.
            let right = try nested { try $0.binary(above: text == "**" ? level - 1 : level) }
            left = try node(.binary(text, left, right), over: left.depth, right.depth)
        }
        return left
    }

    private mutating func unary() throws -> Expression {
        switch token.kind {
        case .punctuator(let text) where ["-", "+", "!"].contains(text):
            advance()
            let operand = try nested { try $0.unary() }
            return try node(.unary(text, operand), over: operand.depth)
        case .identifier("typeof"):
            advance()
            let operand = try nested { try $0.unary() }
            return try node(.unary("typeof", operand), over: operand.depth)
        default: return try postfix(primary())
        }
    }

    private mutating func postfix(_ base: Expression) throws -> Expression {
        var base = base
        while true {
            if isPunctuator(".") || isPunctuator("?.") {
                let isOptional = isPunctuator("?.")
                advance()
                guard case .identifier(let name) = token.kind else { throw unexpected() }
                advance()
                base = try node(.member(base, name, isOptional: isOptional), over: base.depth)
            } else if take("[") {
                let element = try expression()
                try expect("]")
                base = try node(.element(base, element), over: base.depth, element.depth)
            } else if isPunctuator("(") {
                let arguments = try arguments()
                base = try node(.call(base, arguments), overAll: arguments.map(\.depth) + [base.depth])
            } else {
                return base
            }
        }
    }

    private mutating func arguments() throws -> [Expression] {
        try expect("(")
        return try list(until: ")") { try $0.expression() }
    }

    private mutating func list<Element>(
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

    // MARK: Functions

    private mutating func function() throws -> Expression? {
        guard let parameters = try parameters() else { return nil }
        let body: [Statement]
        if take("{") {
            body = try nested { try $0.statements(until: .punctuator("}")) }
            advance()
        } else {
            body = [.result(try expression())]
        }
        return try node(.function(parameters: parameters, body: body), overAll: body.map(\.depth))
    }

    /// The parameters of an arrow function when one starts here; looks ahead before it takes anything.
    private mutating func parameters() throws -> [String]? {
        var end = index
        var names: [String] = []
        if case .identifier(let name) = token.kind {
            names = [name]
            end += 1
        } else if isPunctuator("(") {
            end += 1
            while case .identifier(let name) = tokens[end].kind {
                names.append(name)
                end += 1
                guard tokens[end].kind == .punctuator(",") else { break }
                end += 1
            }
            guard tokens[end].kind == .punctuator(")") else { return nil }
            end += 1
        } else {
            return nil
        }
        guard end < tokens.count, tokens[end].kind == .punctuator("=>") else { return nil }
        index = end
        advance()
        return names
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
        case .identifier(let name):
            advance()
            return try named(name)
        case .punctuator("("):
            advance()
            let inner = try expression()
            try expect(")")
            return inner
        case .punctuator("["):
            advance()
            let elements = try list(until: "]") { try $0.expression() }
            return try node(.array(elements), overAll: elements.map(\.depth))
        case .punctuator("{"):
            advance()
            let fields = try list(until: "}") { try $0.field() }
            return try node(.object(fields), overAll: fields.map { max($0.key.depth, $0.value.depth) })
        default: throw unexpected()
        }
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
                guard case .identifier(let name) = token.kind else { throw unexpected() }
                advance()
                callee = try node(.member(callee, name, isOptional: false), over: callee.depth)
            }
            let arguments = isPunctuator("(") ? try arguments() : []
            return try node(.construct(callee, arguments), overAll: arguments.map(\.depth) + [callee.depth])
        default: return try node(.name(name))
        }
    }

    private mutating func template(_ texts: [String], _ ranges: [Range<Int>]) throws -> Expression {
        let parts = try ranges.map { range in
            try nested { parser in
                var inner = Parser(source: parser.source, tokens: try Lexer.tokens(of: parser.source, in: range))
                inner.nesting = parser.nesting
                let part = try inner.expression()
                guard inner.token.kind == .end else { throw inner.unexpected() }
                return part
            }
        }
        return try node(.template(texts, parts), overAll: parts.map(\.depth))
    }

    private mutating func field() throws -> (key: Expression, value: Expression) {
        let start = token
        advance()
        let key: Expression
        switch start.kind {
        case .identifier(let name):
            key = try node(.literal(.string(name)))
            if isPunctuator(",") || isPunctuator("}") { return (key, try node(.name(name))) }
        case .string(let name): key = try node(.literal(.string(name)))
        case .number(let number): key = try node(.literal(.string(number.javaScriptText)))
        case .punctuator("["):
            key = try expression()
            try expect("]")
        default:
            throw ShellError.syntax("Unexpected token", at: start.range.lowerBound, in: source)
        }
        guard take(":") else { throw unexpected(expected: ",") }
        return (key, try expression())
    }
}
