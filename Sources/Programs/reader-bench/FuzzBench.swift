import ArgumentParser
import PageCorpus

/// `reader-bench fuzz`: many damaged files of lessons, each of which must be read into values that hold together, or be
/// refused with an error that holds together.
struct FuzzBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Read damaged files and noise; a crash names the seed that was last.")

    /// What is read.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case pages
        case compose
        case index

        var target: any FuzzTarget {
            switch self {
            case .pages: PageTarget()
            case .compose: ComposeTarget()
            case .index: IndexTarget()
            }
        }
    }

    @Option(help: "What is read: pages, compose (Compose files) or index (index.json and index.yaml).") var kind = Kind
        .pages
    @Option(help: "How many inputs.") var count = 100_000
    @Option(help: "The first input's seed; the next have the next ones.") var seed: UInt64 = 1
    @Option(help: "Refuse an input that takes longer, in milliseconds of the processor.") var patience = 2000.0

    func run() throws {
        let target = kind.target
        var slowest = (time: 0.0, seed: UInt64(0), size: 0)
        var bytes = 0
        var refused = 0
        let start = Usage.processorTime
        for number in 0..<UInt64(count) {
            let seed = seed &+ number
            let input = target.input(seed: seed)
            let began = Usage.processorTime
            do {
                if try !target.read(input, seed: seed) { refused += 1 }
            } catch {
                print(String(decoding: input, as: UTF8.self).debugDescription)
                throw error
            }
            let time = Usage.processorTime - began
            if time > slowest.time { slowest = (time, seed, input.count) }
            guard time * 1000 <= patience else {
                throw ValidationError("seed \(seed): took \((time * 1000).rounded(to: 0)) ms for \(input.count) bytes")
            }
            bytes += input.count
            if number % 200_000 == 199_999 { print("\(number + 1) inputs") }
        }
        let total = Usage.processorTime - start
        print(
            "\(count) inputs, \(bytes >> 20) MiB in \(total.rounded(to: 1)) s, \(refused) refused; slowest "
                + "\((slowest.time * 1000).rounded(to: 2)) ms (seed \(slowest.seed), \(slowest.size) bytes)")
    }
}

/// One kind of input that a lesson brings.
protocol FuzzTarget {
    /// The same for the same seed.
    func input(seed: UInt64) -> [UInt8]
    /// Reads it and looks at what came out.
    ///
    /// - Returns: `false` for an input that was refused, as it should be.
    /// - Throws: `ValidationError` naming the seed when what came out doesn't hold together.
    func read(_ input: [UInt8], seed: UInt64) throws -> Bool
}
