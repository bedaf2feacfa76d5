extension Rule {
    static let openFence = Rule(
        code: "LL101", name: "open-fence", severity: .warning,
        summary: "A code block isn't closed",
        explanation: """
            The block runs to the end of the page (or of its list item) and swallows what follows. A closing fence has the same mark
            as the opening one, at least as many of them, and begins its line.

            It is an error when a block swallows macros, since nobody can click what they follow: then the fence that was left open is
            often not the last one, but that of the block in which the macros stand, which ends where the next block begins.
            """)
    static let openMacro = Rule(
        code: "LL102", name: "open-macro", severity: .error,
        summary: "The braces of a macro aren't closed",
        explanation: """
            `{{execute` after a closing fence, without `}}` on the same line: the command can't be clicked, and the braces
            may show.
            """)
    static let bracesAfterFence = Rule(
        code: "LL103", name: "braces-after-fence", severity: .warning,
        summary: "Braces after a closing fence are not a macro",
        explanation: """
            Right after a closing fence only a macro may stand: `{{execute}}`, `{{exec}}`, `{{copy}}`, `{{open}}`, or `{{}}` for none.
            Players that don't know the braces take the line for code and swallow the rest of the page.
            """)
    static let unknownVerb = Rule(
        code: "LL104", name: "unknown-verb", severity: .warning,
        summary: "A macro begins with a word that no player knows",
        explanation: """
            Known are `execute` and its synonym `exec`, `copy` and `open`. A misspelt one (`{{exeute}}`) leaves plain code that can't be
            clicked, which is an error, as it is when no macro of the page has a known word. `lectern lint --fix` corrects it where one
            known verb alone is near.
            """)
    static let unknownWord = Rule(
        code: "LL105", name: "unknown-word", severity: .warning,
        summary: "A word of a macro is nearly a known one",
        explanation: """
            After the verb stand `T2`, `HOST1`, `interrupt`, `ctrl-seq` and `no-newline` in any order. Any other word is a tag by which a
            test may find the element, so `interupt` interrupts nothing and says nothing. Reported are only words one or two
            letters away from a known one.

            `lectern lint --fix` writes the known word.
            """)
    static let unknownTerminal = Rule(
        code: "LL106", name: "unknown-terminal", severity: .error,
        summary: "A macro names an impossible terminal or host",
        explanation: "Terminals are `T1` to `T32`, hosts `HOST1`, `HOST2` and so on: no `T0`, no `terminal2`.")
    static let macroWithoutCode = Rule(
        code: "LL107", name: "macro-without-code", severity: .error,
        summary: "A macro follows no code",
        explanation: """
            The braces belong right behind the closing backtick or the closing fence. Standing alone they do nothing, and on some
            platforms the reader sees them. The command was probably written without backticks, or a fence was not opened.
            """)
    static let macroSpacing = Rule(
        code: "LL108", name: "macro-spacing", severity: .note,
        summary: "A macro is written in a way that not every player reads",
        explanation: """
            Blanks inside the braces (`{{ execute }}`), between code and braces, doubled blanks and capital letters (`{{Execute}}`) are
            understood here, and not everywhere.

            `lectern lint --fix` writes the usual form.
            """)
    static let ambiguousTerminal = Rule(
        code: "LL109", name: "ambiguous-terminal", severity: .warning,
        summary: "A macro without a terminal follows one for another terminal",
        explanation: """
            After `{{execute T2}}` a bare `{{execute}}` goes to T1 on one player and to T2 on another: no platform documents it. Lectern takes the
            terminal used last. Write the terminal on each macro of the step. Reported is the first bare macro after each
            one for another terminal than T1.
            """)
    static let blockedTerminal = Rule(
        code: "LL110", name: "blocked-terminal", severity: .warning,
        summary: "A command is typed into a terminal in which a program is running",
        explanation: """
            `tail -f`, `watch`, `kubectl port-forward` and the like never give the prompt back and don't read what is typed. The next
            command in the same terminal does nothing until they are interrupted: give it another terminal, or
            `{{execute interrupt}}`. Where the page tells the reader to press Ctrl-C it is a note, since only a run by machine is stuck.

            A command for the shell right after an editor was opened (`vi`, `nano`) is a note as well: a reader leaves the editor
            without being told, a run by machine types into it. A pager such as `less` is left by the run itself.
            """)
    static let fileBlock = Rule(
        code: "LL111", name: "file-block", severity: .error,
        summary: "A file block cannot be written",
        explanation: """
            `<pre class="file">` needs `data-filename`, unless its target is `clipboard`; `data-target` is one of `replace`,
            `prepend`, `append`, `insert`, `clipboard`; `insert` needs the text to replace in `data-marker`.
            """)
    static let fileOutsideEditor = Rule(
        code: "LL112", name: "file-outside-editor", severity: .note,
        summary: "A file lies outside what the editor shows",
        explanation: """
            The editor's tree begins at `environment.uieditorpath` (`/root` unless given). A file block or `{{open}}` for an absolute path
            elsewhere opens a file that the reader won't find in the tree, and some players refuse it.
            """)
    static let quizKey = Rule(
        code: "LL113", name: "quiz-key", severity: .error,
        summary: "A question has no valid answer, or an ambiguous one",
        explanation: """
            A question needs answers on the lines right after it, and a consistent key: at least one right choice in `[*]`,
            exactly one in `(*)`, no choice both right and wrong, one form for all choices, and a text after `===` and `=~=`.
            """)

    static let orphanedSample = Rule(
        code: "LL201", name: "orphaned-sample", severity: .note,
        summary: "A sample is shown, but nothing on the page prints it",
        explanation: """
            The sentence before the block speaks of an output, but no command on the page before it can be clicked. So it can't be
            checked, and it will go stale. Reported where a shell command without a macro comes before it. Give the command an `{{execute}}`, or say with `<!-- lectern: no-sample -->`
            that the block is something else.
            """)
    static let wrongComment = Rule(
        code: "LL202", name: "wrong-comment", severity: .error,
        summary: "A comment for Lectern is not valid",
        explanation: """
            A word in `<!-- lectern: … -->` isn't known, a value can't be read, two words contradict each other, or no sample or action
            follows. A page with such a comment isn't run, since its result couldn't be trusted.
            """)
    static let pointlessIgnore = Rule(
        code: "LL203", name: "pointless-ignore", severity: .note,
        summary: "A comment ignores a problem that does not occur",
        explanation: """
            `<!-- lectern: ignore LL012 -->` stands for the block after it, or for its own line behind other text. The problem was
            fixed, or the comment is in the wrong place. Remove it, or it will hide the next one.
            """)
}
