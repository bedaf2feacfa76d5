/// The names of a block, over those of the blocks and calls around it.
final class Scope {
    let outer: Scope?
    /// Where `var` declares its names: the body of a function, or the outermost scope.
    let isFunction: Bool
    private var places: [String: Int] = [:]
    private var values: [Value] = []
    private var constants: Set<String> = []

    init(over outer: Scope?, isFunction: Bool = false) {
        self.outer = outer
        self.isFunction = isFunction
    }

    deinit {
        Garbage.take(&values)
        Garbage.empty()
    }

    func declare(_ name: String, _ value: Value, isConstant: Bool = false) {
        if isConstant { constants.insert(name) } else { constants.remove(name) }
        if let place = places[name] {
            values[place] = value
        } else {
            places[name] = values.count
            values.append(value)
        }
    }

    var names: [String] { Array(places.keys) }

    /// The value of a name; `nil` when no scope has it.
    func value(of name: String) -> Value? {
        guard let scope = owner(of: name), let place = scope.places[name] else { return nil }
        return scope.values[place]
    }

    /// - Returns: Whether there is such a name.
    func assign(_ value: Value, to name: String) throws -> Bool {
        guard let scope = owner(of: name), let place = scope.places[name] else { return false }
        if scope.constants.contains(name) { throw ShellError.type("Assignment to constant variable.") }
        scope.values[place] = value
        return true
    }

    var nearestFunction: Scope {
        var scope = self
        while !scope.isFunction, let outer = scope.outer { scope = outer }
        return scope
    }

    /// A scope with the same names, for the next round of a loop: functions made in this round keep theirs.
    func copy() -> Scope {
        let copy = Scope(over: outer, isFunction: isFunction)
        (copy.places, copy.values, copy.constants) = (places, values, constants)
        return copy
    }

    private func owner(of name: String) -> Scope? {
        var scope: Scope? = self
        while let current = scope {
            if current.places[name] != nil { return current }
            scope = current.outer
        }
        return nil
    }
}
