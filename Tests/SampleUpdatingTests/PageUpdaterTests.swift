import LessonMarkdown
import Lessons
import SampleUpdating
import Testing

@Suite struct PageUpdaterTests {
    @Test func aCommandWithoutASampleGetsOneInOurWords() {
        let page = "Say hello:\n\n`echo hello`{{execute}}\n\nThat was all.\n"
        let result = update(page, ["hello"])
        #expect(
            text(result)
                == "Say hello:\n\n`echo hello`{{execute}}\n\nYou'll get the following output:\n\n```\nhello\n```\n\nThat was all.\n"
        )
        #expect(result.written.map(\.kind) == [.added])
    }

    @Test func valuesThatChangeFromRunToRunMakeTheWordingSimilar() {
        let result = update("`uuidgen`{{execute}}\n", ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"])
        #expect(text(result).contains("You'll get output similar to the following:"))
    }

    @Test func aSampleThatHoldsStaysAsItIs() {
        let page = "`uuidgen`{{execute}}\n\n```\n0d2fe3d8-56b7-4e2d-a86f-8235e621c9d8\n```\n"
        let result = update(page, ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"])
        #expect(text(result) == page)
        #expect(result.written.isEmpty && result.problems.isEmpty)
        let fresh = update(page, ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"], options: .init(refreshes: true))
        #expect(fresh.written.map(\.kind) == [.refreshed])
        #expect(text(fresh).contains("89339b04"))
    }

    @Test func movedValuesAreDriftAndOtherWordsAreChanges() {
        let page = "`wc -l a`{{execute}}\n\n```\n12 a\n```\n"
        #expect(update(page, ["14 a"]).written.map(\.kind) == [.drifted])
        #expect(update(page, ["14 b"]).written.map(\.kind) == [.changed])
        let declined = update(page, ["14 b"], accepting: [.drifted])
        #expect(declined.written.isEmpty)
        #expect(declined.declined.map(\.kind) == [.changed])
        #expect(text(declined) == page)
    }
}

/// Updates a page whose actions printed these texts, one after the other.
func update(
    _ page: String, _ outputs: [String?], options: PageUpdater.Options = .init(),
    accepting kinds: Set<SampleChange.Kind> = Set(SampleChange.Kind.allCases)
) -> PageUpdate {
    let observations = outputs.enumerated().compactMap { index, text in
        text.map { ObservedOutput(action: index, text: $0) }
    }
    return PageUpdater(bytes: Array(page.utf8), file: "page.md", observations: observations, options: options)
        .update(accepting: kinds)
}

func text(_ update: PageUpdate) -> String { String(decoding: update.bytes, as: UTF8.self) }
