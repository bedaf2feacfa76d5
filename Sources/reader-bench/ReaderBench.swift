import ArgumentParser

/// What reading lessons costs, and whether any input upsets it.
@main
struct ReaderBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader-bench",
        abstract: "Measures reading and linting, and feeds the reader what nobody would write.",
        subcommands: [ReadCommand.self, FuzzCommand.self, GrowthCommand.self])
}
