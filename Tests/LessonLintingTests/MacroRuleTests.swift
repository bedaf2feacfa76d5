import LessonLinting
import Testing

@Suite struct MacroRuleTests {
    @Test(arguments: [
        ("LL101", "```\nls\n", ["LL101 1:1"]),
        ("LL101", "```\nls\n```\n", []),
        ("LL102", "```\nls\n```{{execute\n", ["LL102 3:4"]),
        ("LL102", "```\nls\n```{{execute}}\n", []),
        ("LL102", "Type `ls`{{execute T1\nor `cat`{{copy}}.\n", ["LL102 1:10"]),
        ("LL102", "`ls`{{execute}\n", ["LL102 1:5"]),
        ("LL102", "`ls`{{execute}} `ls` {{ .Values.name }} `x`{{ .Values.name\n", []),
        ("LL103", "```\nls\n```{{.Values.x}}\n", ["LL103 3:4"]),
        ("LL103", "`x`{{.Values.x}} and `{{ .y }}`\n", []),
        ("LL104", "`ls`{{exeute}}\n", ["LL104 1:7"]),
        ("LL104", "`ls`{{EXEC}}\n", []),
        ("LL105", "`ls`{{execute interupt}}\n", ["LL105 1:15"]),
        ("LL105", "`uname -a`{{execute test-uname T2 interrupt no-newline}}\n", []),
        ("LL106", "`ls`{{execute T0}}\n", ["LL106 1:5"]),
        ("LL106", "`ls`{{execute T3}}\n", []),
        ("LL107", "Run ls{{execute}}\n", ["LL107 1:7"]),
        ("LL107", "Run `ls`{{execute}}\n", []),
        ("LL108", "`ls` {{execute}}\n\n`ls`{{ execute  t2 }}\n", ["LL108 1:6", "LL108 3:5"]),
        ("LL108", "`ls`{{execute T2}} `a`{{}}\n", []),
        ("LL109", "`a`{{execute T2}} `b`{{execute}} `c`{{execute}}\n", ["LL109 1:22"]),
        ("LL109", "`a`{{execute T1}} `b`{{execute}} `c`{{execute T2}} `d`{{copy}}\n", []),
        ("LL110", "`tail -f x`{{execute T1}}\n\n`ls`{{execute T1}}\n", ["LL110 3:5"]),
        ("LL110", "`tail -f x`{{execute T1}}\n\n`ls`{{execute T2}} `ls`{{execute T1 interrupt}}\n", []),
        ("LL110", "`vim x`{{execute}}\n\n`ls x`{{execute}}\n\n`ls y`{{execute}}\n", ["LL110 3:7"]),
        ("LL110", "`vim x`{{execute}} `:q`{{execute}} `ls x`{{execute}} `nano x`{{execute}} `ls`{{execute T2}}\n", []),
        ("LL110", "`less x`{{execute}} `ls x`{{execute}}\n", []),
        ("LL111", "<pre class=\"file\" data-filename=\"a\" data-target=\"insert\">x</pre>\n", ["LL111 1:1"]),
        ("LL111", "<pre class=\"file\" data-target=\"clipboard\">x</pre>\n", []),
        ("LL113", ">>Q<<\n[ ] a\n[ ] b\n", ["LL113 1:1"]),
        ("LL113", ">>Q<<\n(*) a\n(*) b\n", ["LL113 1:1"]),
        ("LL113", ">>Q<<\n\nno answer\n", ["LL113 1:1"]),
        ("LL113", ">>Q<<\n(*) a\n( ) b\n\n>>Q<<\n=== x\n", []),
        ("LL201", "```bash\ndate\n```\n\nYou'll see the following output:\n\n```\nx 1\n```\n", ["LL201 7:1"]),
        ("LL201", "<!-- lectern: sample -->\n```\nx 1\n```\n", ["LL201 2:1"]),
        ("LL201", "You'll see the following output:\n\n```\nx 1\n```\n", []),
        ("LL201", "`a`{{execute}} prints the following output:\n\n```\nx 1\n```\n", []),
        ("LL202", "`a`{{execute}}\n\n<!-- lectern: field:a=integr -->\n```\n{\"a\": 1}\n```\n", ["LL202 3:15"]),
        ("LL202", "`a`{{execute}}\n\n<!-- lectern: smilar -->\n", ["LL202 3:15"]),
        ("LL202", "`a`{{execute}}\n\n<!-- lectern: field:a=integer -->\n```\n{\"a\": 1}\n```\n", []),
    ])
    func pages(code: String, markdown: String, expected: [String]) {
        #expect(lint(markdown, only: code) == expected)
    }
}
