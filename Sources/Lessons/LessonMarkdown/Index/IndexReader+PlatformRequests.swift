import Diagnostics
import Lessons

/// What `index.json` asks of the player around the terminals.
extension IndexReader {
    private static let plainLayouts = ["terminal", "terminal-terminal", "editor-terminal", "editor-terminal-v1"]

    func requests() -> [PlatformRequest] {
        var requests: [PlatformRequest] = []
        func add(_ feature: PlatformRequest.Feature, _ detail: String, at value: IndexValue) {
            var finder = PlaceFinder()
            requests.append(
                PlatformRequest(feature, detail: detail, place: finder.place(of: value.offset, in: source)))
        }
        if let type = root["type"], let text = type.string, text.hasPrefix("jupyter") { add(.notebook, text, at: type) }
        if let interface = root["interface"]?["layout"], interface.string == "ide" { add(.ide, "ide", at: interface) }
        if let events = root["events"], case .object(let members) = events.content, !members.isEmpty {
            add(.events, members.map(\.key).joined(separator: ", "), at: events)
        }
        guard let environment = root["environment"] else { return requests }
        if let layout = environment["uilayout"], let text = layout.string, !text.isEmpty {
            if text.hasPrefix("vscode") {
                add(.ide, text, at: layout)
            } else if text.split(separator: "-").contains("iframe") {
                add(.iframe, text, at: layout)
            } else if !Self.plainLayouts.contains(text) {
                add(.unknownLayout, text, at: layout)
            }
        }
        if let dashboards = environment["dashboards"], let tabs = dashboards.list, !tabs.isEmpty {
            add(.dashboards, tabs.map { $0["name"]?.string ?? "?" }.joined(separator: ", "), at: dashboards)
        } else if let dashboard = environment["dashboard"], let name = dashboard.string, !name.isEmpty {
            add(.dashboards, name, at: dashboard)
        }
        if let terminals = environment["terminals"], let tabs = terminals.list {
            let commands = tabs.compactMap { $0["command"]?.string }.filter { !$0.isEmpty }
            if !commands.isEmpty { add(.terminalTabs, commands.joined(separator: ", "), at: terminals) }
        }
        if let ide = environment["showide"], isTrue(ide) { add(.ide, "showide", at: ide) }
        if let scope = environment["showvisualise"], isTrue(scope) { add(.visualise, "Weave Scope", at: scope) }
        return requests
    }

    /// Authors write booleans as strings too.
    private func isTrue(_ value: IndexValue) -> Bool {
        if case .bool(let flag) = value.content { return flag }
        return value.string?.lowercased() == "true"
    }
}
