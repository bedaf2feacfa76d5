import ShellLiterals

/// A parsed expression; how deep it nests is bounded, so that evaluating it can't overflow the stack.
struct Expression {
    static let maximumDepth = 200

    indirect enum Form {
        case literal(LiteralValue)
        case name(String)
        case array([Element])
        case object([Field])
        case template([String], [Expression])
        case member(Expression, String, isOptional: Bool)
        case element(Expression, Expression)
        case call(Expression, [Element])
        case construct(Expression, [Element])
        case unary(String, Expression)
        case binary(String, Expression, Expression)
        case conditional(Expression, Expression, Expression)
        /// `target = value`, or `target += value` with the operator `+`.
        case assign(Pattern, operation: String?, Expression)
        /// `++target`, `target--`…: adds `step`, and has the value before or after.
        case step(Pattern, by: Double, isPrefix: Bool)
        case delete(Expression)
        case sequence([Expression])
        case function(FunctionForm)
    }

    /// A part of a list, or an argument; several when it is spread (`...rest`).
    struct Element {
        let value: Expression
        var isSpread = false
    }

    enum Field {
        case named(Expression, Expression)
        case spread(Expression)
    }

    let form: Form
    let depth: Int
}

/// What a value is bound to: a name, a place, or the parts of a list or an object.
indirect enum Pattern {
    case name(String)
    /// `a.b` or `a[b]`; only where something is assigned, not where it is declared.
    case place(Expression)
    case list([Pattern?], rest: Pattern?)
    case object([(key: String, Pattern)], rest: Pattern?)
    /// A pattern with a value for when there is none.
    case optional(Pattern, Expression)
}

struct FunctionForm {
    var name = ""
    let parameters: [Pattern]
    let rest: Pattern?
    let body: [Statement]
}

indirect enum Statement {
    enum Declaration { case variable, block, constant }
    enum Loop { case elements, names }

    case expression(Expression)
    case declare(Declaration, [(Pattern, Expression?)])
    case function(FunctionForm)
    case block([Statement])
    case condition(Expression, then: Statement, otherwise: Statement?)
    case loop(initial: Statement?, condition: Expression?, step: Expression?, body: Statement, isTestedLast: Bool)
    case each(Loop, Declaration?, Pattern, Expression, body: Statement)
    case attempt([Statement], failure: Pattern?, rescue: [Statement]?, cleanUp: [Statement]?)
    case raise(Expression)
    case result(Expression?)
    case leaveLoop
    case continueLoop
    case empty
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
