import LessonReports
import Testing

@Suite struct TextTableTests {
    @Test func columnsLineUpWhateverTheirCharactersTake() {
        var table = TextTable([
            .init(heading: "TITLE", widest: 9), .init(heading: "N", alignment: .right), .init(heading: "X"),
        ])
        table.rows = [
            ["plain", "1", "a"], ["漢字", "10", "a"], ["e\u{301}té", "2", "a"], ["⚡️ go", "3", ""],
            ["Überlänge", "4", "a"], ["漢字漢字漢字", "5", "a"], ["👩‍👩‍👧 home", "6", "a"],
        ]
        #expect(
            table.lines == [
                "TITLE       N  X",
                "plain       1  a",
                "漢字       10  a",
                "e\u{301}té         2  a",
                "⚡️ go       3",
                "Überlänge   4  a",
                "漢字漢字…   5  a",
                "👩‍👩‍👧 home     6  a",
            ])
    }
}
