/// A part of a lesson's start: done once in the life of a lab, and again after a reset.
public enum LessonStart: String, Codable, CaseIterable, Sendable {
    /// The lesson's assets are in their places.
    case assets
    /// The scripts of its intro ran, and none of them failed.
    case scripts
}
