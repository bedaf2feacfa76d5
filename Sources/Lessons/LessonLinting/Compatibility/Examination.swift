import Diagnostics
import Lessons

/// Looks through one scenario for what Lectern can't do as it is asked.
struct Examination {
    private(set) var findings: [Finding] = []
    private let scenario: Scenario

    static func findings(of scenario: Scenario, scripts: [ScriptText]) -> [Finding] {
        var examination = Examination(scenario: scenario)
        examination.lookAtPlatform()
        for page in scenario.pages { examination.look(at: page) }
        examination.look(at: scripts)
        return examination.findings.sorted { ($1.reason.level, $0.reason.order) < ($0.reason.level, $1.reason.order) }
    }

    private init(scenario: Scenario) { self.scenario = scenario }

    private mutating func note(_ reason: Reason, _ detail: String, at place: SourcePlace? = nil) {
        if let index = findings.firstIndex(where: { $0.reason == reason }) {
            findings[index].count += 1
        } else {
            findings.append(Finding(reason: reason, detail: detail, place: place, count: 1))
        }
    }

    // MARK: index.json

    private mutating func lookAtPlatform() {
        let platform = scenario.platform
        // An environment of its own says what the lab is, whatever the image's name.
        if let image = platform.image, scenario.settings.environment.isEmpty {
            let machine = MachineTable.known[image]
            switch machine?.kind {
            case .shell where machine?.unsupported == nil: break
            case .tools:
                let programs = machine?.needs.keys.sorted().joined(separator: " and ") ?? ""
                note(.image, "'\(image)': a workspace with \(programs)")
            case .cluster: note(.cluster, "the image '\(image)'")
            case .containers: note(.docker, "the image '\(image)'")
            case .shell, nil: note(.image, "'\(image)'")
            }
            if let hosts = machine?.hosts, hosts > 1 { note(.secondHost, "the image '\(image)'") }
        }
        for request in platform.requests {
            note(Reason(request.feature), request.detail, at: request.place)
        }
        for asset in platform.assets {
            if asset.host != "host01", asset.host != "client" { note(.secondHost, "assets for '\(asset.host)'") }
            if asset.file.hasSuffix(".enc") { note(.solver, "'\(asset.file)'") }
        }
    }

    // MARK: Pages

    private mutating func look(at page: Page) {
        for warning in page.warnings {
            note(warning.severity == .error ? .brokenPage : .oddPage, warning.problem, at: warning.place)
        }
        for action in page.actions {
            if let host = action.host, host > 1 { note(.secondHost, "HOST\(host)", at: action.place) }
            guard [.execute, .interrupt].contains(action.kind) else { continue }
            look(atCommands: action.text, at: action.place)
        }
        for link in page.links {
            guard case .external(let target) = link.target, Self.leadsToKatacoda(target) else { continue }
            note(.closedHost, target, at: link.place)
        }
    }

    private mutating func look(atCommands text: String, at place: SourcePlace) {
        if text.contains("[[HOST2") || text.contains("[[HOST3") { note(.secondHost, "[[HOST2_…]]", at: place) }
        for words in ShellCommands.simple(in: text).map(ShellCommands.program) {
            guard let reason = CommandNeed(words).map(Reason.init) else { continue }
            // With services of its own the lesson has what it names.
            if reason != .internet, !scenario.settings.environment.isEmpty { continue }
            note(reason, words.prefix(4).joined(separator: " "), at: place)
        }
    }

    private static func leadsToKatacoda(_ target: String) -> Bool {
        guard !target.contains("[["), let scheme = target.firstRange(of: "://") else { return false }
        let host = target[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }
        return host == "katacoda.com" || host.hasSuffix(".katacoda.com") || host == "katacoda.community"
            || host.hasSuffix(".katacoda.community")
    }

    // MARK: Scripts

    private mutating func look(at scripts: [ScriptText]) {
        for script in scripts {
            let place = SourcePlace(file: script.file, line: 1)
            switch script.content {
            case .text(let text): look(atCommands: text, at: place)
            case .problem(let problem): note(.missingFile, problem)
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
