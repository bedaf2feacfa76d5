import Diagnostics
import LessonLinting
import Lessons
import Testing

@Suite struct SuppressionTests {
    @Test func aCommentStandsForTheBlockAfterIt() {
        #expect(
            lint("<!-- lectern: ignore LL401 -->\nTODO: one\nTODO: two\n\nTODO: three\n", only: "LL401") == [
                "LL401 5:1"
            ])
    }

    @Test func behindTextItStandsForItsLine() {
        #expect(lint("TODO: one <!-- lectern: ignore LL401 -->\nTODO: two\n", only: "LL401") == ["LL401 2:1"])
    }

    @Test func oneCommentMayNameSeveralCodes() {
        #expect(lint("<!-- lectern: ignore LL401, LL107 -->\nTODO: run{{execute}}\n").isEmpty)
    }

    @Test func ignoringASampleStaysWhatItWas() {
        #expect(lint("`a`{{execute}}\n\n<!-- lectern: ignore -->\n```\nx\n```\n").isEmpty)
    }

    @Test func whatIgnoresNothingIsANote() {
        let found = problems("<!-- lectern: ignore LL401 -->\ntext\n")
        #expect(found.map(\.rule.code) == ["LL203"])
        #expect(found.map(\.severity) == [.note])
        #expect(found.first?.place.column == 22)
    }

    @Test func codesThatDoNotExistAreErrors() {
        #expect(lint("<!-- lectern: ignore LL999 -->\ntext\n") == ["LL202 1:22"])
    }

    @Test func nothingIsSaidOfRulesThatDidNotRun() {
        #expect(
            Linter(
                configuration: .init(
                    ignored: [Rule.named("LL401")].compactMap(\.self).reduce(into: []) { $0.insert($1) })
            )
            .lint(markdown: "<!-- lectern: ignore LL401 -->\nTODO: x\n", file: "p.md").isEmpty)
    }
}
