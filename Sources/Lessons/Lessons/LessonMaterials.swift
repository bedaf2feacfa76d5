public import Diagnostics

/// What a lesson brings along beside its pages, found on the host before anything runs.
public struct LessonMaterials: Hashable, Sendable {
    /// A file of the `assets` folder, and where the lab gets it.
    public struct Upload: Hashable, Sendable {
        /// The path as the user can open it.
        public var source: String
        /// The file in the lab: absolute, or from `~/`.
        public var target: String
        /// What is passed to `chmod`; `nil` for what the file has.
        public var mode: String?
        /// The file may be run by its owner, and so may its copy in the lab.
        public var isExecutable: Bool
        /// In bytes.
        public var size: Int
        /// What the lab gets, read before anything ran; as many bytes as ``size`` says.
        public var contents: [UInt8]
        /// Where `index.json` names it.
        public var place: SourcePlace?

        /// Takes the values as they are; `size` should be the number of bytes in `contents`.
        public init(
            source: String, target: String, mode: String? = nil, isExecutable: Bool = false, size: Int = 0,
            place: SourcePlace? = nil, contents: [UInt8] = []
        ) {
            self.contents = contents
            self.place = place
            self.source = source
            self.target = target
            self.mode = mode
            self.isExecutable = isExecutable
            self.size = size
        }
    }

    /// In the order of `index.json`: a later one may replace an earlier one.
    public var uploads: [Upload]
    /// Contents of scripts, by the path that `index.json` gives.
    public var scripts: [String: [UInt8]]
    /// A script with a function `solve_task_N` for each task of a challenge, as a path relative to the scenario's directory.
    public var solutions: String?
    /// What a reader of the report should know though nothing failed.
    public var notes: [String]

    /// By default the lesson brings nothing along; no path is checked.
    public init(
        uploads: [Upload] = [], scripts: [String: [UInt8]] = [:], solutions: String? = nil, notes: [String] = []
    ) {
        self.uploads = uploads
        self.scripts = scripts
        self.solutions = solutions
        self.notes = notes
    }
}

extension String {
    /// A path with the home directory in the place of a leading `~`.
    package func expandingHome(_ home: String) -> String {
        self == "~" || hasPrefix("~/") ? home + dropFirst() : self
    }
}
