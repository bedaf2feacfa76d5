import Diagnostics
import Lessons

/// Looks through one scenario for what Lectern can't do as it is asked.
struct Examination {
    private(set) var findings: [Finding] = []
    private let scenario: Scenario

    static func findings(of scenario: Scenario, scripts: [ScriptText]) -> [Finding] {
        var examination = Examination(scenario: scenario)
        examination.examinePlatform()
        for page in scenario.pages { examination.examine(page) }
        examination.examine(scripts)
        return examination.findings.sorted { ($1.reason.level, $0.reason.order) < ($0.reason.level, $1.reason.order) }
    }

    private init(scenario: Scenario) { self.scenario = scenario }

    /// Counts the reason once more; the detail and the place are kept of the first time.
    private mutating func add(_ reason: Reason, detail: String, at place: SourcePlace? = nil) {
        if let index = findings.firstIndex(where: { $0.reason == reason }) {
            findings[index].count += 1
        } else {
            findings.append(Finding(reason: reason, detail: detail, place: place, count: 1))
        }
    }

    // MARK: index.json

    private mutating func examinePlatform() {
        let platform = scenario.platform
        // An environment of its own says what the lab is, whatever the image's name.
        if let image = platform.image, scenario.settings.environment.isEmpty {
            let machine = MachineTable.known[image]
            switch machine?.kind {
            case .shell where machine?.unsupported == nil: break
            case .tools:
                let programs = machine?.needs.keys.sorted().joined(separator: " and ") ?? ""
                add(.image, detail: "'\(image)': a workspace with \(programs)")
            case .cluster: add(.cluster, detail: "the image '\(image)'")
            case .containers: add(.docker, detail: "the image '\(image)'")
            case .shell, nil: add(.image, detail: "'\(image)'")
            }
            if let hosts = machine?.hosts, hosts > 1 { add(.secondHost, detail: "the image '\(image)'") }
        }
        for request in platform.requests {
            add(Reason(request.feature), detail: request.detail, at: request.place)
        }
        for asset in platform.assets {
            if asset.host != "host01", asset.host != "client" { add(.secondHost, detail: "assets for '\(asset.host)'") }
            if asset.file.hasSuffix(".enc") { add(.solver, detail: "'\(asset.file)'") }
        }
    }

    // MARK: Pages

    private mutating func examine(_ page: Page) {
        for warning in page.warnings {
            add(warning.severity == .error ? .brokenPage : .oddPage, detail: warning.problem, at: warning.place)
        }
        for action in page.actions {
            if let host = action.host, host > 1 { add(.secondHost, detail: "HOST\(host)", at: action.place) }
            guard [.execute, .interrupt].contains(action.kind) else { continue }
            examine(commands: action.text, at: action.place)
        }
        for link in page.links {
            guard case .external(let target) = link.target, Self.leadsToKatacoda(target) else { continue }
            add(.closedHost, detail: target, at: link.place)
        }
    }

    private mutating func examine(commands text: String, at place: SourcePlace) {
        if text.contains("[[HOST2") || text.contains("[[HOST3") { add(.secondHost, detail: "[[HOST2_…]]", at: place) }
        for words in ShellCommands.simple(in: text).map(ShellCommands.program) {
            guard let reason = CommandNeed(words).map(Reason.init) else { continue }
            // With services of its own the lesson has what it names.
            if reason != .internet, !scenario.settings.environment.isEmpty { continue }
            add(reason, detail: words.prefix(4).joined(separator: " "), at: place)
        }
    }

    private static func leadsToKatacoda(_ target: String) -> Bool {
        guard !target.contains("[["), let scheme = target.firstRange(of: "://") else { return false }
        let host = target[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }
        return host == "katacoda.com" || host.hasSuffix(".katacoda.com") || host == "katacoda.community"
            || host.hasSuffix(".katacoda.community")
    }

    // MARK: Scripts

    private mutating func examine(_ scripts: [ScriptText]) {
        for script in scripts {
            let place = SourcePlace(file: script.file, line: 1)
            switch script.content {
            case .text(let text): examine(commands: text, at: place)
            case .problem(let problem): add(.missingFile, detail: problem)
            }
        }
    }
}

extension Reason {
    fileprivate init(_ need: CommandNeed) {
        switch need {
        case .containerEngine: self = .docker
        case .cluster: self = .cluster
        case .internet: self = .internet
        }
    }

    fileprivate init(_ feature: PlatformRequest.Feature) {
        switch feature {
        case .dashboards: self = .dashboards
        case .iframe: self = .iframe
        case .unknownLayout: self = .layout
        case .ide: self = .ide
        case .visualise: self = .visualise
        case .terminalTabs: self = .terminalTabs
        case .events: self = .events
        case .notebook: self = .notebook
        }
    }

    /// The rank in a list of reasons, weightiest first.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
