/// What an interactive bash is told so that its prompts carry marks.
///
/// The marks are OSC 133 with a nonce, which output can't guess: A before a prompt (with the last status), B after it,
/// C when a command line begins to run, D with the status when it has ended; `A;k=s` and `B;k=s` frame a continuation
/// prompt. They go to the terminal itself, so that they survive redirected output.
///
/// - SeeAlso: The semantic prompt proposal (freedesktop "terminal-wg", Per Bothner).
public enum ShellSetup {
    /// Bash's arguments, with its name first: an interactive shell that reads this file instead of `~/.bashrc`.
    public static func bashArguments(rcFile: String) -> [String] {
        ["bash", "--rcfile", rcFile, "-i"]
    }

    /// The text of the file that ``bashArguments(rcFile:)`` names.
    ///
    /// The prompt variables are taken out of the environment, so the hooks don't leave the shell they were
    /// made in: a nested shell has its own prompt and no marks. They survive
    /// a lesson that sets `PS1`, `PS0` or `PROMPT_COMMAND`, `set -x` and `exec` of standard error; a lesson that
    /// unsets `PROMPT_COMMAND` keeps its marks until it also changes `PS1`.
    ///
    /// - Parameters:
    ///   - nonce: Letters and digits; a new one for each shell.
    ///   - userRcFile: A file read before the marks are set, when it exists; `nil` for none.
    public static func rcFile(nonce: String, userRcFile: String?) -> String {
        var text = ""
        if let userRcFile { text += "[ -f \(quoted(userRcFile)) ] && . \(quoted(userRcFile))\n" }
        // The pieces that must be found again in prompts are written without variables, so that nothing a lesson
        // sets can change them. bash restores $? between the elements of PROMPT_COMMAND.
        text += #"""
            export -n PS0 PS1 PS2 PROMPT_COMMAND
            HISTCONTROL=${HISTCONTROL:-ignoredups}
            if [ "${#PROMPT_COMMAND[@]}" -eq 0 ]; then PROMPT_COMMAND=(''); fi
            PROMPT_COMMAND[1]='{ printf "\e]133;D;%s;NONCE\a" "$?" >/dev/tty
            case $PS1 in *"133;B;NONCE"*) ;; *) PS1="\[\e]133;A;\$?;NONCE\a\]$PS1\[\e]133;B;NONCE\a\]" ;; esac
            case $PS2 in *"133;B;k=s;NONCE"*) ;; *) PS2="\[\e]133;A;k=s;NONCE\a\]$PS2\[\e]133;B;k=s;NONCE\a\]" ;; esac
            case $PS0 in *"133;C;NONCE"*) ;; *) PS0="$PS0\e]133;C;NONCE\a" ;; esac; } 2>/dev/null'
            """#.replacing("NONCE", with: nonce)
        return text + "\n"
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}

extension String {
    /// `replacingOccurrences` without Foundation.
    fileprivate func replacing(_ part: String, with other: String) -> String {
        var result = ""
        var rest = self[...]
        while let first = part.first, let start = rest.firstIndex(of: first) {
            result += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix(part) {
                result += other
                rest = rest.dropFirst(part.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result + rest
    }
}
