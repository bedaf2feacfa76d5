import Foundation
import LessonExpectations
import LessonMarkdown
import Lessons
import Testing

/// The examples of the page on authors' comments, each with an output that it accepts and one that it refuses.
@Suite struct AuthorCommentsTests {
    private struct Example {
        var heading: String
        var markdown: String
    }

    /// The first example stands under the overview.
    private static let outputs: [String: (good: String, bad: String)] = [
        "Overview": (#"{"id": 9, "quantity": 3}"#, #"{"id": 9, "quantity": "six"}"#),
        "exact": ("10", "11"), "similar": ("11", "ten"),
        "contains": (
            "one\ncompiling the service\ntwo\nall tests passed\n3 s", "compiling the service\none test failed"
        ),
        "regex": ("toss 1: heads\ntoss 2: tails", "toss 1: heads\ntoss 2: edge"),
        "unordered": ("orders\nproducts\ncustomers", "orders\nproducts"), "optional": ("", "something else"),
        "screen": ("12 let order = try await writeSource.add(newOrder)", "12 return order"),
        "field:PATH=CLASS": (#"{"currency": "EUR", "total": 99.25}"#, #"{"currency": "EUR", "total": "much"}"#),
        "sample": ("replicas: 3", "replicas: three"), "retry": ("order 11", "order 12"),
    ]

    @Test func everyExampleIsReadWithoutAProblem() throws {
        for example in try Self.examples() {
            let page = LessonReader().page(markdown: example.markdown, file: example.heading)
            #expect(page.warnings.isEmpty, "\(example.heading): \(page.warnings)")
            #expect(page.actions.count == 1, "\(example.heading)")
        }
    }

    @Test func everyExampleAcceptsAndRefusesWhatItSays() throws {
        var left = Set(Self.outputs.keys)
        for example in try Self.examples() {
            guard let (good, bad) = Self.outputs[example.heading] else { continue }
            left.remove(example.heading)
            let page = LessonReader().page(markdown: example.markdown, file: example.heading)
            let sample = try #require(page.samples.first, "\(example.heading) has no sample")
            func holds(_ output: String) -> Bool {
                let sample = ParsedSample(
                    documented: sample.text, wording: sample.wording, directives: sample.directives)
                return sample.directives.source == .screen
                    ? sample.compare(withScreen: output.components(separatedBy: "\n")).matches
                    : sample.compare(with: output).matches
            }
            #expect(holds(good), "\(example.heading) refuses \(good)")
            #expect(!holds(bad), "\(example.heading) accepts \(bad)")
        }
        #expect(left.isEmpty, "no example for \(left)")
    }

    @Test func examplesWithoutAComparisonSayWhatTheyShould() throws {
        func page(_ heading: String) throws -> Page {
            let example = try #require(try Self.examples().first { $0.heading == heading })
            return LessonReader().page(markdown: example.markdown, file: heading)
        }
        #expect(try page("ignore").samples.first?.directives.comparison == .ignore)
        #expect(try page("no-sample").samples.isEmpty)
        #expect(try page("retry").actions.first?.directives.retries == true)
        #expect(try page("status").actions.first?.directives.allowedStatuses == [2])
        #expect(try page("timeout").actions.first?.directives.timeout == 300)
    }

    /// What stands between fences of four backticks, under the heading before it.
    private static func examples() throws -> [Example] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Sources/Lessons/LessonMarkdown/LessonMarkdown.docc/AuthorComments.md")
        var examples: [Example] = []
        var heading = ""
        var lines: [String]?
        for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
            if line == "````" {
                if let body = lines {
                    examples.append(Example(heading: heading, markdown: body.joined(separator: "\n")))
                }
                lines = lines == nil ? [] : nil
            } else if lines != nil {
                lines?.append(line)
            } else if line.hasPrefix("## ") || line.hasPrefix("### ") {
                heading = String(line.drop { $0 == "#" }.dropFirst())
            }
        }
        return examples
    }
}
