public import Diagnostics

/// Something that `index.json` asks of the player around the terminals: tabs, panes, an editor.
public struct PlatformRequest: Hashable, Codable, Sendable {
    /// Parts of the platforms that a run in terminals cannot have.
    public enum Feature: String, Codable, CaseIterable, Sendable {
        /// `environment.dashboards` and the older `environment.dashboard`: tabs with pages of the lab.
        case dashboards
        /// A layout that shows a page of the lab, or of the world, beside the text.
        case iframe
        /// A layout that no platform documents.
        case unknownLayout
        /// Visual Studio Code or Theia: `showide`, `interface.layout`, the layouts that start with `vscode`.
        case ide
        /// `showvisualise`: Weave Scope.
        case visualise
        /// `environment.terminals`: tabs that run a command of their own.
        case terminalTabs
        /// `events`: messages between the lab and the page.
        case events
        /// `type: jupyter…`: the page is a notebook.
        case notebook
    }

    /// The part that is asked for.
    public var feature: Feature
    /// What is asked for, such as the names of the tabs.
    public var detail: String
    /// Where `index.json` asks for it.
    public var place: SourcePlace

    /// Takes the values as they are; nothing is checked.
    public init(_ feature: Feature, detail: String, place: SourcePlace) {
        self.feature = feature
        self.detail = detail
        self.place = place
    }
}
