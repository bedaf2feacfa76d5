import ArgumentParser
import LessonMarkdown
import PageCorpus

/// `reader-bench growth`: time for each pathological pattern, at sizes that double.
struct GrowthBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth", abstract: "Time how reading grows with the size of pathological pages.")

    @Option(help: "The largest page, in bytes.") var largest = 1 << 20

    func run() {
        print("pattern                        \(largest / 4)     \(largest / 2)       \(largest) bytes, ms   growth")
        for (name, unit) in Pathologies.all {
            let times = [largest / 4, largest / 2, largest].map { size -> Double in
                let text = "`first`{{execute}}\n\n" + String(repeating: unit, count: size / unit.utf8.count)
                let start = Usage.processorTime
                _ = LessonReader().page(markdown: text, file: "page.md")
                return (Usage.processorTime - start) * 1000
            }
            let figures = times.map { time in
                let text = time.rounded(to: 1)
                return String(repeating: " ", count: max(0, 10 - text.count)) + text
            }
            let growth = (times[2] / max(times[0], 0.001)).rounded(to: 1)
            print(name + String(repeating: " ", count: max(1, 26 - name.count)) + figures.joined() + "   ×" + growth)
        }
    }
}
