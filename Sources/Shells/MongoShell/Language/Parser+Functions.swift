import ShellLiterals

extension Parser {
    // MARK: Functions

    /// An arrow function when one starts here; looks ahead before it takes anything.
    mutating func function() throws -> Expression? {
        guard let arrow = arrowIndex else { return nil }
        let parameters: [Pattern]
        var rest: Pattern?
        if case .identifier(let name) = token.kind {
            advance()
            parameters = [.name(name)]
        } else {
            (parameters, rest) = try self.parameters()
        }
        guard index == arrow else { throw unexpected(expected: "=>") }
        advance()
        let body: [Statement]
        if isPunctuator("{") {
            body = try functionBody { try $0.block() }
        } else {
            body = try functionBody { [.result(try $0.expression())] }
        }
        return try node(.function(FunctionForm(parameters: parameters, rest: rest, body: body)))
    }

    /// The place of the `=>` whose parameters start here.
    private var arrowIndex: Int? {
        var end = index
        if case .identifier = token.kind {
            end += 1
        } else if isPunctuator("(") {
            var open = 0
            repeat {
                switch tokens[end].kind {
                case .punctuator("("), .punctuator("["), .punctuator("{"): open += 1
                case .punctuator(")"), .punctuator("]"), .punctuator("}"): open -= 1
                case .end: return nil
                default: break
                }
                end += 1
            } while open > 0
        } else {
            return nil
        }
        return tokens[end].kind == .punctuator("=>") ? end : nil
    }

    /// `function name(…) {…}` as a value; with a name given, `(…) {…}` as a field of an object has it.
    mutating func functionExpression(named name: String? = nil) throws -> Expression {
        try nested { parser in
            try parser.node(.function(parser.functionForm(isDeclaration: false, name: name)))
        }
    }

    mutating func functionForm(isDeclaration: Bool, name given: String? = nil) throws -> FunctionForm {
        var name = given ?? ""
        if given == nil {
            advance()
            if isPunctuator("*") { throw unsupported("a generator", remedy: "use a list") }
            if isDeclaration || !isPunctuator("(") { name = try self.name() }
        }
        let (parameters, rest) = try parameters()
        let body = try functionBody { try $0.block() }
        return FunctionForm(name: name, parameters: parameters, rest: rest, body: body)
    }

    private mutating func functionBody(_ read: (inout Self) throws -> [Statement]) throws -> [Statement] {
        let outer = (isInFunction, isInLoop)
        defer { (isInFunction, isInLoop) = outer }
        (isInFunction, isInLoop) = (true, false)
        return try read(&self)
    }

    private mutating func parameters() throws -> ([Pattern], rest: Pattern?) {
        try expect("(")
        return try patterns(until: ")")
    }

    // MARK: Patterns

    private mutating func patterns(until closing: String) throws -> ([Pattern], rest: Pattern?) {
        var result: [Pattern] = []
        while !take(closing) {
            if take("...") {
                let rest = try pattern()
                try expect(closing)
                return (result, rest)
            }
            result.append(try patternWithDefault())
            if take(closing) { break }
            try expect(",")
        }
        return (result, nil)
    }

    private mutating func patternWithDefault() throws -> Pattern {
        let pattern = try pattern()
        return take("=") ? .optional(pattern, try expression()) : pattern
    }

    /// A name, or a list or an object of patterns.
    mutating func pattern() throws -> Pattern {
        try nested { parser in
            switch parser.token.kind {
            case .identifier(let name):
                if let problem = parser.unsupportedWord(name) { throw problem }
                parser.advance()
                return .name(name)
            case .punctuator("["):
                parser.advance()
                return try parser.listPattern()
            case .punctuator("{"):
                parser.advance()
                return try parser.objectPattern()
            default: throw parser.unexpected()
            }
        }
    }

    private mutating func listPattern() throws -> Pattern {
        var parts: [Pattern?] = []
        while !take("]") {
            if take("...") {
                let rest = try pattern()
                try expect("]")
                return .list(parts, rest: rest)
            }
            if take(",") {
                parts.append(nil)
                continue
            }
            parts.append(try patternWithDefault())
            if take("]") { break }
            try expect(",")
        }
        return .list(parts, rest: nil)
    }

    private mutating func objectPattern() throws -> Pattern {
        var parts: [(key: String, Pattern)] = []
        while !take("}") {
            if take("...") {
                let rest = try pattern()
                try expect("}")
                return .object(parts, rest: rest)
            }
            let key: String
            if case .string(let text) = token.kind {
                advance()
                key = text
            } else {
                key = try name()
            }
            if take(":") {
                parts.append((key, try patternWithDefault()))
            } else {
                parts.append((key, take("=") ? .optional(.name(key), try expression()) : .name(key)))
            }
            if take("}") { break }
            try expect(",")
        }
        return .object(parts, rest: nil)
    }

    /// `[a, b] = [b, a]`: an assignment to several names; looks ahead before it takes anything.
    mutating func unpacking() throws -> Expression? {
        guard isPunctuator("["), let end = closingIndex, tokens[end].kind == .punctuator("=") else { return nil }
        let start = index
        guard let pattern = try? self.pattern(), index == end else {
            index = start
            return nil
        }
        advance()
        let value = try expression()
        return try node(.assign(pattern, operation: nil, value), over: value.depth)
    }

    /// The place behind the bracket that closes the one here.
    private var closingIndex: Int? {
        var open = 0
        for place in index..<tokens.count - 1 {
            switch tokens[place].kind {
            case .punctuator("["): open += 1
            case .punctuator("]"): open -= 1
            default: break
            }
            if open == 0 { return place + 1 }
        }
        return nil
    }
}
