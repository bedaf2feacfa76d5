public import Diagnostics
import Lessons

/// A sample that was or would be written into a page.
public struct SampleChange: Sendable {
    /// Why a sample changes, by which the user decides whether it may.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The action printed something and had no sample.
        case added
        /// Only values differ, each inside its class.
        case drifted
        /// Something else is printed now.
        case changed
        /// The sample still holds, and was written anew because the user asked for it.
        case refreshed
    }

    /// A change of another kind may be declined.
    public let kind: Kind
    /// Where the sample opens; for a new one, where its action does.
    public let place: SourcePlace
    /// What was typed.
    public let command: String
    /// In which the output differs from the sample, in one sentence; `nil` where there was none or it holds.
    public let reason: String?
    /// Whether the new text reports an error, which a person should look at.
    public let showsError: Bool
    /// The lines that go, without the margin of lists and quotes; none for a new sample.
    public let before: [String]
    /// The lines that come, without that margin.
    public let after: [String]
    let edit: Edit

    /// A stretch of the page's bytes and what takes its place.
    struct Edit: Sendable {
        var range: Range<Int>
        var bytes: [UInt8]
    }
}

/// What keeps a sample of a page from being updated.
public struct UpdateProblem: Hashable, Sendable {
    /// Where the action or the sample is on the page.
    public let place: SourcePlace
    /// One sentence, lower case, without a full stop.
    public let problem: String
}

/// What updating a page changed, and what it could not change.
public struct PageUpdate: Sendable {
    /// What was written, in the order of the page.
    public let written: [SampleChange]
    /// What would be written if the user accepted changes of its kind.
    public let declined: [SampleChange]
    /// What can't be written: failed actions, and samples for which no text was found that would hold.
    public let problems: [UpdateProblem]
    /// The page with what was written; the bytes that were read when nothing was.
    public let bytes: [UInt8]
}
