/// The files that `index.json` names beside a page's text, relative to the scenario's directory.
public struct PageScripts: Hashable, Codable, Sendable {
    /// Typed into the visible terminal when the page is first shown (`foreground`, Katacoda's `code`).
    public var foreground: String?
    /// Run hidden when the page is first shown (`background`, Katacoda's `courseData`).
    public var background: String?
    /// Decides whether the learner may go on.
    public var verify: String?
    /// A Markdown file with the solution.
    public var answer: String?
    /// A script or a Markdown file, by the version of the challenge.
    public var hint: String?

    public init(
        foreground: String? = nil, background: String? = nil, verify: String? = nil, answer: String? = nil,
        hint: String? = nil
    ) {
        self.foreground = foreground
        self.background = background
        self.verify = verify
        self.answer = answer
        self.hint = hint
    }
}

/// What a scenario asks of the platform that it was written for.
public struct ScenarioPlatform: Hashable, Codable, Sendable {
    /// In the order in which the specification of `index.json` has their keys.
    public var requests: [PlatformRequest] = []
    /// `backend.imageid`: an opaque name of the machine, such as `ubuntu`.
    public var image: String?
    /// `type`: `nil` for a scenario, `challenge@1.0` and the like otherwise.
    public var type: String?
    /// `environment.uilayout`, a hint for how panes are arranged.
    public var layout: String?
    /// `environment.uieditorpath`: what file names of blocks and of `open` are relative to.
    public var editorPath: String
    /// `backend.port`: what the default dashboard shows.
    public var port: Int?
    public var assets: [Asset]

    public init(
        image: String? = nil, type: String? = nil, layout: String? = nil, editorPath: String = "/root",
        port: Int? = nil, assets: [Asset] = []
    ) {
        self.image = image
        self.type = type
        self.layout = layout
        self.editorPath = editorPath
        self.port = port
        self.assets = assets
    }
}

/// Files of the scenario's `assets` folder that are copied into the lab before any script runs.
public struct Asset: Hashable, Codable, Sendable {
    /// `host01`, `host02` or `client`.
    public var host: String
    /// A name or a glob, relative to the `assets` folder.
    public var file: String
    /// The directory to copy to; `~/` stands for the learner's home.
    public var target: String
    /// What is passed to `chmod`, such as `+x`.
    public var mode: String?

    public init(host: String, file: String, target: String, mode: String? = nil) {
        self.host = host
        self.file = file
        self.target = target
        self.mode = mode
    }
}
