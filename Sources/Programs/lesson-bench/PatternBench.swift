import ArgumentParser
import PatternFuzz

/// `lesson-bench patterns`: random regular expressions, held against what their structure says.
struct PatternBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patterns", abstract: "Try the matcher of authors' expressions at random.")

    @Option(help: "How many random pairs of an expression and a line.") var rounds = 10_000_000
    @Option(help: "Another seed gives other pairs.") var seed: UInt64 = 1

    func run() throws {
        var fuzz = PatternFuzz(seed: seed)
        var read = 0
        for _ in 0..<max(1, rounds / 100_000) where fuzz.firstDisagreement == nil {
            fuzz.run(min(rounds, 100_000))
            read += fuzz.runDamaged(min(rounds, 100_000))
            print("\(fuzz.compared) compared, \(fuzz.matched) of them matches; as many damaged, \(read) of them read")
        }
        if let disagreement = fuzz.firstDisagreement {
            print(disagreement)
            throw ExitCode(1)
        }
    }
}
