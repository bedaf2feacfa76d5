import LessonMarkdown
import Lessons
import PageCorpus
import Testing

@Suite struct OutlineTests {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func anOutlineChangesNothingAndHasOnePartForEachActionAndSample(seed: UInt64) {
        var generator = PageGenerator(seed: seed)
        let bytes = generator.damaged(Array(generator.page(bytes: 800).utf8))
        let source = SourceText(bytes: Array(String(decoding: bytes, as: UTF8.self).utf8), file: "page.md")
        let (page, outline) = LessonReader().outlinedPage(source, role: .alone)
        #expect(page == LessonReader().page(source, role: .alone))
        #expect(outline.actions.count == page.actions.count)
        #expect(outline.samples.count == page.samples.count)
        #expect(outline.blocks.map(\.range.lowerBound) == outline.blocks.map(\.range.lowerBound).sorted())
    }

    @Test func partsOfQuotedAndNestedLinesAreWhereTheyStand() {
        let text = "> - see `ls`{{execute}}\r\n>   and [there](./b.md) with `a\r\n>   b` too"
        let source = SourceText(bytes: Array(text.utf8), file: "page.md")
        let outline = LessonReader().outlinedPage(source, role: .alone).outline
        #expect(outline.codes.map { source.string($0.range) } == ["`ls`", "`a\r\n>   b`"])
        #expect(outline.codes.map(\.text) == ["ls", "a\nb"])
        #expect(outline.macros.map { source.string($0.range) } == ["{{execute}}"])
        #expect(outline.links.map { source.string($0.range) } == ["./b.md"])
        #expect(outline.margin(ofBlockAt: 4) == ">   ")
        #expect(outline.margin(ofBlockAt: 5) == "")
    }
}
