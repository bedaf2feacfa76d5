import Diagnostics
import LessonExpectations
import LessonMarkdown
import Lessons

/// Samples and the comments for them.
struct SampleCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        var codes = page.outline.codes.lazy.filter { $0.form != .span }.makeIterator()
        var next = codes.next()
        var isCommand = false
        for (place, isMarked) in page.outline.orphanedSamples where page.kind == .page {
            guard let offset = page.source.offset(of: place) else { continue }
            while let code = next, code.range.lowerBound < offset {
                isCommand = Self.shells.contains(code.language) || code.text.hasPrefix("$ ")
                next = codes.next()
            }
            // Of source code that nobody types the page may well show a result.
            guard isMarked || isCommand else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            findings.add(
                .orphanedSample, at: offset..<max(offset, line.upperBound), of: page.source,
                "there is nothing to run on the page before this sample",
                remedy: "let the command before it end in '{{execute}}'")
        }
        for comment in page.outline.comments {
            for (path, name) in comment.fieldClasses where FieldClass(rawValue: name) == nil {
                let near = FieldClass.allCases.map(\.rawValue).first { Slip.isNear(name, $0) }
                let written = "field:\(path)=\(name)"
                let found = page.source.firstRange(of: written, in: comment.range)
                findings.add(
                    .wrongComment, at: found ?? comment.range, of: page.source,
                    "'\(name)' is not a class of a field",
                    remedy: near.map { "did you mean '\($0)'?" }
                        ?? "use one of " + FieldClass.allCases.map(\.rawValue).joined(separator: ", "))
            }
        }
    }

    private static let shells: Set<String> = ["bash", "sh", "shell", "console", "zsh"]
}
