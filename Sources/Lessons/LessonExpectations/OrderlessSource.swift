public import Lessons

/// Commands whose lines come in no order that they promise.
///
/// Everything else keeps its order, a SELECT without ORDER BY included: the stores of a lesson answer in the order of
/// their keys, and a page that shows rows means them so.
enum OrderlessSource {
    /// Whether the lines of the command come in the order of a directory, of an environment or of parallel work.
    static func givesNoOrder(_ command: String) -> Bool {
        guard !command.contains(where: \.isNewline), !command.contains(";"), !command.contains("&&") else {
            return false
        }
        let stages = command.split(separator: "|", omittingEmptySubsequences: false).map { stage in
            stage.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        // Filters keep what order there is; anything else, `sort` above all, gives one of its own.
        guard let source = stages.first, stages.dropFirst().allSatisfy({ filters.contains($0.first ?? "") }),
            let program = source.first
        else { return false }
        let options = source.dropFirst().filter { $0.hasPrefix("-") }
        switch program {
        case "find": return true
        case "env", "printenv": return source.count == 1
        case "ls": return options.contains { !$0.hasPrefix("--") && ($0.contains("U") || $0.contains("f")) }
        case "grep": return options.contains { $0 == "--recursive" || isShort($0, with: "rR") }
        case "xargs": return options.contains { isShort($0, with: "P") }
        default: return false
        }
    }

    private static let filters: Set<String> = ["grep", "sed", "cut", "tr", "cat"]

    private static func isShort(_ option: String, with letters: String) -> Bool {
        !option.hasPrefix("--") && option.contains(where: letters.contains)
    }
}

extension ParsedSample {
    /// The sample of an action: what the author wrote, and that some commands print their lines in no order.
    ///
    /// - Parameters:
    ///   - isOnly: The sample shows all that the command prints; a part of it is compared as it is.
    ///   - sentence: The words before the sample, as a reader sees them.
    public init(_ sample: Sample, of command: String, isOnly: Bool, sentence: String = "") {
        var directives = sample.directives
        directives.comparison = sample.comparison
        if isOnly, OrderlessSource.givesNoOrder(command) { directives.isUnordered = true }
        self.init(
            documented: sample.text, wording: sample.wording, directives: directives,
            context: SampleContext(command: command, sentence: sentence, isQuoted: sample.isQuoted))
    }
}
