import ArgumentParser
import LessonMarkdown
import Lessons
import PageCorpus

/// `reader-bench fuzz`: many damaged pages, each of which must be read into values that hold together.
struct FuzzBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Read damaged pages and noise; a crash names the seed that was last.")

    @Option(help: "How many inputs.") var count = 100_000
    @Option(help: "The first input's seed; the next have the next ones.") var seed: UInt64 = 1

    func run() throws {
        var slowest = (time: 0.0, seed: UInt64(0), size: 0)
        var bytes = 0
        let start = Usage.processorTime
        for number in 0..<UInt64(count) {
            let seed = seed &+ number
            var generator = PageGenerator(seed: seed)
            let input: [UInt8]
            switch number % 3 {
            case 0: input = generator.noise(atMost: 400)
            case 1: input = generator.damaged(Array(generator.page(bytes: 300).utf8))
            default: input = generator.damaged(Array((Constructs.all[Int(seed % UInt64(Constructs.all.count))]).utf8))
            }
            let began = Usage.processorTime
            let page = LessonReader().page(markdown: String(decoding: input, as: UTF8.self), file: "page.md")
            let time = Usage.processorTime - began
            if time > slowest.time { slowest = (time, seed, input.count) }
            bytes += input.count
            try check(page, of: input, seed: seed)
            if number % 200_000 == 199_999 { print("\(number + 1) inputs") }
        }
        let total = Usage.processorTime - start
        print(
            "\(count) inputs, \(bytes >> 20) MiB in \(total.rounded(to: 1)) s; slowest \((slowest.time * 1000).rounded(to: 2)) ms "
                + "(seed \(slowest.seed), \(slowest.size) bytes)")
    }

    private func check(_ page: Page, of input: [UInt8], seed: UInt64) throws {
        let lines = 1...(input.count + 1)
        let places =
            page.actions.map(\.place) + page.expectations.map(\.place) + page.warnings.map(\.place)
            + page.links.map(\.place) + page.fileBlocks.map(\.place) + page.quizzes.map(\.place)
        let holds =
            places.allSatisfy { lines.contains($0.line) && $0.column >= 1 }
            && page.expectations.allSatisfy { page.actions.indices.contains($0.action) }
        guard holds else { throw ValidationError("seed \(seed): the page's values don't hold together") }
    }
}
