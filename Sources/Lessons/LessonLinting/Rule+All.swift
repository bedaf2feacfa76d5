extension Rule {
    /// Every rule, by code.
    public static let all: [Rule] = [
        unreadableFile, wrongValue, missingFile, pathOutside, unknownKey, duplicateKey, bothSynonyms, missingTitle,
        duplicateTitle, emptyPage, unknownImage, unknownLayout, assetMissing, assetTooLarge, assetWithoutTarget,
        unusedFile, pageNeverShown, scenarioNeverListed, twoIndexes, notebook, nothingToVerify,
        openFence, openMacro, bracesAfterFence, unknownVerb, unknownWord, unknownTerminal, macroWithoutCode,
        macroSpacing, ambiguousTerminal, blockedTerminal, fileBlock, fileOutsideEditor, quizKey,
        orphanedSample, wrongComment, pointlessIgnore, staleObservations,
        unreachablePlaceholder, placeholderWithoutPort, placeholderNotReplaced, expiredHost, brokenLink,
        missingPicture, brokenAnchor, absolutePicture,
        leftoverText, unsafeHTML,
        verifyPassesEveryone, noShebang, crlfScript, needsInternet,
        secret,
    ]
}

extension Rule {
    /// Rules whose errors say that a part of the lesson would be passed over without a word: a run that did would not tell
    /// the truth.
    public static let preventsVerdict: Set<Rule> = [
        openFence, unknownVerb, unknownKey, emptyPage, notebook, nothingToVerify,
    ]
}

extension Linter {
    static let scenarioChecks: [any ScenarioCheck] = [
        KeyCheck(), HeaderCheck(), NothingToVerifyCheck(), ObservedFileCheck(), AssetCheck(), UnusedFileCheck(),
        IndexPlaceholderCheck(),
        ExpiredHostCheck(),
        SecretCheck(),
    ]

    static let scriptChecks: [any ScriptCheck] = [
        VerifyCheck(), ScriptFormCheck(), ScriptPlaceholderCheck(), ExpiredHostCheck(), InternetCheck(), SecretCheck(),
    ]

    static let pageChecks: [any PageCheck] = [
        FenceCheck(), MacroCheck(), SampleCheck(), TerminalCheck(), EditorCheck(), QuizCheck(), LinkCheck(),
        PlaceholderCheck(),
        ExpiredHostCheck(), EmptyPageCheck(), LeftoverCheck(), UnsafeHTMLCheck(), InternetCheck(), SecretCheck(),
    ]
}
