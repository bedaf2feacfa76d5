import Foundation
import LessonLinting
import Testing

@Suite struct RuleCatalogueTests {
    @Test func codesAndNamesAreUniqueAndInOrder() {
        let codes = Rule.all.map(\.code)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        #expect(Set(Rule.all.map(\.name)).count == codes.count)
        for rule in Rule.all {
            #expect(rule.code.count == 5 && rule.code.hasPrefix("LL"))
            #expect(!rule.summary.hasSuffix(".") && !rule.explanation.isEmpty)
            #expect(Rule.named(rule.name.uppercased()) == rule)
        }
    }

    /// The catalogue shows what `lectern lint --explain` prints. When this fails, write the page anew: set
    /// `LECTERN_WRITE_PAGES` and run the test once more.
    @Test func theCatalogueHasEveryRule() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Lessons/LessonLinting/LessonLinting.docc/Rules.md")
        let sections = Rule.all.map { rule in
            "## \(rule.code) \(rule.name)\n\n\(rule.summary). Severity: \(rule.severity.rawValue).\n\n\(rule.explanation)\n"
        }
        let page = """
            # Rules

            What `lectern lint` finds, by code.

            ## Overview

            `lectern lint --explain CODE` prints the same texts. Codes are stable: 0xx is the index and its files, 1xx what is clicked, 2xx samples and
            comments, 3xx placeholders and links, 4xx text, 5xx scripts, 6xx safety.


            """ + sections.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["LECTERN_WRITE_PAGES"] != nil { try Data(page.utf8).write(to: file) }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == page)
    }
}
