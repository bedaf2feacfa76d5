import Diagnostics
import Foundation
import LessonLinting
import Lessons

/// What the linter says of one page, as `LL107 3:5`.
func lint(_ markdown: String, only: String? = nil) -> [String] {
    problems(markdown, only: only).map { "\($0.rule.code) \($0.place.line):\($0.place.column)" }
}

func problems(_ markdown: String, only: String? = nil) -> [Problem] {
    linter(only: only).lint(markdown: markdown, file: "page.md")
}

func linter(only: String? = nil) -> Linter {
    Linter(configuration: .init(only: Set([only].compactMap(\.self).compactMap(Rule.named))))
}

/// A directory of its own for one test, with these files; removed with the value.
final class Directory {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.path + "/lint-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let url = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path + "/" + name)), as: UTF8.self)
    }
}

/// A scenario of one step whose page is given, with what else a test needs.
func scenario(
    _ page: String = "`true`{{execute}}\n", step: String = "", root: String = "", details: String = "",
    files: [String: String] = [:]
) throws -> Directory {
    var all = files
    all["index.json"] = """
        {
          "title": "Title", "backend": {"imageid": "ubuntu"},\(root)
          "details": {\(details)
            "steps": [
              {"title": "Step", "text": "step1.md"\(step.isEmpty ? "" : ", ")\(step)}
            ]
          }
        }
        """
    all["step1.md"] = page
    return try Directory(all)
}

extension Directory {
    /// What the linter says of the scenario, as `LL003 index.json:6 "x.sh"`, with the text that is pointed at.
    func lint(only: String? = nil) throws -> [String] {
        try problems(only: only).map { problem in
            let file = String(problem.place.file.dropFirst(path.count + 1))
            let lines = try text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
            let line = lines.indices.contains(problem.place.line - 1) ? lines[problem.place.line - 1] : ""
            let end = problem.end.line == problem.place.line ? problem.end.column : line.unicodeScalars.count + 1
            let marked = line.unicodeScalars.dropFirst(problem.place.column - 1).prefix(end - problem.place.column)
            return "\(problem.rule.code) \(file):\(problem.place.line) \(String(marked))"
        }
    }

    func problems(only: String? = nil) throws -> [Problem] {
        try LessonLintingTests.linter(only: only).lint(scenario: path)
    }
}
