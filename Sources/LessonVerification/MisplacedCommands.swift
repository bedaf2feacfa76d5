import Lessons

/// Notices commands for a shell that another program took: a menu that is never left, an editor that still is open.
///
/// That is no failure, since the page claims nothing; but a run in which half the commands were answers to a menu should not
/// look as if they had run.
struct MisplacedCommands {
    /// By terminal, the program that was spoken of last: once is enough.
    private var noted: [String: String] = [:]

    /// - Parameter program: What read the terminal; `nil` for its shell.
    /// - Returns: What to tell of it, if anything.
    mutating func note(on action: Action, typedInto program: String?, in terminal: String) -> String? {
        guard let program, !Self.shells.contains(program) else {
            noted[terminal] = nil
            return nil
        }
        guard noted[terminal] != program, [.execute, .interrupt].contains(action.kind), Self.isForShell(action.text)
        else {
            return nil
        }
        noted[terminal] = program
        return "typed into '\(program)', which still reads \(terminal); so is all that follows until it ends"
    }

    private static func isForShell(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let first = words.first(where: { $0 != "sudo" }) else { return false }
        return first.hasPrefix("./") || first.hasPrefix("~/") || commands.contains(first)
    }

    private static let shells: Set<String> = [
        "bash", "sh", "dash", "zsh", "fish", "ksh", "su", "sudo", "ssh", "script",
    ]

    /// Programs that lessons call and that are no words of the languages that consoles take.
    private static let commands: Set<Substring> = [
        "ansible", "apt", "apt-get", "awk", "bash", "cat", "cd", "chmod", "chown", "cp", "curl", "cut", "diff",
        "docker", "docker-compose", "echo", "egrep", "env", "export", "find", "gcc", "git", "go", "grep", "head",
        "helm", "htop", "java", "jq", "kubectl", "less", "ln", "ls", "make", "man", "mkdir", "mvn", "mv", "mysql",
        "nano", "node", "npm", "oc", "pip", "pip3", "ps", "pwd", "python", "python3", "rm", "rmdir", "sed", "service",
        "ssh", "systemctl", "tail", "tar", "tee", "terraform", "touch", "tree", "unzip", "vi", "vim", "wc", "wget",
        "which", "whoami", "xargs", "yum",
    ]
}
