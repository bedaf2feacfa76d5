public import Diagnostics

/// A lesson's files can't be brought into the lab, so that nothing can be told about the lesson.
public struct MaterialsError: UserFacingError {
    public let problem: String
    public let remedy: String?
}
