import Diagnostics
import LessonLinting
import Lessons
import Testing

/// What makes a run pass over a part of a lesson is an error, at the place where it was made.
@Suite("Parts of a lesson that would be lost without a word")
struct SilentLossTests {
    private func errors(_ markdown: String) -> [String] {
        problems(markdown).filter { $0.severity == .error }.map { "\($0.rule.code) \($0.place.line)" }
    }

    @Test(
        "a fence that was left open is an error where it opens, once it swallows macros",
        arguments: [
            // The last fence opens a block; the one in line 3 lacks its end.
            ("`pwd`{{execute}}\n\n```\n/root\n\n`ls`{{execute}}\n\nShows:\n\n```\na\n```\n", 3),
            ("```\nalpha\n\n`cd /tmp`{{execute T2}}\n", 1),
            // Two are left open, so that all of them pair up.
            ("Shows:\n\n```\na\n\n`b`{{copy}}\n\nAnd shows:\n\n```\nc\n", 3),
            ("```json\n{}\n\n`curl -s x`{{execute}}\n\n```json\n[]\n```\n", 1),
            // The next command's block ends it, and loses its own macro.
            ("You get:\n\n```\nhello\n\nNow list:\n\n```\nls /\n```{{execute}}\n", 3),
            ("~~~\nx\n\n~~~~ `y`\n\n`z`{{ execute }}\n", 1),
        ])
    func openFence(markdown: String, line: Int) { #expect(errors(markdown).first == "LL101 \(line)") }

    @Test(
        "a block that shows macros on purpose is none",
        arguments: [
            "Write it so:\n\n```markdown\n`ls`{{execute}}\n```\n\n`ls`{{execute}}\n",
            "Write it so:\n\n```\n`ls`{{execute}}\n```\n\n`ls`{{execute}}\n",
            "````\n```\nls\n```{{execute}}\n````\n\n`ls`{{execute}}\n",
            "`ls`{{execute}}\n\n```\na {{name}} b\n\n```\n",
        ])
    func shownMacros(markdown: String) { #expect(errors(markdown) == []) }

    @Test("an open fence that swallows no macro is a warning")
    func harmless() { #expect(problems("`ls`{{execute}}\n\n```\na\n").map(\.severity) == [.warning]) }

    @Test(
        "a misspelt macro is an error, and so is a page without any that is known",
        arguments: [
            ("`ls`{{execute}} `id`{{exceute}}\n", ["LL104 1"]),
            ("`ls`{{run}}\n\n`id`{{start}}\n", ["LL104 1", "LL104 3"]),
            ("`ls`{{execute}} `id`{{run}}\n", []),
        ])
    func macros(markdown: String, expected: [String]) { #expect(errors(markdown) == expected) }

    @Test(
        "a misspelt key is an error where it decides what is run, and a warning where it describes",
        arguments: [
            ("backgruond", Severity.error), ("verfy", .error), ("foregroundd", .error), ("ansver", .error),
            ("hitn", .error),
            ("credit", .warning),
        ])
    func keys(key: String, severity: Severity) throws {
        let directory = try scenario("`ls`{{execute}}\n", step: "\"\(key)\": \"a.sh\"", files: ["a.sh": "ls\n"])
        let found = try linter(only: "LL005").lint(scenario: directory.path)
        #expect(found.map(\.severity) == [severity])
    }

    @Test("a notebook is an error at its type")
    func notebook() throws {
        let directory = try scenario("Open it.\n", root: "\n\"type\": \"jupyter-notebook@2\",")
        let found = try linter().lint(scenario: directory.path).filter { $0.severity == .error }
        #expect(found.map { "\($0.rule.code) \($0.place.line)" } == ["LL020 3"])
    }

    @Test(
        "a lesson in which nothing can be verified is an error, unless a page has something",
        arguments: [
            ("Only read.\n", ["LL021"]), ("`ls`{{copy}}\n", ["LL021"]), ("[a](https://example.org)\n", ["LL021"]),
            ("`ls`{{execute}}\n", []), (">>Why?<<\n=== so\n", []),
            ("<pre class=\"file\" data-filename=\"a\">b</pre>\n", []),
        ])
    func nothing(page: String, expected: [String]) throws {
        let directory = try scenario(page)
        let found = try linter(only: "LL021").lint(scenario: directory.path)
        #expect(found.map(\.rule.code) == expected)
    }

    @Test("a script makes something to verify")
    func script() throws {
        let directory = try scenario("Read.\n", step: "\"verify\": \"v.sh\"", files: ["v.sh": "#!/bin/sh\nexit 1\n"])
        #expect(try linter(only: "LL021").lint(scenario: directory.path).isEmpty)
    }

    @Test("an empty page is an error, and a page with a heading alone a note")
    func empty() {
        #expect(problems("", only: "LL010").map(\.severity) == [.error])
        #expect(problems("\n<!-- later -->\n", only: "LL010").map(\.severity) == [.error])
        #expect(problems("# Finish\n", only: "LL010").map(\.severity) == [.note])
    }

    @Test("an intro or a finish that nobody wrote is a warning: no part of the lesson is lost with it")
    func emptyFrame() throws {
        let directory = try scenario(
            "`ls`{{execute}}\n", details: "\"intro\": {\"text\": \"intro.md\"}, \"finish\": {\"text\": \"end.md\"},",
            files: ["intro.md": "", "end.md": "\n"])
        #expect(try directory.problems(only: "LL010").map(\.severity) == [.warning, .warning])
    }
}
