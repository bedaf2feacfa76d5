public import Diagnostics
import Lessons

/// A repository of lessons as it lies on disk: its scenarios in the order in which its courses list them.
public struct LessonRepository: Sendable {
    /// The path as the user gave it, without a final slash.
    public var directory: String
    /// Directories of scenarios, paths that the user can open: those that courses list first, in their order, then the others by name.
    public var scenarios: [String]
    /// In the order in which they were found.
    public var courses: [Course]
    /// Scenarios that a `structure.json` passes over. Killercoda shows none of them, and they are not among ``scenarios``.
    public var unlisted: [String]
    /// Sorted by the names of their directories; their pages aren't read.
    public var translations: [Translation]
    /// What `strings.yaml` puts in the place of the player's own words, by the names in ``stringNames``.
    public var strings: [String: String]
    /// What is wrong with the course files, each with its place. Scenarios aren't looked into.
    public var problems: [LessonError]

    /// The words that `strings.yaml` may replace.
    public static let stringNames = [
        "continue", "start_scenario", "welcome", "difficulty", "time", "steps", "step", "of", "answer", "solution",
        "show",
        "terminal",
    ]

    /// The same repository's pages in another language: a directory such as `_de` at its root.
    public struct Translation: Hashable, Codable, Sendable {
        /// As in the directory's name: `de`, `pt-BR`.
        public var language: String
        /// As it was given.
        public var directory: String
    }

    /// The title by which a Killercoda course lists the scenario; `nil` when none overrides the scenario's own.
    public func title(of scenario: String) -> String? {
        for course in courses where course.kind == .structure {
            for entry in course.entries where entry.target == .scenario(scenario) && !entry.title.isEmpty {
                return entry.title
            }
        }
        return nil
    }
}

/// A list of scenarios that belong together.
public struct Course: Hashable, Codable, Sendable {
    /// Which platform's file lists the course.
    public enum Kind: String, Codable, Sendable {
        /// Killercoda's `structure.json`.
        case structure
        /// Katacoda's `NAME-pathway.json` beside the directory `NAME`.
        case pathway
        /// Katacoda's `profile-pathway.json`, which lists courses and single scenarios.
        case profile
        /// A pathway in the directory `training`, for delivery by an instructor.
        case training
    }

    /// What an entry leads to.
    public enum Target: Hashable, Codable, Sendable {
        /// A scenario's directory, spelt as in ``LessonRepository/scenarios``.
        case scenario(String)
        /// A directory of scenarios.
        case course(String)
        /// A page in the world.
        case external(String)
        /// A scenario of another profile (`pathway_id`), which this repository doesn't hold.
        case elsewhere(String)
        /// Nothing that is there; ``LessonRepository/problems`` says so.
        case missing(String)
    }

    /// One lesson or one further course of a list.
    public struct Entry: Hashable, Codable, Sendable {
        /// Where the file lists it.
        public var place: SourcePlace
        /// Empty when the course gives none.
        public var title: String
        /// The list's `description` of the entry; empty when it gives none.
        public var summary: String
        /// Looked up when the list was read; the scenario itself may still be faulty.
        public var target: Target
    }

    /// By the file's name and directory.
    public var kind: Kind
    /// Empty when the course gives none.
    public var title: String
    /// The file's `description`; empty when it gives none.
    public var summary: String
    /// The file that lists the scenarios.
    public var file: String
    /// In the order of the list.
    public var entries: [Entry]
}
