extension Rule {
    static let unreachablePlaceholder = Rule(
        code: "LL301", name: "unreachable-placeholder", severity: .error,
        summary: "A placeholder names a port or host that cannot be reached",
        explanation: """
            Ports are 1 to 65535. `{{TRAFFIC_HOST9_80}}` on a machine image with one host cannot be reached, a misspelt placeholder
            (`[[HOST_SUBDOMIAN]]`) is shown as it is. `{{TRAFFIC_HOSTX_Y}}` with letters is taken for an explanation and left alone.
            """)
    static let placeholderWithoutPort = Rule(
        code: "LL302", name: "placeholder-without-port", severity: .note,
        summary: "A URL made of placeholders names no port",
        explanation: """
            `https://[[HOST_SUBDOMAIN]]-[[KATACODA_HOST]].environments.katacoda.com` led to a page on which the reader chose a port. Other
            players have no such page. Write the port: `[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]]`.
            """)
    static let placeholderNotReplaced = Rule(
        code: "LL303", name: "placeholder-not-replaced", severity: .warning,
        summary: "A placeholder is in a place where it is not replaced",
        explanation: """
            Placeholders are replaced on pages; Katacoda's (`[[HOST_SUBDOMAIN]]`) also in foreground and background scripts and in dashboards.
            In titles and descriptions, in verify scripts and assets they stay as they are, and so does Killercoda's
            `{{TRAFFIC_HOST1_80}}` in scripts: there `sed 's/PORT/80/g' /etc/killercoda/host` gives the URL.
            """)
    static let expiredHost = Rule(
        code: "LL304", name: "expired-host", severity: .warning,
        summary: "A URL leads to a session that has ended or a platform that has closed",
        explanation: """
            A URL copied from the browser, such as `https://2886795274-8080-host03nc.environments.katacoda.com`, belonged to one session. Write
            the placeholder: `https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com` or
            `{{TRAFFIC_HOST1_8080}}`. Katacoda itself closed in 2022, and links to it are broken.

            `lectern lint --fix` writes the placeholder on pages where the whole host has the form of a session's.
            """)
    static let brokenLink = Rule(
        code: "LL305", name: "broken-link", severity: .warning,
        summary: "A link leads to a file that does not exist",
        explanation: """
            The target is looked up beside the page, and then from the scenario's directory. Links to the web aren't followed. A link that
            leads out of the repository can't be judged and isn't reported.
            """)
    static let missingPicture = Rule(
        code: "LL306", name: "missing-picture", severity: .error,
        summary: "A picture does not exist",
        explanation: """
            The file is looked up beside the page, and then from the scenario's directory. Names are compared letter for letter. Katacoda
            shows only pictures in the scenario's `assets` directory, as `./assets/name.png`.
            """)
    static let brokenAnchor = Rule(
        code: "LL307", name: "broken-anchor", severity: .warning,
        summary: "A link leads to a heading that does not exist",
        explanation: """
            The part after `#` is compared with the headings of the page it leads to (lower case, blanks as hyphens, punctuation gone) and
            with `id` and `name` of its HTML.
            """)
    static let absolutePicture = Rule(
        code: "LL308", name: "absolute-picture", severity: .note,
        summary: "A picture's path begins at the root of a platform",
        explanation: """
            `/author/scenarios/name/assets/x.png` works on the one site that it was written for. A path relative to the page
            works everywhere.
            """)

    static let leftoverText = Rule(
        code: "LL401", name: "leftover-text", severity: .warning,
        summary: "A mark of unfinished work is left in the text",
        explanation: """
            `TODO`, `FIXME`, `TBD`, `TBP`, `XX`, `XXX` or "lorem ipsum" is in text that readers see. Code, comments and links are not
            checked, and a "TODO app" is left alone.
            """)
    static let unsafeHTML = Rule(
        code: "LL402", name: "unsafe-html", severity: .warning,
        summary: "Raw HTML that players remove",
        explanation: """
            Lessons are untrusted input, so scripts, styles, embedded objects, event handlers (`onclick`) and `javascript:` or
            `data:` URLs are taken out before a page is shown. What depends on them won't work.
            """)

    static let verifyPassesEveryone = Rule(
        code: "LL501", name: "verify-passes-everyone", severity: .error,
        summary: "A verify script lets everyone pass",
        explanation: """
            A learner passes when the script ends with status 0; on Katacoda's first version when it printed `done`. A script whose last command
            is `echo` ends with 0 whatever it printed, so `echo "not done"` without `exit 1` passes everyone. Lectern knows the
            older rule and applies it when the text contains `echo done`; then this is a warning, since other platforms go by the
            status alone.

            End the failing branch with `exit 1`.
            """)
    static let noShebang = Rule(
        code: "LL502", name: "no-shebang", severity: .note,
        summary: "A script that is run as a program has no '#!' line",
        explanation: """
            Verify and background scripts are started as programs, and without `#!/bin/bash` by whatever shell the platform takes:
            often `sh`, which on Debian and Ubuntu is dash and knows no `[[ … ]]`, arrays or `source`. Where the script uses such words
            it is a warning. Foreground scripts are typed into a terminal and need none.
            """)
    static let crlfScript = Rule(
        code: "LL503", name: "crlf-script", severity: .warning,
        summary: "A script has Windows line endings",
        explanation: """
            The carriage return becomes part of each line's last word: `#!/bin/bash\\r` is not found, `exit 1\\r` is not a number.

            `lectern lint --fix` removes them.
            """)
    static let needsInternet = Rule(
        code: "LL504", name: "needs-internet", severity: .note,
        summary: "A command needs the internet",
        explanation: """
            Packages, images and repositories that are fetched while the lesson runs make it fail offline and change under it. Put them into the
            lab's image, or into assets. Each program is reported once a page or script.
            """)

    static let secret = Rule(
        code: "LL601", name: "secret", severity: .warning,
        summary: "Something looks like a secret",
        explanation: """
            A private key, an access key in the form of a known service, or a password that looks random. Lessons are public: replace it by a
            placeholder, and revoke it if it was ever real. Messages never show it in full. Where it is made up,
            say so with `<!-- lectern: ignore LL601 -->`.
            """)
}
