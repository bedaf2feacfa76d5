import Foundation
import Lessons
import Testing

@testable import LessonExpectations

@Suite struct VariationTableTests {
    @Test func theDocumentationShowsTheTableThatDrivesTheComparison() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = root.appending(path: "Sources/Lessons/LessonExpectations/LessonExpectations.docc/WhatMayVary.md")
        let text = try String(contentsOf: article, encoding: .utf8)
        #expect(text.contains(Allowances.markdown), "the article lacks the rules:\n\(Allowances.markdown)")
        #expect(text.contains(VariationTable.markdown), "the article lacks the table:\n\(VariationTable.markdown)")
    }

    @Test func everyClassHasARow() {
        #expect(Set(VariationTable.rows.map(\.fieldClass)) == Set(FieldClass.allCases))
        #expect(VariationTable.rows.count == FieldClass.allCases.count)
    }

    @Test func similarNeverFixesWhatExactLetsVary() {
        for row in VariationTable.rows where row.variesWhenExact { #expect(row.variesWhenSimilar) }
    }

    @Test func authorsMayWriteEveryClassAndNoOther() {
        #expect(FieldClassNames.all == FieldClass.allCases.map(\.rawValue))
    }
}
