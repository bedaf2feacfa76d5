/// What an interactive bash is told so that its prompts carry marks.
///
/// The marks are OSC 133 with a nonce, which output can't guess: A before a prompt (with the last status), B after it,
/// C when a command line begins to run, D with the status when it has ended; `A;k=s` and `B;k=s` frame a continuation
/// prompt. `D;status;l` ends a line in a shell that can't say when it began to run (`sh`). They go to the terminal
/// itself, so that they survive redirected output.
///
/// - SeeAlso: The semantic prompt proposal (freedesktop "terminal-wg", Per Bothner).
public enum ShellSetup {
    /// Bash's arguments, with its name first: an interactive shell that reads this file instead of `~/.bashrc`.
    public static func bashArguments(rcFile: String) -> [String] {
        ["bash", "--rcfile", rcFile, "-i"]
    }

    /// The text of the file that ``bashArguments(rcFile:)`` names.
    ///
    /// The prompt variables are taken out of the environment, so that a program never meets the marks. A `bash` or a `sh`
    /// without arguments that is typed at a marked prompt reads the file too, and has marks of its own; every other nested
    /// shell has its own prompt and no marks. They survive a lesson that sets `PS1`, `PS0` or `PROMPT_COMMAND`, `set -x`
    /// and `exec` of standard error; a lesson that unsets `PROMPT_COMMAND` or makes it an array keeps its marks until it
    /// also changes `PS1`.
    ///
    /// The variables hold the marks as the bytes that a terminal obeys, so `echo "$PS1"` shows what the lesson put there.
    /// What a lesson's `PROMPT_COMMAND` prints comes after the end mark and is no command's output, from the prompt after
    /// the one that follows the assignment on.
    ///
    /// - Parameters:
    ///   - nonce: Letters and digits; a new one for each shell.
    ///   - userRcFile: A file read before the marks are set, when it exists; `nil` for none.
    public static func rcFile(nonce: String, userRcFile: String?) -> String {
        var text = dashHooks
        if let userRcFile { text += "[ -f \(quoted(userRcFile)) ] && . \(quoted(userRcFile))\n" }
        // The pieces that must be found again in prompts are written without variables, so that nothing a lesson
        // sets can change them. bash restores $? between the elements of PROMPT_COMMAND.
        text += bashHooks
        for (name, bytes) in [
            ("<hide>", "\u{01}"), ("<show>", "\u{02}"), ("<osc>", "\u{1B}]133;"), ("<end>", ";\(nonce)\u{07}"),
            ("<ended>", "\u{1B}]ended\u{07}"),
            ("<isjob>", "\u{1B}]isjob\u{07}"),
        ] { text = text.replacing(name, with: bytes) }
        return text
    }

    /// dash reads the file that `ENV` names, and none of the rest of it.
    private static let dashHooks = #"""
        if [ -z "$BASH_VERSION" ]; then
            unset ENV
            PS1="<osc>D;\$?;l<end><osc>A;\$?<end>$PS1<osc>B<end>"
            PS2="<osc>A;k=s<end>$PS2<osc>B;k=s<end>"
            return
        fi

        """#

    /// `<ended>` and `<isjob>` are names of functions, which a terminal shows as nothing where a lesson prints its
    /// PROMPT_COMMAND. A shell that is a job (`sh serve.sh &`) takes the place of the subshell that its function runs in,
    /// so that `$!` is its own number; the typed line tells whether it is the job's only command.
    private static let bashHooks = #"""
        export -n PS0 PS1 PS2 PROMPT_COMMAND
        [ "$ENV" != "${BASH_SOURCE[0]}" ] || unset ENV
        HISTCONTROL=${HISTCONTROL:-ignoredups}
        bash() {
            if [ $# -eq 0 ] && [ -t 0 ]; then command bash --rcfile "${BASH_SOURCE[0]}"
            elif <isjob>; then exec bash "$@"
            else command bash "$@"; fi
        }
        sh() {
            if [ $# -eq 0 ] && [ -t 0 ]; then ENV="${BASH_SOURCE[0]}" command sh
            elif <isjob>; then exec sh "$@"
            else command sh "$@"; fi
        }
        function <isjob> {
            [ "$BASH_SUBSHELL" -eq 1 ] || return
            set -- "$(HISTTIMEFORMAT= builtin history 1)"
            case $1 in *"&&"*) return 1 ;; *"&"*) ;; *) return 1 ;; esac
            case ${1%%&*} in *[\;\|\(\{\`]*) return 1 ;; esac
        }
        function <ended> { { printf '%s' "<osc>D;$?<end>" >/dev/tty; } 2>/dev/null; }
        if [ "${#PROMPT_COMMAND[@]}" -eq 0 ]; then PROMPT_COMMAND=(''); fi
        PROMPT_COMMAND[1]='{ printf "%s" "<osc>D;$?<end>" >/dev/tty
        case ${PROMPT_COMMAND[0]} in ""|"<ended>"*) ;; *) PROMPT_COMMAND[0]="<ended>
        ${PROMPT_COMMAND[0]}" ;; esac
        case $PS1 in *"<osc>B<end><show>") ;; *)
            PS1=${PS1//"<hide><osc>A;\$?<end><show>"/} PS1=${PS1//"<hide><osc>B<end><show>"/}
            PS1="<hide><osc>A;\$?<end><show>$PS1<hide><osc>B<end><show>" ;; esac
        case $PS2 in *"<osc>B;k=s<end><show>") ;; *)
            PS2="<hide><osc>A;k=s<end><show>$PS2<hide><osc>B;k=s<end><show>" ;; esac
        case $PS0 in *"<osc>C<end>"*) ;; *) PS0="$PS0<osc>C<end>" ;; esac; } 2>/dev/null'

        """#

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
