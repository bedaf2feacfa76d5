import Lessons

/// Notices commands for a shell that another program took: a menu that is never left, an editor that still is open.
///
/// That is no failure, since the page claims nothing; but a run in which half the commands were answers to a menu should not
/// look as if they had run.
struct MisplacedCommands {
    /// By terminal, the program that was mentioned last: once is enough.
    private var noted: [String: String] = [:]

    /// - Parameter program: What read the terminal; `nil` for its shell.
    /// - Returns: What to say of it, if anything.
    mutating func remark(on action: Action, typedInto program: String?, in terminal: String) -> String? {
        if program.map(Self.shells.contains) ?? true { noted[terminal] = nil }
        guard let program = Self.taker(of: action, typedInto: program), noted[terminal] != program else { return nil }
        noted[terminal] = program
        return "typed into '\(program)', which still reads \(terminal); so is all that follows until it ends"
    }

    /// The program, no shell, that took what is most likely a command for one.
    static func taker(of action: Action, typedInto program: String?) -> String? {
        guard let program, !shells.contains(program), [.execute, .interrupt].contains(action.kind) else { return nil }
        return ShellCommands.isLikely(action.text) ? program : nil
    }

    private static let shells: Set<String> = [
        "bash", "sh", "dash", "zsh", "fish", "ksh", "su", "sudo", "ssh", "script",
    ]
}
