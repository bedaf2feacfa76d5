import Diagnostics
import LessonMarkdown
import Lessons
import Testing

@Suite struct MacroTests {
    @Test func executeAndExecAreSynonymsInAnyCase() {
        let page = read("`a`{{execute}} `b`{{exec}} `c`{{ Execute }} `d`{{EXEC  T2}}")
        #expect(page.texts == ["a", "b", "c", "d"])
        #expect(page.actions.allSatisfy { $0.kind == .execute })
        #expect(page.actions.map(\.terminal) == [nil, nil, nil, 2])
    }

    @Test func wordsComeInAnyOrder() {
        let page = read(
            "`a`{{execute T1 interrupt}}\n`b`{{execute interrupt T3}}\n`c`{{exec HOST2 no-newline}}\n`^C`{{execute ctrl-seq T2}}"
        )
        #expect(page.actions.map(\.kind) == [.interrupt, .interrupt, .execute, .keys])
        #expect(page.actions.map(\.terminal) == [1, 3, nil, 2])
        #expect(page.actions.map(\.host) == [nil, nil, 2, nil])
        #expect(page.actions.map(\.pressesReturn) == [true, true, false, false])
    }

    @Test func otherWordsAreTags() {
        #expect(read("`uname -a`{{execute test-uname}}").actions.first?.tags == ["test-uname"])
    }

    @Test func copyAndOpenAreActions() {
        let page = read("`x`{{copy}} and `src/app.js`{{open}}")
        #expect(page.actions.map(\.kind) == [.copy, .open])
    }

    @Test func emptyBracesAndPlainCodeAreNoActions() {
        let page = read("`a`{{}} `b` `{{.Values.replicas}}` `c`{{.Name}}")
        #expect(page.actions.isEmpty)
        #expect(page.warnings.isEmpty)
    }

    @Test func misspeltVerbsWarnAndSuggest() {
        let page = read("run `ls`{{exeute}}")
        #expect(page.actions.isEmpty)
        #expect(page.problems == ["1:9 warning unknown macro 'exeute'; did you mean 'execute'?"])
    }

    @Test(arguments: ["T0", "T99", "terminal2", "HOST", "T999999999999999999999"])
    func terminalsThatNoOneHasAreErrors(word: String) {
        let page = read("`ls`{{execute \(word)}}")
        #expect(page.warnings.map(\.severity) == [.error])
        #expect(page.warnings.first?.problem.contains("'\(word)'") == true)
    }

    @Test func macrosWithoutCodeWarn() {
        let page = read("click {{execute}} now")
        #expect(page.actions.isEmpty)
        #expect(page.problems == ["1:7 warning the macro follows no code; put it right after the closing backtick"])
    }

    @Test func doubleBackticksHoldSingleOnes() {
        let page = read("``echo `date` ``{{execute}}")
        #expect(page.texts == ["echo `date` "])
        #expect(read("`` `x` ``{{execute}}").texts == ["`x`"])
    }

    @Test func spansMayRunOverLines() {
        let page = read("one\n  `docker run \\\n  -p 80:80 nginx`{{execute}}")
        #expect(page.texts == ["docker run \\\n-p 80:80 nginx"])
        #expect(page.actions.first?.place == SourcePlace(file: "page.md", line: 2, column: 3))
    }

    @Test func escapedBackticksOpenNothing() {
        #expect(read("a \\` b `ls`{{execute}}").texts == ["ls"])
    }

    @Test func columnsCountScalars() {
        #expect(read("Größe: `ls`{{execute}}").actions.first?.place.column == 8)
    }
}
