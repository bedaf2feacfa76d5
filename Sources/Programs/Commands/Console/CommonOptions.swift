public import ArgumentParser

extension Console.Progress: ExpressibleByArgument {}

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How progress is shown: auto, plain or none.", valueName: "how"))
    var progress: Console.Progress = .auto

    var console: Console { Console(progress: progress) }
}
