public import Diagnostics

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
    /// A script that does what the page asks for (`lectern.solution`).
    public var solution: String?
    /// Where `index.json` names each of them.
    public var places: [Kind: SourcePlace]

    /// The keys that name them, and their roles.
    public enum Kind: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        case foreground
        case background
        case verify
        case answer
        case hint
        case solution
    }

    /// `nil` for a file that the index doesn't name; no path is checked.
    public init(
        foreground: String? = nil, background: String? = nil, verify: String? = nil, answer: String? = nil,
        hint: String? = nil, solution: String? = nil, places: [Kind: SourcePlace] = [:]
    ) {
        self.solution = solution
        self.places = places
        self.foreground = foreground
        self.background = background
        self.verify = verify
        self.answer = answer
        self.hint = hint
    }
}

extension PageScripts {
    /// The path of one of them, as `index.json` writes it.
    public subscript(kind: Kind) -> String? {
        switch kind {
        case .foreground: foreground
        case .background: background
        case .verify: verify
        case .answer: answer
        case .hint: hint
        case .solution: solution
        }
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
    /// In the order of `index.json`, globs not yet resolved.
    public var assets: [Asset]
    /// Where `backend.imageid` is.
    public var imagePlace: SourcePlace?
    /// `environment.hideintro`: the intro is skipped; its scripts run all the same.
    public var hidesIntro: Bool
    /// `environment.hidefinish`.
    public var hidesFinish: Bool
    /// What a run in terminals can't follow, in sentences for a report: further tabs, a message before the first prompt.
    public var notes: [String]

    /// The version of a challenge (`0.8` of `challenge@0.8`), or `nil` for a plain scenario.
    public var challengeVersion: String? {
        guard let type, type.hasPrefix("challenge") else { return nil }
        return type.split(separator: "@").dropFirst().first.map(String.init) ?? ""
    }

    /// By default an index that asks for nothing; ``requests`` begins empty.
    public init(
        image: String? = nil, type: String? = nil, layout: String? = nil, editorPath: String = "/root",
        port: Int? = nil, assets: [Asset] = [], imagePlace: SourcePlace? = nil, hidesIntro: Bool = false,
        hidesFinish: Bool = false, notes: [String] = []
    ) {
        self.imagePlace = imagePlace
        self.hidesIntro = hidesIntro
        self.hidesFinish = hidesFinish
        self.notes = notes
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
    /// Where `index.json` names the file.
    public var place: SourcePlace?

    /// Takes the values as they are; `nil` keeps the file's own mode.
    public init(host: String, file: String, target: String, mode: String? = nil, place: SourcePlace? = nil) {
        self.place = place
        self.host = host
        self.file = file
        self.target = target
        self.mode = mode
    }
}

extension PageScripts {
    /// Whether anything runs when the page is first shown.
    package var runsSomething: Bool { foreground != nil || background != nil }
}
