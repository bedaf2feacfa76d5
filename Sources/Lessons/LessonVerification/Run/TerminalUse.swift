import Lessons

/// How the terminals of a run are used.
struct TerminalUse {
    /// A macro that names no terminal goes to the one used last.
    private(set) var last = "T1"
    private var sized: Set<String> = []
    private var fullScreens: Set<String> = []
    private var misplaced = MisplacedCommands()

    /// The terminal that an action is typed into, from now on the one used last; `nil` for a click that types nothing.
    mutating func terminal(for action: Action) -> String? {
        guard action.isTyped else { return nil }
        if let number = action.terminal ?? action.host { last = "T\(number)" }
        return last
    }

    /// Whether this is asked for the first time of a terminal.
    mutating func isNew(_ terminal: String) -> Bool { sized.insert(terminal).inserted }

    /// Takes in whether a program draws a terminal's whole screen.
    ///
    /// - Returns: Whether one did before.
    mutating func setFullScreen(_ isFullScreen: Bool, in terminal: String) -> Bool {
        if isFullScreen { return !fullScreens.insert(terminal).inserted }
        return fullScreens.remove(terminal) != nil
    }

    /// What to say of a command for a shell that a program took; see ``MisplacedCommands/remark(on:typedInto:in:)``.
    mutating func remark(on action: Action, typedInto program: String?, in terminal: String) -> String? {
        misplaced.remark(on: action, typedInto: program, in: terminal)
    }

    /// Whether the next of some actions that goes to a terminal stops what runs there.
    func isInterrupted(_ terminal: String, by actions: ArraySlice<Action>) -> Bool {
        var last = last
        for action in actions where action.isTyped {
            if let number = action.terminal ?? action.host { last = "T\(number)" }
            guard last == terminal else { continue }
            return action.interrupts || action.kind == .keys && ["^\\", "^Z"].contains(action.text.trimmed)
        }
        return false
    }
}

extension Action {
    /// Whether a click on it goes to a terminal.
    var isTyped: Bool { ![.copy, .open].contains(kind) }

    /// Whether it presses Ctrl-C.
    var interrupts: Bool { kind == .interrupt || kind == .keys && text.trimmed == "^C" }
}
