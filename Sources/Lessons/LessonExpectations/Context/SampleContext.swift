import Lessons

/// Where a sample is: what the reader typed to get the output, and the sentence that announces the sample.
///
/// Either decides some verdicts that the texts alone leave open: a value that the command names is fixed under "similar"
/// too, and "should include" announces a part of the output. Without a context the sample speaks for itself.
public struct SampleContext: Hashable, Codable, Sendable {
    /// As typed, without a prompt; several lines for a block. Empty when it isn't known.
    public var command: String
    /// As a reader sees it; empty when the page says nothing.
    public var sentence: String
    /// The sample is a code span that the sentence quotes, and may be a part of a line.
    public var isQuoted: Bool

    /// By default nothing is known, so that the sample is read on its own.
    public init(command: String = "", sentence: String = "", isQuoted: Bool = false) {
        self.isQuoted = isQuoted
        self.command = command
        self.sentence = sentence
    }

    /// What the sentence says of the sample.
    var announcement: SampleAnnouncement { SampleAnnouncement(sentence: sentence) }
}
