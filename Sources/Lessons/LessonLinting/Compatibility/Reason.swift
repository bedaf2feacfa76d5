/// Why a scenario can't be verified as its author wrote it.
public enum Reason: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    case cluster
    case docker
    case notebook
    case brokenPage = "broken-page"
    case internet
    case image
    case secondHost = "second-host"
    case missingFile = "missing-file"
    case oddPage = "odd-page"
    case solver
    case closedHost = "closed-host"
    case dashboards
    case iframe
    case ide
    case layout
    case visualise
    case terminalTabs = "terminal-tabs"
    case events

    /// Whether the lesson's actions can be run at all.
    public var level: Level {
        switch self {
        case .cluster, .docker, .notebook, .brokenPage: .unsupported
        default: .degrades
        }
    }

    /// What the lesson asks for; completes "the lesson …".
    public var asks: String {
        switch self {
        case .cluster: "needs a Kubernetes or OpenShift cluster"
        case .docker: "uses a container engine inside the lab"
        case .notebook: "is a Jupyter notebook"
        case .brokenPage: "has a page that names something that does not exist"
        case .internet: "fetches from the internet"
        case .image: "needs a machine image for which no workspace is known"
        case .secondHost: "uses a second machine"
        case .missingFile: "names a file that does not exist"
        case .oddPage: "has a macro or block that is not read as intended"
        case .solver: "has its solutions encrypted for Katacoda's solver"
        case .closedHost: "links to Katacoda, which is closed"
        case .dashboards: "has tabs with pages of the lab"
        case .iframe: "shows a page beside the text"
        case .ide: "opens Visual Studio Code or Theia"
        case .layout: "has a layout that no platform documents"
        case .visualise: "shows Weave Scope"
        case .terminalTabs: "has tabs that run a command when opened"
        case .events: "exchanges events with the page"
        }
    }

    /// What happens instead.
    public var consequence: String {
        switch self {
        case .cluster: "labs have no cluster"
        case .docker: "a lab has no engine inside; run its containers as services of the environment file"
        case .notebook: "notebooks are not read"
        case .brokenPage: "the run stops before it begins; fix the page"
        case .internet: "a sandbox has no network: add what is fetched to the environment"
        case .image: "map its name to a workspace, or name an environment file under 'lectern'"
        case .secondHost: "its commands are typed into another terminal of the same machine"
        case .missingFile: "whatever needs it fails"
        case .oddPage: "it is shown as plain text; 'lectern inspect' names the place"
        case .solver: "the challenge's checks run, its solutions do not"
        case .closedHost: "the link is broken"
        case .dashboards: "their ports can be reached, but no tab is shown"
        case .iframe: "only the terminal is shown"
        case .ide: "files are written and checked, but no editor opens"
        case .layout: "it is treated as 'terminal'"
        case .visualise: "nothing is shown"
        case .terminalTabs: "the terminals open, but their commands are not run"
        case .events: "no event is sent"
        }
    }
}

/// How much of a scenario works.
public enum Level: String, Codable, CaseIterable, CodingKeyRepresentable, Comparable, Sendable {
    /// As its author wrote it.
    case supported
    /// Something is missing or different; the actions are run.
    case degrades
    /// It can't be verified.
    case unsupported

    /// From `supported` up to `unsupported`: the greatest is the worst.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .supported: 0
        case .degrades: 1
        case .unsupported: 2
        }
    }
}
