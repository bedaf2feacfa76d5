/// What the name of a Katacoda or Killercoda machine says about it.
enum MachineImage {
    /// An ordinary Linux machine, which the workspace stands in for.
    case plain
    /// One with a language's tools.
    case language(String)
    case cluster
    case containers
    case unknown

    private static let plainStems: Set<Substring> = [
        "ubuntu", "bash", "debian", "git", "terminal", "linux", "docker", "vscode",
    ]
    private static let languages: Set<Substring> = [
        "nodejs", "node", "python", "golang", "go", "rust", "ruby", "dotnet", "openjdk", "java", "kotlin", "rlang",
        "php",
        "scala", "perl", "swift",
    ]

    /// Names are opaque by the specification; these are the stems that public lessons use.
    init(_ name: String) {
        let stem = name.lowercased().split(separator: ":", maxSplits: 1).first ?? ""
        let words = stem.split(whereSeparator: { $0 == "-" || $0 == "." || $0.isNumber })
        guard let first = words.first else {
            self = .unknown
            return
        }
        if ["kubernetes", "openshift", "minikube", "microk", "istio", "k"].contains(first) {
            self = .cluster
        } else if stem.hasPrefix("docker-swarm") {
            self = .containers
        } else if Self.plainStems.contains(first) || words.last == "docker" {
            self = .plain
        } else if Self.languages.contains(first) {
            self = .language(String(first))
        } else {
            self = .unknown
        }
    }

    /// Whether the machine is really several.
    static func hasSeveralHosts(_ name: String) -> Bool {
        name.contains("2nodes") || name.contains("swarm") || name.contains("multinode")
    }
}
