import Diagnostics
import Lessons

/// A JSON or YAML file of a lesson or a repository, parsed, with the text that its offsets point into.
struct IndexDocument {
    let source: SourceText
    let root: IndexValue

    /// Reads a file beneath a directory; one that ends in `.json` is JSON, any other YAML.
    static func read(_ path: String, in directory: String) throws(LessonError) -> Self {
        let source = try LessonFile.source(path, in: directory, maxSize: LessonFile.maxIndexSize)
        let root = path.hasSuffix(".json") ? try JSONParser.parse(source) : try YAMLIndex.parse(source)
        return Self(source: source, root: root)
    }

    func fault(
        _ problem: String, at offset: Int, code: LessonError.Code = .invalidIndex, remedy: String? = nil
    ) -> LessonError {
        LessonError(code, problem, offset: offset, in: source, remedy: remedy)
    }

    func place(of value: IndexValue) -> SourcePlace {
        var finder = PlaceFinder()
        return finder.place(of: value.offset, in: source)
    }
}
