import Foundation
import Testing

@testable import MongoShell

/// Programs of one line, and what Node 20 makes of them in UTC; those that leave nothing to show have no lines.
struct GoldenExpressionTests {
    struct Program: Sendable, CustomTestStringConvertible {
        var source: String
        var expected: String
        var testDescription: String { source }
    }

    static let programs: [Program] = {
        guard
            let file = Bundle.module.url(forResource: "expressions", withExtension: "txt", subdirectory: "Golden"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return ("\n" + text).components(separatedBy: "\n>>> ").dropFirst().map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return Program(source: String(lines[0]), expected: lines.count > 1 ? String(lines[1]) : "")
        }
    }()

    @Test("none of the programs is missing")
    func count() { #expect(Self.programs.count > 290) }

    @Test("JavaScript gives what Node gives", arguments: programs)
    func matchesNode(_ program: Program) {
        let session = MongoShellSession(server: NoServer(), database: "r", print: { _ in })
        let reply = session.evaluate(program.source)
        var expected = program.expected
        // Only the last one has the file's final newline.
        if expected.hasSuffix("\n") { expected.removeLast() }
        #expect(reply == (expected.isEmpty ? .nothing : .text(expected)))
    }
}
