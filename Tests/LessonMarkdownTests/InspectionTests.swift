import Foundation
import LessonMarkdown
import Lessons
import Testing

@Suite struct InspectionTests {
    @Test func membersStandInOrderAndNullsAreWritten() {
        let page = read(
            "`db \"x\"`{{execute T2}}\n\nOutput similar to:\n```\n...\n```\n\n```\na\n\tb\n```{{copy HOST1}}")
        #expect(
            LessonReader().inspection(of: page).json
                == #"{"schemaVersion":1,"files":[{"file":"page.md","actions":[{"line":1,"text":"db \"x\"","kind":"execute","terminal":"T2","host":null},{"line":8,"text":"a\n\tb","kind":"copy","terminal":null,"host":"HOST1"}],"samples":[{"line":4,"afterActionLine":1,"mode":"similar","elided":true}]}]}"#
        )
    }

    @Test func theJSONDecodesToTheSameValues() throws {
        let inspection = LessonReader().inspection(of: read("`\u{1}é\u{7F}\\`{{execute}}\n```\nx\n```\n"))
        #expect(try JSONDecoder().decode(Inspection.self, from: Data(inspection.json.utf8)) == inspection)
    }

    @Test func authorsOverruleTheSentence() {
        let page = read("`a`{{execute}}\n\n<!-- lectern: similar -->\nOutput:\n```\nx\n```\n")
        #expect(Inspection(of: [page]).files.first?.samples.first?.mode == .similar)
    }
}
