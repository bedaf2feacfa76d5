import Diagnostics
import LessonLinting
import Lessons
import Testing

@Suite struct ScriptRuleTests {
    private func verify(_ script: String, only code: String) throws -> [String] {
        try scenario(step: "\"verify\": \"v.sh\"", files: ["v.sh": script]).problems(only: code).map {
            "\($0.severity) \($0.place.line)"
        }
    }

    @Test(arguments: [
        ("", ["error 1"]), ("#!/bin/bash\n# nothing\n", ["error 1"]), ("true\n", ["error 1"]),
        ("exit 0\n", ["error 1"]),
        ("echo \"done\"\n", ["error 1"]), ("ls /x\necho \"not done\"\n", ["error 2"]),
        ("if [ -f /x ]; then\n  echo yes\nelse\n  echo no\nfi\n", ["error 5"]),
        ("if [ -f /x ]; then\n  echo done\nelse\n  echo \"not done\"\nfi\n", ["warning 5"]),
        ("stat /x\n", []), ("test -f /x && echo done\n", []), ("if [ ! -f /x ]; then\n  exit 1\nfi\necho ok\n", []),
        ("set -e\nstat /x\necho ok\n", []), ("grep -q a /x || exit 1\nexit 0\n", []),
        ("if [ -f /x ]; then\n  grep a /x\nelse\n  echo no\nfi\n", []),
        ("#!/usr/bin/env python3\nprint('x')\n", []), ("cat <<EOF\necho x\nEOF\ngrep a /x\n", []),
    ])
    func verifyScriptsCanFail(script: String, expected: [String]) throws {
        #expect(try verify(script, only: "LL501") == expected)
    }

    @Test(arguments: [
        ("grep -q a /x\n", ["note 1"]), ("ls\n[[ -f /x ]]\n", ["warning 2"]), ("#!/bin/bash\n[[ -f /x ]]\n", []),
    ])
    func scriptsThatAreRunSayByWhat(script: String, expected: [String]) throws {
        #expect(try verify(script, only: "LL502") == expected)
        let typed = try scenario(step: "\"foreground\": \"v.sh\"", files: ["v.sh": script])
        #expect(try typed.lint(only: "LL502").isEmpty)
    }

    @Test func lineEndsOfWindowsAreReportedOnce() throws {
        #expect(try verify("#!/bin/bash\r\nstat /x\r\n", only: "LL503") == ["warning 1"])
        #expect(try verify("#!/bin/bash\nstat /x\n", only: "LL503").isEmpty)
    }

    @Test func scriptsThatFetchAreReported() throws {
        #expect(
            try verify("#!/bin/bash\ncurl -s https://x.org | grep a\n# pip install x\n", only: "LL504") == ["note 2"])
    }

    @Test func commentsInScriptsIgnoreProblems() throws {
        #expect(try verify("#!/bin/bash\n# lectern: ignore LL501\ntrue\n", only: "LL501").isEmpty)
    }
}
