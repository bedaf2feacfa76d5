import ArgumentParser

/// What reading lessons costs, and whether any input upsets it.
@main
struct ReaderBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader-bench",
        abstract: "Measure reading and linting, and feed the reader what nobody would write.",
        subcommands: [ReadBench.self, FuzzBench.self, GrowthBench.self, DigestBench.self])
}
