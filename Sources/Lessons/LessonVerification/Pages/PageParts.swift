import Lessons

/// What a part of a page's run showed, to be added to the page's outcome.
struct PageParts {
    var actions: [ActionOutcome] = []
    var fileBlocks: [FileBlockOutcome] = []
    var scripts: [ScriptOutcome] = []
    var notes: [String] = []

    mutating func append(_ parts: PageParts) {
        actions += parts.actions
        fileBlocks += parts.fileBlocks
        scripts += parts.scripts
        notes += parts.notes
    }
}

extension PageOutcome {
    /// A page's outcome of its parts; what there is beside them is still empty.
    init(page: Page, parts: PageParts) {
        self.init(page: page, actions: parts.actions)
        fileBlocks = parts.fileBlocks
        scripts = parts.scripts
        notes = parts.notes
    }
}
