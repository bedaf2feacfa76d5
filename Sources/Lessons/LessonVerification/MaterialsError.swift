public import Diagnostics

/// A lesson's files can't be brought into the lab, so that nothing can be told about the lesson.
public struct MaterialsError: UserFacingError {
    /// Names the file, and says why the lab doesn't take it.
    public let problem: String
    /// What to change in the lab's workspace.
    public let remedy: String?
}
