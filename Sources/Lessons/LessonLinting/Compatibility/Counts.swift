public import Lessons

/// How much there is of what.
public struct Counts: Hashable, Codable, Sendable {
    /// Intro and finish included.
    public var pages = 0
    /// Pages that are numbered: intro, finish and a page on its own don't count.
    public var steps = 0
    /// Everything that a click types, copies or opens.
    public var actions = 0
    /// Actions that type into a terminal; the others copy or open.
    public var typedActions = 0
    /// Outputs that the pages document, those that an author's comment excludes from comparison included.
    public var samples = 0
    /// Foreground, background, `verify` and hint scripts.
    public var scripts = 0
    /// Pages with a `verify` script; each counts in ``scripts`` too.
    public var verifyScripts = 0
    /// Entries of the asset lists; a glob is one.
    public var assets = 0
    /// `<pre class="file">` blocks, those for the clipboard included.
    public var fileBlocks = 0
    /// Questions, several to a page included.
    public var quizzes = 0
    /// 1 for a challenge.
    public var challenges = 0

    /// Zero of everything, from which a sum begins.
    public init() {}

    /// Counts what the pages hold. Nothing is read, and pages behind "Show solution" don't count.
    public init(of scenario: Scenario) {
        pages = scenario.pages.count
        for page in scenario.pages {
            if case .step = page.role { steps += 1 }
            actions += page.actions.count
            typedActions += page.actions.count { ![.copy, .open].contains($0.kind) }
            samples += page.samples.count
            verifyScripts += page.scripts.verify == nil ? 0 : 1
            scripts += page.scripts.paths.count
            fileBlocks += page.fileBlocks.count
            quizzes += page.quizzes.count
        }
        assets = scenario.platform.assets.count
        challenges = scenario.platform.type?.hasPrefix("challenge") == true ? 1 : 0
    }

    /// Adds member by member, challenges included.
    public static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.pages += right.pages
        sum.steps += right.steps
        sum.actions += right.actions
        sum.typedActions += right.typedActions
        sum.samples += right.samples
        sum.scripts += right.scripts
        sum.verifyScripts += right.verifyScripts
        sum.assets += right.assets
        sum.fileBlocks += right.fileBlocks
        sum.quizzes += right.quizzes
        sum.challenges += right.challenges
        return sum
    }
}

extension PageScripts {
    /// The scripts, without the page of the solution; a hint may be either, and counts when its name isn't a page's.
    public var paths: [String] {
        let hint = hint.flatMap { $0.lowercased().hasSuffix(".md") ? nil : $0 }
        return [foreground, background, verify, hint].compactMap(\.self)
    }
}
