import Lessons

/// What is between an action and a block.
struct SampleSite {
    var lead: SampleIntroduction
    /// Nothing was said since the last action or block.
    var isDirect: Bool
    /// The sample right before, when only prose came since.
    var sample: Sample?
    /// A block that is not a sample came since the action.
    var sawOtherBlock: Bool
    /// A program that was opened before draws the screen of the action's terminal.
    var isOnScreen = false
    /// The words name the line of a text at which the block is, and have the reader look at it.
    var pointsAtLine = false
    /// A heading came since the action, other than one that announces output.
    var sawHeading: Bool
}

/// Whether a block is a sample.
extension SamplePairing {
    /// The sample's wording; `nil` when the candidate is no sample.
    mutating func wording(of candidate: SampleCandidate, at site: SampleSite, after action: Action) -> Wording? {
        let lead = site.lead
        if let decision = candidate.decision { return decision ? lead.wording : nil }
        if candidate.directives != nil { return lead.wording }
        if CommandText.isBlank(candidate.text) || CommandText.showsMarkup(candidate.text) { return nil }
        if site.isOnScreen, site.pointsAtLine, case .block = candidate.form {
            return lead.namesOutput ? lead.wording : .unmarked
        }
        if lead.meaning == .instruction || action.kind == .open { return nil }
        if lead.isTold, !lead.namesOutput { return nil }
        if CommandText.isTranscript(candidate.text, ofOtherThan: action.text) { return nil }
        let isSample =
            switch (candidate.form, lead.meaning) {
            case (.block(let language), .output): isOutput(candidate, in: language, at: site, after: action)
            case (.block(let language), .appearance): isAppearance(candidate, in: language, at: site, after: action)
            case (.block(let language), .silent): isUnannounced(candidate, in: language, at: site, after: action)
            case (_, .output): isInlineOutput(candidate, lead: lead, after: action)
            default: false
            }
        if !isSample { return nil }
        if lead.meaning == .silent { return site.isDirect ? site.sample?.wording ?? .unmarked : .unmarked }
        return lead.wording
    }

    /// The sentence before the block speaks of output.
    private mutating func isOutput(
        _ candidate: SampleCandidate, in language: String, at site: SampleSite, after action: Action
    ) -> Bool {
        let lead = site.lead
        if !lead.namesOutput, CommandText.changesQuietly(action.text) { return false }
        if Language.isShell(language) {
            if isCommand(candidate) { return false }
        } else if !Language.isOutput(language), !lead.introduces || site.sawHeading && !lead.namesOutput {
            // What a sentence says in passing isn't said of a block of source code.
            return CommandText.showsText(action.text)
        }
        let isFile = lead.namesFile || !lead.namesOutput && SourceCode.isLikely(candidate.text)
        return !isFile || CommandText.showsText(action.text)
    }

    /// The sentence before the block says how something looks.
    private mutating func isAppearance(
        _ candidate: SampleCandidate, in language: String, at site: SampleSite, after action: Action
    ) -> Bool {
        // A section or a sample later, what "looks like this" is told of, not printed.
        if site.sawHeading || site.sample != nil && !site.lead.namesMessage { return false }
        if action.kind == .copy, !CommandText.isOneCommand(action.text) { return false }
        if isCommand(candidate) || CommandText.printsNothing(action.text) { return false }
        if site.lead.namesFile || site.lead.presents || !Language.isOutput(language) {
            return !site.sawOtherBlock && CommandText.showsText(action.text)
        }
        return !SourceCode.isLikely(candidate.text) || CommandText.showsText(action.text)
    }

    /// Nothing is said of the block.
    private mutating func isUnannounced(
        _ candidate: SampleCandidate, in language: String, at site: SampleSite, after action: Action
    ) -> Bool {
        if action.kind == .copy, !site.isDirect || !CommandText.isOneCommand(action.text) { return false }
        let isFollowing = !site.sawHeading && !site.sawOtherBlock && !site.lead.namesPlace
        guard isFollowing || site.isDirect && site.sample != nil else { return false }
        if !site.isDirect, Formula.isAll(of: candidate.text) { return false }
        if isCommand(candidate) || CommandText.printsNothing(action.text) { return false }
        // What is marked as a shell's text is something to type, unless its own words say that it isn't.
        if Language.isShell(language) { return isFollowing && CommandText.beginsAsOutput(candidate.text) }
        let isFile =
            site.lead.namesFile || site.lead.presents || !Language.isOutput(language)
            || SourceCode.isManifest(candidate.text)
            || SourceCode.isLikely(candidate.text)
        return !isFile || CommandText.showsText(action.text, isCode: !Language.isOutput(language))
    }

    private mutating func isInlineOutput(_ candidate: SampleCandidate, lead: SampleIntroduction, after action: Action)
        -> Bool
    {
        if isCommand(candidate) || lead.namesPart || lead.isTold { return false }
        // A list of names to write down is after a command that prints nothing.
        if candidate.form == .afterColon, CommandText.changesQuietly(action.text) { return false }
        if lead.namesFile || SourceCode.isLikely(candidate.text), !CommandText.showsText(action.text) { return false }
        let isError = candidate.quotesError && lead.introduces && !lead.isConditional
        switch candidate.form {
        case .afterVerb: return isError || lead.introduces && (lead.isSeen || lead.isOfCommand) && !lead.isConditional
        case .afterCopula: return lead.namesOutput && lead.isOfLastSentence && !lead.isConditional
        case .afterColon: return lead.namesOutput || lead.introduces && lead.isSeen && !lead.isConditional
        default: return lead.introduces && (action.kind != .copy || lead.namesOutput)
        }
    }

    private mutating func isCommand(_ candidate: SampleCandidate) -> Bool {
        CommandText.isCommand(candidate.text, among: openings)
    }
}
