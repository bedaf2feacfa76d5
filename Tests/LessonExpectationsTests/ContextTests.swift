import Lessons
import SampleCorpus
import Testing

@testable import LessonExpectations

/// Samples that are judged by what was typed and by the sentence before them.
struct ContextTests {
    private static func comparison(_ entry: CorpusEntry, _ output: String) -> Comparison {
        ParsedSample(
            documented: entry.documented, wording: entry.wording,
            context: SampleContext(command: entry.command, sentence: entry.sentence)
        ).compare(with: output)
    }

    @Test("what an instructor would accept is accepted", arguments: CorpusEntry.inContext)
    func accepted(_ entry: CorpusEntry) {
        for (index, output) in entry.outputs.enumerated() {
            let comparison = Self.comparison(entry, output)
            #expect(comparison.matches, "\(entry.name), output \(index + 1): \(comparison.explanation())")
        }
    }

    @Test("what an instructor would not accept is caught", arguments: CorpusEntry.inContext)
    func caught(_ entry: CorpusEntry) {
        for (index, output) in entry.wrong.enumerated() {
            let comparison = Self.comparison(entry, output)
            #expect(!comparison.matches, "\(entry.name), wrong \(index + 1): \(comparison.notes)")
        }
    }

    @Test("a host that the page names may not be another inside of a value, and its dates may")
    func namedParts() {
        let context = SampleContext(
            command: "openssl x509 -in shop.pem -noout -subject -dates",
            sentence: "The certificate was made for shop.example:")
        let sample = ParsedSample(
            documented: "subject=CN = shop.example, O = Shop\nnotBefore=Mar  3 17:20:00 2026 GMT", wording: .similar,
            context: context)
        #expect(sample.compare(with: "subject=CN = shop.example, O = Shop\nnotBefore=Nov 30 14:54:59 2026 GMT").matches)
        let other = sample.compare(with: "subject=CN = localhost, O = Shop\nnotBefore=Nov 30 14:54:59 2026 GMT")
        #expect(other.differences.first?.sentence.contains("expected \"shop.example\"") == true)
    }

    @Test("the corpus of contexts is there")
    func size() { #expect(CorpusEntry.inContext.count >= 30) }

    @Test("an acceptance that used a rule says which one, and says nothing else")
    func notes() {
        let context = SampleContext(command: "./grind", sentence: "The sacks are ground:")
        let sample = ParsedSample(documented: "sack 1 ground\nsack 2 ground", wording: .exact, context: context)
        #expect(sample.compare(with: "sack 1 ground\nsack 2 ground\n").notes.isEmpty)
        #expect(
            sample.compare(with: "Warning: stone is worn\nsack 1 ground\nsack 2 ground\n").notes == [
                "1 line before the sample's is not shown on the page"
            ])
        #expect(sample.compare(with: "sack 1 ground\n").notes.isEmpty)
    }

    @Test(
        "a sentence says which part of the output a sample shows",
        arguments: [
            ("You should see the following:", SampleAnnouncement.Extent.whole), ("The list should include:", .part),
            ("You'll see, among others:", .part), ("The first few lines are:", .beginning), ("It ends with:", .end),
        ])
    func extents(sentence: String, extent: SampleAnnouncement.Extent) {
        #expect(SampleAnnouncement(sentence: sentence).extent == extent)
    }
}
