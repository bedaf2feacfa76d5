extension Rule {
    static let unreadableFile = Rule(
        code: "LL001", name: "unreadable-file", severity: .error,
        summary: "A file of the lesson is not valid",
        explanation: """
            `index.json` isn't valid JSON (or `index.yaml` valid YAML), a page or script isn't UTF-8 text, or a file is larger than
            the 4 MiB that a lesson's text may have. Nothing in such a file is checked, so fix this first.

            Common in `index.json`: a comma after the last member, single quotes, comments, a line break inside a string.
            """)
    static let wrongValue = Rule(
        code: "LL002", name: "wrong-value", severity: .error,
        summary: "A value of the index has the wrong type",
        explanation: """
            `"steps"` must be a list of objects, `"text"` a string, and so on. Players that meet another type show no
            lesson at all, or one without the part. In the `lectern` member unknown keys are errors too: no other player
            reads it, so an unknown key there can only be a typing error.
            """)
    static let missingFile = Rule(
        code: "LL003", name: "missing-file", severity: .error,
        summary: "The index names a file that does not exist",
        explanation: """
            The text of a step, a script, an answer or a hint is named and doesn't exist; or a `structure.json` lists a scenario
            that doesn't. Names are compared letter for letter: `Step1.md` isn't `step1.md`, even if your own machine
            finds both.
            """)
    static let pathOutside = Rule(
        code: "LL004", name: "path-outside", severity: .error,
        summary: "A path leads out of the scenario's directory",
        explanation: """
            Pages, scripts and assets lie inside the scenario. An absolute path, one with too many `..` and a symbolic link out are
            refused, since a lesson is untrusted input for whoever runs it.
            """)
    static let unknownKey = Rule(
        code: "LL005", name: "unknown-key", severity: .warning,
        summary: "A key of the index is nearly a known one",
        explanation: """
            Players ignore keys that they don't know, so `"foregroud": "setup.sh"` does nothing and says nothing. Reported are only keys
            one or two letters away from a known one of the same place, and known ones in another case (`imageID`). Your own keys
            are left alone.

            It is an error where the known key says what is shown, run or checked, and a warning where it only describes the lesson, such
            as `difficulty`.

            `lectern lint --fix` writes the known key, unless it is there as well.
            """)
    static let duplicateKey = Rule(
        code: "LL006", name: "duplicate-key", severity: .warning,
        summary: "A key occurs twice in one object of the index",
        explanation: """
            JSON readers keep one of the two, most often the last, and some refuse the file. Usually a step was copied and the old
            line left in.
            """)
    static let bothSynonyms = Rule(
        code: "LL007", name: "both-synonyms", severity: .warning,
        summary: "Both names of the same script are given",
        explanation: """
            `foreground` and `code` mean the same, as do `background` and `courseData`: the second of each pair is Katacoda's older
            name. With both, platforms differ in which they run; Lectern takes `foreground` and `background`.
            """)
    static let missingTitle = Rule(
        code: "LL008", name: "missing-title", severity: .note,
        summary: "A scenario or a step has no title",
        explanation: """
            The title is what the catalogue and the list of steps show. A step without one is fine for a reader when its page begins
            with a heading, and isn't reported then.
            """)
    static let duplicateTitle = Rule(
        code: "LL009", name: "duplicate-title", severity: .warning,
        summary: "Two steps of a scenario have the same title",
        explanation: """
            A reader can't tell them apart in the list of steps, and a report that names a step is ambiguous. Most often the title of a
            copied step was left as it was.
            """)
    static let emptyPage = Rule(
        code: "LL010", name: "empty-page", severity: .error,
        summary: "A page of the lesson is empty, or a step has none",
        explanation: """
            The Markdown file contains nothing but blanks, headings or comments, or a step has neither `text` nor scripts. The
            reader clicks through a blank screen. A page with a heading and nothing else is a note.
            """)
    static let unknownImage = Rule(
        code: "LL011", name: "unknown-image", severity: .note,
        summary: "`backend.imageid` is not a known machine image",
        explanation: """
            The platform chooses the machine by this name, and Lectern the workspace. An unknown name may be right
            on your own platform; a typing error (`ubunut`) is not. Without `backend.imageid` no platform starts a machine.
            """)
    static let unknownLayout = Rule(
        code: "LL012", name: "unknown-layout", severity: .warning,
        summary: "`environment.uilayout` is not a known layout",
        explanation: """
            Known are `terminal`, `terminal-terminal`, `terminal-iframe`, `editor-terminal`, `vscode-terminal-split`,
            `terminal-iframe-split`, `editor-iframe-split` and `iframe`. Any other is shown as one terminal.
            """)
    static let assetMissing = Rule(
        code: "LL013", name: "asset-missing", severity: .error,
        summary: "An asset of the index matches no file",
        explanation: """
            `details.assets` names a file or a glob relative to the scenario's `assets` directory. When nothing matches, the file is missing in
            the lab and the step that uses it fails. In a glob `*` stays inside one directory, `**` crosses them.
            """)
    static let assetTooLarge = Rule(
        code: "LL014", name: "asset-too-large", severity: .warning,
        summary: "An asset is larger than platforms upload",
        explanation: """
            Platforms refuse an asset of more than 9 MB. Let a script fetch it, or make it smaller. It is an error beyond what a lab
            takes: 16 MiB for one asset, 256 MiB and 10,000 files for all.
            """)
    static let assetWithoutTarget = Rule(
        code: "LL015", name: "asset-without-target", severity: .note,
        summary: "An asset doesn't say where it goes",
        explanation: """
            Without `target` an asset goes to the learner's home directory, but not on every platform. Write `"target": "~/"`
            when that is meant.
            """)
    static let unusedFile = Rule(
        code: "LL016", name: "unused-file", severity: .note,
        summary: "A file of the scenario is not used",
        explanation: """
            Neither the index nor a page or script mentions the file, and no asset matches it: a script that isn't started, a picture
            that isn't shown. A mention of its bare name anywhere counts as use.
            """)
    static let pageNeverShown = Rule(
        code: "LL017", name: "page-never-shown", severity: .warning,
        summary: "A Markdown file of the scenario is never shown",
        explanation: """
            It lies beside the index, and no step, intro, finish, answer, hint or link names it. A step that was forgotten in the
            index looks just like this. Files such as `README.md` are left alone.
            """)
    static let scenarioNeverListed = Rule(
        code: "LL018", name: "scenario-never-listed", severity: .warning,
        summary: "A scenario is missing from its course's structure.json",
        explanation: """
            Where a `structure.json` exists, only what it lists is published; everything else below it is silently left out.
            """)
    static let twoIndexes = Rule(
        code: "LL019", name: "two-indexes", severity: .warning,
        summary: "A scenario has index.json and index.yaml",
        explanation: "Players read one of the two. Keep only one, or they will drift apart.")
    static let notebook = Rule(
        code: "LL020", name: "notebook", severity: .error,
        summary: "The lesson is a notebook, which is neither read nor run",
        explanation: """
            The index has `"type": "jupyter…"`: what there is to run is in a notebook, which Lectern doesn't read. `lectern verify` cannot
            say anything about such a lesson, and ends with status 2.
            """)
    static let nothingToVerify = Rule(
        code: "LL021", name: "nothing-to-verify", severity: .error,
        summary: "No page of the lesson has anything that can be verified",
        explanation: """
            There is no command to click, no script, no file block, no quiz and no link to the lab or to a file of the lesson: `lectern
            verify` would look at nothing, and ends with status 2. Let commands end in `{{execute}}`.
            """)
}
