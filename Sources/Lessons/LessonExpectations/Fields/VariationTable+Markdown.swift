extension VariationTable {
    /// The table as the documentation shows it.
    static var markdown: String {
        let head = "| class | such as | exact | similar |\n| --- | --- | --- | --- |\n"
        return head
            + rows.map { row in
                let cells = [
                    "`\(row.fieldClass.rawValue)`", row.meaning, row.variesWhenExact ? "varies" : "fixed",
                    row.variesWhenSimilar ? "varies" : "fixed",
                ]
                return "| \(cells.joined(separator: " | ")) |"
            }.joined(separator: "\n")
    }
}
