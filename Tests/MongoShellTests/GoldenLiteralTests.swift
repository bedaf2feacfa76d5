import Foundation
import ShellLiterals
import Testing

@testable import MongoShell

/// Values and what Node's `util.inspect` makes of them, with BSON values printed as mongosh does.
struct GoldenLiteralTests {
    struct Case {
        var style: LiteralStyle
        var source: String
        var expected: String
    }

    @Test func valuesArePrintedAsNodePrintsThem() throws {
        let cases = try Self.cases(in: "literals")
        #expect(cases.count > 250)
        for item in cases {
            let printed = try value(of: item.source).literalValue.literal(item.style)
            #expect(printed == item.expected, "\(item.source)")
        }
    }

    @Test func coloursDontChangeTheLayout() throws {
        for item in try Self.cases(in: "literals") {
            var style = item.style
            style.colors = true
            let printed = try value(of: item.source).literalValue.literal(style)
            #expect(printed.replacing(/\u{1B}\[[0-9]+m/, with: "") == item.expected, "\(item.source)")
        }
    }

    /// A case is `>>> STYLE SOURCE` and, below it, the lines printed.
    static func cases(in name: String) throws -> [Case] {
        let file = try #require(Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Golden"))
        let text = try String(contentsOf: file, encoding: .utf8)
        return try ("\n" + text).components(separatedBy: "\n>>> ").dropFirst().map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let words = lines[0].split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            let styles: [Substring: LiteralStyle] = ["value": .shellValue, "cursor": .shellCursor, "console": .console]
            var expected = lines[1]
            if expected.last == "\n" { expected.removeLast() }
            return Case(
                style: try #require(styles[words[0]]), source: String(words[1]), expected: String(expected))
        }
    }
}

/// No server: what needs none must not ask for one.
struct NoServer: MongoServer {
    func run(_ command: LiteralObject, on database: String) throws -> LiteralObject {
        throw ShellError("MongoNetworkError", "no server")
    }
}

func value(of source: String) throws -> Value {
    let evaluator = Evaluator(server: NoServer(), database: "test", style: .shellValue, print: { _ in })
    return try evaluator.run(try Parser.statements(of: "(\(source))"))
}
