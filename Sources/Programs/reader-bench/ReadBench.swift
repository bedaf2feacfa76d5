import ArgumentParser
import Glibc
import LessonLinting
import LessonMarkdown
import Lessons
import PageCorpus

/// `reader-bench read`: files per second, memory, and how both grow.
struct ReadBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read and lint generated pages, at three numbers of them.")

    @Option(help: "How many pages at most.") var count = 5000
    @Option(help: "How large a page is, in bytes.") var size = 5 << 10
    @Argument(help: "Markdown files whose text goes into the pages too.") var files: [String] = []

    func run() throws {
        let directory = try makeDirectory()
        defer { remove(directory) }
        var pieces = Constructs.all
        for file in files { pieces += try paragraphs(of: file) }
        var generator = PageGenerator(seed: 2026)
        var bytes = 0
        for number in 0..<count {
            let page = Array(generator.page(bytes: size, from: pieces).utf8)
            bytes += page.count
            if number % Self.pagesOfScenario == 0 { mkdir("\(directory)/\(number / Self.pagesOfScenario)", 0o700) }
            try write(page, to: path(number, in: directory))
        }
        print("\(count) pages of \(bytes / count) bytes from \(pieces.count) constructs and paragraphs")
        var isWithinBounds = true
        for part in [count / 4, count / 2, count] {
            var actions = 0
            let time = try measure(part) { number in
                actions += try LessonReader().page(at: path(number, in: directory)).actions.count
            }
            report("read", pages: part, in: time, found: "\(actions) actions")
            isWithinBounds = isWithinBounds && time / Double(part) <= Self.bound * Double(bytes / count) / 5120
        }
        for part in [count / 4, count / 2, count] {
            var problems = 0
            let linter = Linter()
            let time = try measure(part) { number in
                problems += try linter.lint(page: path(number, in: directory)).count
            }
            report("linted", pages: part, in: time, found: "\(problems) problems")
        }
        guard isWithinBounds else {
            print("reading took longer than its bound of \((Self.bound * 1000).rounded(to: 1)) ms for 5 KiB")
            throw ExitCode(1)
        }
    }

    /// Seconds that reading a page of 5 KiB may take.
    private static let bound = 0.0002

    private func measure(_ pages: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        let start = Usage.processorTime
        for number in 0..<pages { try body(number) }
        return Usage.processorTime - start
    }

    private func report(_ what: String, pages: Int, in time: Double, found: String) {
        let each = (time / Double(pages) * 1000).rounded(to: 3)
        print(
            "\(what) \(pages) pages in \(time.rounded(to: 3)) s: \((Double(pages) / time).rounded(to: 0)) a second, \(each) ms each, "
                + "\(found), peak \(Usage.peakMemory >> 20) MiB")
    }

    // MARK: Files

    private func makeDirectory() throws -> String {
        var template = Array("/tmp/reader-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ValidationError("cannot create a temporary directory") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func remove(_ directory: String) {
        for number in 0..<count { unlink(path(number, in: directory)) }
        for number in 0...count / Self.pagesOfScenario { rmdir("\(directory)/\(number)") }
        rmdir(directory)
    }

    /// The linter looks at what lies beside a page: as in a lesson, there are a few others.
    private static let pagesOfScenario = 10

    private func path(_ number: Int, in directory: String) -> String {
        "\(directory)/\(number / Self.pagesOfScenario)/\(number % Self.pagesOfScenario).md"
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw ValidationError("'\(path)' cannot be written") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw ValidationError("'\(path)' cannot be written")
        }
    }

    private func paragraphs(of path: String) throws -> [String] {
        guard let file = fopen(path, "r") else { throw ValidationError("'\(path)' cannot be read") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        // Whole pages by their headings, so that fences stay whole.
        return lines.split(whereSeparator: { $0.hasPrefix("#") }).map { $0.joined(separator: "\n") }
    }
}
