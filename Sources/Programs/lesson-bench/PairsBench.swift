import ArgumentParser
import FoundationEssentials
import LessonExpectations
import Lessons

/// `lesson-bench pairs`: how many pairs of a documented and an actual output are judged as a person judged them.
struct PairsBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs", abstract: "Judge labelled pairs of a sample and an output, a JSON object a line.")

    @Argument(help: "A file with a pair in each line: documented, actual, mode, command, sentence, verdict, kind.")
    var file: String
    @Flag(help: "Print the rates alone.") var quiet = false

    private struct Pair: Decodable {
        var id: String
        var kind: String
        var mode: String
        var command: String
        var sentence: String
        var documented: String
        var actual: String
        var verdict: String
        var why: String
    }

    func run() throws {
        let lines = try String(contentsOf: URL(filePath: file), encoding: .utf8).split(separator: "\n")
        let pairs = try lines.map { try JSONDecoder().decode(Pair.self, from: Data($0.utf8)) }
        var total: [String: Int] = [:]
        var right: [String: Int] = [:]
        for pair in pairs {
            let sample = ParsedSample(
                documented: pair.documented, wording: pair.mode == "exact" ? .exact : .similar,
                context: SampleContext(command: pair.command, sentence: pair.sentence))
            let comparison = sample.compare(with: pair.actual)
            let isRight = comparison.matches == (pair.verdict == "accept")
            for key in [pair.verdict, "\(pair.verdict) \(pair.kind)"] {
                total[key, default: 0] += 1
                right[key, default: 0] += isRight ? 1 : 0
            }
            if quiet { continue }
            if isRight {
                comparison.notes.forEach { print("  note \(pair.id) (\(pair.verdict)): \($0)") }
            } else {
                print("MISS \(pair.verdict) \(pair.id) \(pair.kind) \(pair.mode): \(pair.why)")
                let reasons = comparison.matches ? comparison.notes : comparison.differences.map(\.sentence)
                reasons.prefix(4).forEach { print("     | \($0)") }
            }
        }
        for key in total.keys.sorted() where !quiet || !key.contains(" ") {
            let (count, all) = (right[key] ?? 0, total[key] ?? 0)
            print("\(key): \(count) of \(all), \(Table.text(Double(count * 100) / Double(all))) %")
        }
    }
}
