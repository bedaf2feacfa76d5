import ArgumentParser

/// Measures what Lectern does with texts alone, without a lab: each subcommand one part of it.
///
/// Times are of this machine as it is now; compare figures of one run with each other. Exit status 1 when a figure lies
/// above its bound.
@main
struct LessonBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lesson-bench",
        abstract: "Measure the reading and the matching of lessons.",
        subcommands: [MatchBench.self, CorpusBench.self, PairsBench.self, PatternBench.self])
}
