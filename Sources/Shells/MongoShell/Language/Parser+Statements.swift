import ShellLiterals

extension Parser {
    private static let unsupportedWords: [String: String] = [
        "switch": "use if … else", "class": "use functions and objects",
        "async": "leave it out: calls wait for answers",
        "import": "--eval takes a whole program", "export": "leave it out", "with": "name the object",
        "yield": "use a list",
        "enum": "use an object", "super": "use functions", "this": "pass the object as an argument",
        "debugger": "use print",
    ]

    private static let misplacedWords: Set<String> = [
        "else", "catch", "finally", "case", "default", "extends", "if", "for", "while", "do", "try", "throw", "return",
        "break", "continue", "let", "const", "var",
    ]

    /// Why the word can't begin a value; `nil` when it can.
    func unsupportedWord(_ word: String) -> ShellError? {
        if let remedy = Self.unsupportedWords[word] { return unsupported("'\(word)'", remedy: remedy) }
        guard Self.misplacedWords.contains(word) else { return nil }
        return .syntax("Unexpected token '\(word)'", at: token.range.lowerBound, in: source, isFinal: true)
    }

    mutating func statements(until last: Token.Kind) throws -> [Statement] {
        var result: [Statement] = []
        while true {
            while take(";") {}
            if token.kind == last { return result }
            // At the outermost level people type documents: `{ a: 1 }` is one, and no block.
            if last == .end, let document = try documentAtStart() {
                result.append(document)
            } else {
                result.append(try statement())
            }
        }
    }

    private mutating func documentAtStart() throws -> Statement? {
        guard isPunctuator("{") else { return nil }
        let start = index
        do {
            let document = Statement.expression(try sequence())
            try endStatement()
            return document
        } catch let error as ShellError where !error.isIncomplete {
            index = start
            return nil
        }
    }

    /// A semicolon, or a place where JavaScript puts one.
    private mutating func endStatement() throws {
        if take(";") || isPunctuator("}") || token.kind == .end || token.followsNewline { return }
        throw ShellError.syntax("Missing semicolon.", at: token.range.lowerBound, in: source)
    }

    /// The statement that a condition or a loop holds.
    private mutating func inner() throws -> Statement { try nested { try $0.statement() } }

    mutating func block() throws -> [Statement] {
        try expect("{")
        let statements = try nested { try $0.statements(until: .punctuator("}")) }
        advance()
        return statements
    }

    private mutating func statement() throws -> Statement {
        if take(";") { return .empty }
        if isPunctuator("{") { return .block(try block()) }
        guard case .identifier(let word) = token.kind else { return try expressionStatement() }
        switch word {
        case "let", "const", "var":
            advance()
            return try ended(declarations(kind(word)))
        case "function": return .function(try functionForm(isDeclaration: true))
        case "if": return try condition()
        case "for": return try forLoop()
        case "while":
            advance()
            let condition = try parenthesized()
            return .loop(initial: nil, condition: condition, step: nil, body: try loopBody(), isTestedLast: false)
        case "do": return try doLoop()
        case "try": return try attempt()
        case "throw":
            advance()
            guard !token.followsNewline else { throw unexpected() }
            return try ended(.raise(sequence()))
        case "return":
            guard isInFunction else { throw outside("return", of: "a function") }
            advance()
            let ends = isPunctuator(";") || isPunctuator("}") || token.followsNewline || token.kind == .end
            return try ended(.result(ends ? nil : sequence()))
        case "break", "continue":
            guard isInLoop else { throw outside(word, of: "a loop") }
            advance()
            if case .identifier = token.kind, !token.followsNewline {
                throw unsupported("a label", remedy: "use a variable to leave the outer loop")
            }
            return try ended(word == "break" ? .leaveLoop : .continueLoop)
        default: return try expressionStatement()
        }
    }

    private func outside(_ word: String, of place: String) -> ShellError {
        .syntax("'\(word)' outside of \(place)", at: token.range.lowerBound, in: source, isFinal: true)
    }

    private func kind(_ word: String) -> Statement.Declaration {
        word == "var" ? .variable : word == "const" ? .constant : .block
    }

    private mutating func ended(_ statement: Statement) throws -> Statement {
        try endStatement()
        return statement
    }

    private mutating func expressionStatement() throws -> Statement {
        try ended(.expression(sequence()))
    }

    private mutating func declarations(_ kind: Statement.Declaration) throws -> Statement {
        var result: [(Pattern, Expression?)] = []
        repeat {
            let pattern = try pattern()
            let isName = if case .name = pattern { true } else { false }
            if take("=") {
                result.append((pattern, try expression()))
            } else if kind == .constant || !isName {
                throw unexpected(expected: "=")
            } else {
                result.append((pattern, nil))
            }
        } while take(",")
        return .declare(kind, result)
    }

    // MARK: Conditions and loops

    private mutating func parenthesized() throws -> Expression {
        try expect("(")
        let expression = try sequence()
        try expect(")")
        return expression
    }

    private mutating func condition() throws -> Statement {
        advance()
        let condition = try parenthesized()
        let yes = try inner()
        return .condition(condition, then: yes, otherwise: takeWord("else") ? try inner() : nil)
    }

    private mutating func loopBody() throws -> Statement {
        let outer = isInLoop
        defer { isInLoop = outer }
        isInLoop = true
        return try inner()
    }

    private mutating func doLoop() throws -> Statement {
        advance()
        let body = try loopBody()
        guard takeWord("while") else { throw unexpected(expected: "while") }
        let condition = try parenthesized()
        _ = take(";")
        return .loop(initial: nil, condition: condition, step: nil, body: body, isTestedLast: true)
    }

    private mutating func forLoop() throws -> Statement {
        advance()
        if isWord("await") { throw unsupported("'for await'", remedy: "use for … of") }
        try expect("(")
        if let each = try eachLoop() { return each }
        var initial: Statement?
        if !isPunctuator(";") {
            if case .identifier(let word) = token.kind, ["let", "const", "var"].contains(word) {
                advance()
                initial = try declarations(kind(word))
            } else {
                initial = .expression(try sequence())
            }
        }
        try expect(";")
        let condition = isPunctuator(";") ? nil : try sequence()
        try expect(";")
        let step = isPunctuator(")") ? nil : try sequence()
        try expect(")")
        return .loop(initial: initial, condition: condition, step: step, body: try loopBody(), isTestedLast: false)
    }

    /// `for (const x of list)` or `for (const name in object)`; looks ahead before it takes anything.
    private mutating func eachLoop() throws -> Statement? {
        let start = index
        var declaration: Statement.Declaration?
        if case .identifier(let word) = token.kind, ["let", "const", "var"].contains(word) {
            declaration = kind(word)
            advance()
        }
        // What isn't a pattern here is the first part of an ordinary loop, and read again as one.
        guard let pattern = try? self.pattern(), isWord("of") || isWord("in") else {
            index = start
            return nil
        }
        let loop: Statement.Loop = isWord("of") ? .elements : .names
        advance()
        let values = try sequence()
        try expect(")")
        return .each(loop, declaration, pattern, values, body: try loopBody())
    }

    private mutating func attempt() throws -> Statement {
        advance()
        let body = try block()
        var failure: Pattern?
        var rescue: [Statement]?
        if takeWord("catch") {
            if take("(") {
                failure = try pattern()
                try expect(")")
            }
            rescue = try block()
        }
        let cleanUp = takeWord("finally") ? try block() : nil
        guard rescue != nil || cleanUp != nil else { throw unexpected(expected: "catch") }
        return .attempt(body, failure: failure, rescue: rescue, cleanUp: cleanUp)
    }
}
