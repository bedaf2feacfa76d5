import LessonMarkdown
import Lessons
import PageCorpus
import Testing

/// The fuzzer damages these: were they refused as they are, it would see little of the reader.
@Test("index files that the fuzzer damages are read as they are", arguments: FileConstructs.index)
func soundIndex(text: String) throws {
    _ = try LessonReader().scenario(index: Array(text.utf8), file: "index.json")
}
