/// One thing in which an output differs from its sample.
public struct Difference: Hashable, Codable, Sendable {
    /// The field, where the place is a field (`[1].customer.email`, a table's column); `nil` for lines.
    public var path: String?
    /// What is wrong, in one sentence that names the field: `quantity: expected an integer, got the string "six"`.
    public var sentence: String
    /// What the sample shows, on one line.
    public var expected: String?
    /// What came, on one line.
    public var actual: String?
    /// The sample's line, counted from 1.
    public var documentedLine: Int?
    /// The output's line, counted from 1.
    public var actualLine: Int?
    /// The document or row, where the sentence doesn't say it yet: `document 2 of 3`.
    var place = ""
    /// The words of either line that are wrong, by byte from the line's start; `nil` where only the lines are known.
    var wrongParts: WrongParts?
    /// Whether output that is still to come could make it match.
    var mayStillMatch: Bool

    struct WrongParts: Hashable, Sendable {
        var expected: [Range<Int>]
        var actual: [Range<Int>]
    }

    /// A difference of an output that is complete: no further output is expected to remove it. Lines count from 1 and
    /// aren't checked.
    public init(
        path: String? = nil, sentence: String, expected: String? = nil, actual: String? = nil,
        documentedLine: Int? = nil, actualLine: Int? = nil
    ) {
        self.init(
            path: path, sentence: sentence, expected: expected, actual: actual, documentedLine: documentedLine,
            actualLine: actualLine, mayStillMatch: false)
    }

    init(
        path: String? = nil, sentence: String, expected: String? = nil, actual: String? = nil,
        documentedLine: Int? = nil, actualLine: Int? = nil, mayStillMatch: Bool
    ) {
        self.path = path
        self.sentence = sentence
        self.expected = expected
        self.actual = actual
        self.documentedLine = documentedLine
        self.actualLine = actualLine
        self.mayStillMatch = mayStillMatch
    }

    private enum CodingKeys: CodingKey {
        case path, sentence, expected, actual, documentedLine, actualLine
    }

    /// Restores what was encoded. Which words are wrong, and whether more output could help, isn't kept.
    ///
    /// - Throws: `DecodingError`, also for a missing `sentence`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            path: try values.decodeIfPresent(String.self, forKey: .path),
            sentence: try values.decode(String.self, forKey: .sentence),
            expected: try values.decodeIfPresent(String.self, forKey: .expected),
            actual: try values.decodeIfPresent(String.self, forKey: .actual),
            documentedLine: try values.decodeIfPresent(Int.self, forKey: .documentedLine),
            actualLine: try values.decodeIfPresent(Int.self, forKey: .actualLine))
    }
}
