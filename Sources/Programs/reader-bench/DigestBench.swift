import ArgumentParser
import Diagnostics
import LessonLinting
import LessonMarkdown
import Lessons
import PageCorpus

/// `reader-bench digest`: a number for all that is made of each page, so that two builds can be compared.
struct DigestBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Print a number for all that is made of each page; builds that agree print the same.",
        discussion: "The linter looks links up beside the page: run both builds in the same directory.")

    @Option(help: "How many generated pages, sound and damaged.") var count = 10_000
    @Option(help: "The first page's seed; the next have the next ones.") var seed: UInt64 = 1
    @Flag(help: "Print the values themselves too.") var values = false
    @Argument(help: "Markdown files to read too.") var files: [String] = []

    func run() {
        for number in 0..<UInt64(count) {
            let seed = seed &+ number
            var generator = PageGenerator(seed: seed)
            let bytes =
                switch number % 4 {
                case 0: generator.noise(atMost: 400)
                case 1: Array(generator.page(bytes: 2000).utf8)
                default: generator.damaged(Array(generator.page(bytes: 600).utf8))
                }
            tell("seed \(seed)", SourceText(bytes: Array(String(decoding: bytes, as: UTF8.self).utf8), file: "page.md"))
        }
        for file in files {
            if let source = try? LessonFile.source(at: file) { tell(file, source) }
        }
    }

    private func tell(_ name: String, _ source: SourceText) {
        let description = describe(source).joined(separator: "\n")
        if values { print("\(name):\n\(description)") }
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in description.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        print("\(name): \(String(digest, radix: 16))")
    }

    private func describe(_ source: SourceText) -> [String] {
        let (page, outline) = LessonReader().outlinedPage(source, role: .alone)
        let plain = LessonReader().page(source, role: .alone)
        return ["\(plain == page)", page.title] + describe(page) + describe(outline) + problems(of: source)
    }

    private func describe(_ page: Page) -> [String] {
        var lines = page.actions.map { "\($0)" }
        for sample in page.samples {
            let classes = sample.directives.fieldClasses.sorted { $0.key < $1.key }
            lines.append("\(sample.place) \(sample.text) \(sample.action) \(sample.wording)")
            lines.append("\(sample.isElided) \(sample.directives.comparison) \(classes)")
        }
        lines += page.links.map { "\($0)" } + page.warnings.map { "\($0)" }
        return lines + page.fileBlocks.map { "\($0)" } + page.quizzes.map { "\($0)" }
    }

    private func describe(_ outline: PageOutline) -> [String] {
        var lines = outline.actions.map { "\($0)" } + outline.samples.map { "\($0.map { "\($0)" } ?? "none")" }
        lines += outline.prose.map { "\($0)" } + outline.headings.map { "\($0)" } + outline.codes.map { "\($0)" }
        lines += outline.macros.map { "\($0)" } + outline.links.map { "\($0)" } + outline.blocks.map { "\($0)" }
        for comment in outline.comments {
            let classes = comment.fieldClasses.sorted { $0.key < $1.key }
            lines.append("\(comment.range) \(comment.ignoredCodes) \(classes)")
        }
        lines += outline.fileBlocks.map { "\($0)" } + outline.quizzes.map { "\($0)" }
        return lines + outline.orphanedSamples.map { "\($0)" }
    }

    private func problems(of source: SourceText) -> [String] {
        let problems = Linter().lint(markdown: source.string(0..<source.bytes.count), file: source.file)
        return problems.flatMap { problem in
            [
                "\(problem.rule.code) \(problem.severity) \(problem.place) \(problem.end)", problem.message,
                problem.remedy ?? "", problem.excerpt,
            ] + (problem.fix?.edits ?? []).map { "\($0.range) \($0.replacement)" }
        }
    }
}
