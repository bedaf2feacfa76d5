import Diagnostics
import LessonMarkdown
import Lessons

/// A page that is being updated: the changes so far, each of them tried.
struct PageDraft {
    private let source: [UInt8]
    private let original: Page
    private var edits: [SampleChange.Edit] = []
    private(set) var bytes: [UInt8]
    private var written: [SampleChange] = []
    /// What the reader must make of the page, sample by sample.
    private var expected: [Reading]

    private struct Reading: Equatable {
        var action: Int
        var text: String
        var wording: Wording?
    }

    init(_ page: Page, bytes: [UInt8]) {
        source = bytes
        self.bytes = bytes
        original = page
        expected = page.samples.map(Self.reading)
    }

    /// What was taken in, in the order of the page.
    var changes: [SampleChange] { written.sorted { $0.place < $1.place } }

    /// Takes in a change if the page is then read as before but for the change itself.
    ///
    /// - Parameter variants: Other ways to write it, tried in turn.
    mutating func take(_ change: SampleChange, _ variants: [SampleChange.Edit]) -> Bool {
        for edit in [change.edit] + variants {
            let edits = (edits + [edit]).sorted { $0.range.lowerBound < $1.range.lowerBound }
            let bytes = Self.apply(edits, to: source)
            let page = LessonReader().page(SourceText(bytes: bytes, file: original.file), role: .alone)
            guard let expected = samples(after: change, in: page),
                page.warnings.count <= original.warnings.count
            else { continue }
            self.edits = edits
            self.bytes = bytes
            self.expected = expected
            written.append(change)
            return true
        }
        return false
    }

    /// The samples that the page should have now; `nil` when it has others.
    private func samples(after change: SampleChange, in page: Page) -> [Reading]? {
        guard page.actions.map(\.text) == original.actions.map(\.text) else { return nil }
        let found = page.samples.map(Self.reading)
        if change.kind == .added {
            guard let action = original.actions.firstIndex(where: { $0.place == change.place }),
                let index = found.firstIndex(where: { $0.action == action }),
                found[index].text == change.after.text
            else { return nil }
            var others = found
            others.remove(at: index)
            return others == expected ? found : nil
        }
        guard found.count == expected.count else { return nil }
        let differing = found.indices.filter { found[$0] != expected[$0] }
        // A change that the reader sees nowhere is none.
        guard differing.count == 1, let index = differing.first, found[index].action == expected[index].action,
            found[index].wording == expected[index].wording, found[index].text == change.after.text
        else { return nil }
        return found
    }

    private static func reading(_ sample: Sample) -> Reading {
        Reading(action: sample.action, text: sample.text, wording: sample.wording)
    }

    private static func apply(_ edits: [SampleChange.Edit], to source: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var end = 0
        for edit in edits {
            bytes += source[end..<edit.range.lowerBound] + edit.bytes
            end = edit.range.upperBound
        }
        return bytes + source[end...]
    }
}
