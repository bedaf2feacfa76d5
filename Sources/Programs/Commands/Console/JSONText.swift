import FoundationEssentials

extension Encodable {
    /// The value as JSON for programs: keys sorted, two blanks a level, no final newline.
    func jsonText() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
