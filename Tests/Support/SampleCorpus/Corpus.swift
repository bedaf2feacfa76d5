import Foundation
package import Lessons

/// A sample of the corpus: what was documented, and outputs of honest runs of the same program.
///
/// The files in `Tests/Corpus` hold the real output of real programs: the sample under a line that gives the wording and
/// the program, then each output under a line of its own.
package struct CorpusEntry: Sendable, CustomStringConvertible {
    package let name: String
    package let wording: Wording
    package let documented: String
    /// What was typed and the sentence before the sample; empty for samples that speak for themselves.
    package let command: String
    package let sentence: String
    package let outputs: [String]
    /// Outputs of runs that went wrong.
    package let wrong: [String]

    /// The words of four letters or more that every output shares with the sample: the author's, not the data's.
    let sharedWords: [String]

    package var description: String { name }

    /// Whether lines stand in the sample only for others; then length says nothing.
    package var isElided: Bool { documented.split(separator: "\n").contains { $0 == "." || $0.hasSuffix("...") } }

    package static let all: [CorpusEntry] = entries(in: "")

    /// Samples whose command and sentence decide what may vary; too lenient by purpose for mutations that know neither.
    package static let inContext: [CorpusEntry] = entries(in: "Context")

    private static func entries(in folder: String) -> [CorpusEntry] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Corpus").appending(path: folder)
        let files = (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "sample" }.sorted { $0.path < $1.path }.compactMap { file in
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
            return CorpusEntry(name: file.deletingPathExtension().lastPathComponent, text: text)
        }
    }

    private init?(name: String, text: String) {
        var parts: [(title: String, body: [Substring])] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") {
                parts.append((String(line.dropFirst(4)), []))
            } else {
                parts[parts.count - 1].body.append(line)
            }
        }
        guard let first = parts.first else { return nil }
        func bodies(_ title: String) -> [String] {
            parts.dropFirst().filter { $0.title == title }.map { $0.body.joined(separator: "\n") }
        }
        self.name = name
        wording = first.title.hasPrefix("similar") ? .similar : .exact
        documented = first.body.joined(separator: "\n")
        command = bodies("command").first ?? ""
        sentence = bodies("sentence").first ?? ""
        outputs = bodies("output")
        wrong = bodies("wrong")
        sharedWords = Self.sharedWords(documented, outputs)
    }

    private static func sharedWords(_ documented: String, _ outputs: [String]) -> [String] {
        func words(_ text: String) -> [String] {
            text.split { !($0.isLetter || $0 == "_") }.map(String.init).filter { $0.count >= 4 }
        }
        let wanted = words(documented)
        let common = outputs.reduce(Set(wanted)) { $0.intersection(words($1)) }
        return wanted.filter { common.contains($0) && !Vocabulary.isData($0) }
    }
}

/// A change to an output; `nil` where it doesn't apply.
package struct Operator: Sendable, CustomStringConvertible {
    package let name: String
    package let apply: @Sendable (CorpusEntry, String) -> String?

    init(_ name: String, _ apply: @escaping @Sendable (CorpusEntry, String) -> String?) {
        self.name = name
        self.apply = apply
    }

    package var description: String { name }
}
