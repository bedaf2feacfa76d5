import Diagnostics
import Foundation
import Lessons
import Testing

@Suite struct ObservedVariationTests {
    private func page(_ name: String, command: String, sample: String) -> Page {
        var page = Page(role: .step(1), title: name, file: "lesson/\(name)", actions: [], samples: [])
        page.actions = [Action(place: SourcePlace(file: page.file, line: 1), text: command)]
        page.samples = [
            Sample(place: SourcePlace(file: page.file, line: 3), text: sample, action: 0, wording: .exact)
        ]
        return page
    }

    private func variation(of page: Page, lines: [String] = ["{integer}"]) -> ObservedVariation {
        ObservedVariation(
            runs: 3,
            samples: [
                ObservedSample(
                    page: "a.md", command: page.actions[0].text, digest: page.digest(of: page.samples[0]), lines: lines)
            ])
    }

    @Test func aChangedCommandOrSampleMakesItStale() {
        let original = page("a.md", command: "wc -l x", sample: "3")
        let variation = variation(of: original)
        #expect(variation.stale(on: [("a.md", original)]).isEmpty)
        #expect(variation.stale(on: [("a.md", page("a.md", command: "wc -c x", sample: "3"))]).count == 1)
        #expect(variation.stale(on: [("a.md", page("a.md", command: "wc -l x", sample: "4"))]).count == 1)
        #expect(variation.stale(on: [("b.md", original)]).count == 1)
    }

    @Test func theDigestIsTheSameEverywhere() {
        let page = page("a.md", command: "wc -l x", sample: "3")
        #expect(page.digest(of: page.samples[0]) == "2327473854b4ebd5")
    }

    @Test func onlySamplesThatAreAsTheyWereGetTheirShapes() {
        let original = page("a.md", command: "wc -l x", sample: "3")
        let changed = page("b.md", command: "wc -l x", sample: "4")
        let scenario = Scenario(directory: "lesson", title: "", pages: [original, changed], settings: .init())
        let applied = scenario.applying(variation(of: original))
        #expect(applied.pages[0].samples[0].observed == ObservedShapes(runs: 3, lines: ["{integer}"]))
        #expect(applied.pages[1].samples[0].observed == nil)
    }

    @Test func theFileOfASinglePageLiesBesideIt() {
        var page = page("a.md", command: "", sample: "")
        page.role = .alone
        page.file = "notes/a.md"
        let scenario = Scenario(directory: "notes/a.md", title: "", pages: [page], settings: .init())
        #expect(scenario.fileDirectory == "notes")
        #expect(scenario.name(of: page) == "a.md")
    }

    @Test func whatIsWrittenIsReadBackAndOtherSchemasAreRefused() throws {
        let variation = variation(of: page("a.md", command: "wc -l x", sample: "3"))
        let text = try variation.jsonText()
        #expect(try ObservedVariation(json: Data(text.utf8)) == variation)
        let later = text.replacing("\"schemaVersion\" : 1", with: "\"schemaVersion\" : 2")
        #expect(later != text)
        #expect(throws: DecodingError.self) { try ObservedVariation(json: Data(later.utf8)) }
        #expect(throws: DecodingError.self) { try ObservedVariation(json: Data("[]".utf8)) }
    }
}
