import ShellLiterals

/// A parsed expression; how deep it nests is bounded, so that evaluating it can't overflow the stack.
struct Expression {
    static let maximumDepth = 200

    indirect enum Form {
        case literal(LiteralValue)
        case name(String)
        case array([Expression])
        case object([(key: Expression, value: Expression)])
        case template([String], [Expression])
        case member(Expression, String, isOptional: Bool)
        case element(Expression, Expression)
        case call(Expression, [Expression])
        case construct(Expression, [Expression])
        case unary(String, Expression)
        case binary(String, Expression, Expression)
        case conditional(Expression, Expression, Expression)
        case assign(String, Expression)
        case function(parameters: [String], body: [Statement])
    }

    let form: Form
    let depth: Int
}

enum Statement {
    case expression(Expression)
    case declare(name: String, isConstant: Bool, Expression?)
    case result(Expression?)

    var depth: Int {
        switch self {
        case .expression(let expression): expression.depth
        case .declare(_, _, let expression), .result(let expression): expression?.depth ?? 0
        }
    }
}

extension Expression {
    /// The expression as an error message names it: `db.orders.find(...).foo`.
    var sourceText: String {
        switch form {
        case .name(let name): name
        case .member(let base, let name, _): "\(base.sourceText).\(name)"
        case .element(let base, _): "\(base.sourceText)[...]"
        case .call(let callee, _): "\(callee.sourceText)(...)"
        case .literal(let value): value.literal()
        default: "(intermediate value)"
        }
    }
}
