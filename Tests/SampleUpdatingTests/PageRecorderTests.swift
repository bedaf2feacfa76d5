import LessonMarkdown
import Lessons
import SampleUpdating
import Testing

@Suite struct PageRecorderTests {
    @Test func aCommandWithoutASampleGetsOneInOurWords() {
        let page = "Say hello:\n\n`echo hello`{{execute}}\n\nThat was all.\n"
        let recording = record(page, ["hello"])
        #expect(
            text(recording)
                == "Say hello:\n\n`echo hello`{{execute}}\n\nYou'll get the following output:\n\n```\nhello\n```\n\nThat was all.\n"
        )
        #expect(recording.written.map(\.kind) == [.added])
    }

    @Test func valuesThatChangeFromRunToRunMakeTheWordingSimilar() {
        let recording = record("`uuidgen`{{execute}}\n", ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"])
        #expect(text(recording).contains("You'll get output similar to the following:"))
    }

    @Test func aSampleThatHoldsStaysAsItIs() {
        let page = "`uuidgen`{{execute}}\n\n```\n0d2fe3d8-56b7-4e2d-a86f-8235e621c9d8\n```\n"
        let recording = record(page, ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"])
        #expect(text(recording) == page)
        #expect(recording.written.isEmpty && recording.problems.isEmpty)
        let fresh = record(page, ["89339b04-9c99-44cc-b0a6-ad8a5bba82e3"], options: .init(refreshes: true))
        #expect(fresh.written.map(\.kind) == [.refreshed])
        #expect(text(fresh).contains("89339b04"))
    }

    @Test func movedValuesAreDriftAndOtherWordsAreChanges() {
        let page = "`wc -l a`{{execute}}\n\n```\n12 a\n```\n"
        #expect(record(page, ["14 a"]).written.map(\.kind) == [.drifted])
        #expect(record(page, ["14 b"]).written.map(\.kind) == [.changed])
        let declined = record(page, ["14 b"], accepting: [.drifted])
        #expect(declined.written.isEmpty)
        #expect(declined.declined.map(\.kind) == [.changed])
        #expect(text(declined) == page)
    }
}

/// Records a page whose actions printed these texts, one after the other.
func record(
    _ page: String, _ outputs: [String?], options: PageRecorder.Options = .init(),
    accepting kinds: Set<SampleChange.Kind> = Set(SampleChange.Kind.allCases)
) -> PageRecording {
    let observations = outputs.enumerated().compactMap { index, text in
        text.map { ObservedOutput(action: index, text: $0) }
    }
    return PageRecorder(bytes: Array(page.utf8), file: "page.md", observations: observations, options: options)
        .recording(accepting: kinds)
}

func text(_ recording: PageRecording) -> String { String(decoding: recording.bytes, as: UTF8.self) }
