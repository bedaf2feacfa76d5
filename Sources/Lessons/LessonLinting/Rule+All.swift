extension Rule {
    /// Every rule, by code.
    public static let all: [Rule] = [
        unreadableFile, wrongValue, missingFile, pathOutside, unknownKey, duplicateKey, bothSynonyms, missingTitle,
        duplicateTitle, emptyPage, unknownImage, unknownLayout, assetMissing, assetTooLarge, assetWithoutTarget,
        unusedFile, pageNeverShown, scenarioNeverListed, twoIndexes,
        openFence, openMacro, bracesAfterFence, unknownVerb, unknownWord, unknownTerminal, macroWithoutCode,
        macroSpacing, ambiguousTerminal, blockedTerminal, fileBlock, fileOutsideEditor, quizKey,
        orphanedSample, wrongComment, pointlessIgnore,
        unreachablePlaceholder, placeholderWithoutPort, placeholderNotReplaced, expiredHost, brokenLink,
        missingPicture, brokenAnchor, absolutePicture,
        leftoverText, unsafeHTML,
        verifyPassesEveryone, noShebang, crlfScript, needsInternet,
        secret,
    ]
}

extension Linter {
    static let scenarioChecks: [any ScenarioCheck] = [
        KeyCheck(), HeaderCheck(), AssetCheck(), UnusedFileCheck(), IndexPlaceholderCheck(), ExpiredHostCheck(),
        SecretCheck(),
    ]

    static let scriptChecks: [any ScriptCheck] = [
        VerifyCheck(), ScriptFormCheck(), ScriptPlaceholderCheck(), ExpiredHostCheck(), InternetCheck(), SecretCheck(),
    ]

    static let pageChecks: [any PageCheck] = [
        MacroCheck(), SampleCheck(), TerminalCheck(), EditorCheck(), QuizCheck(), LinkCheck(), PlaceholderCheck(),
        ExpiredHostCheck(), EmptyPageCheck(), LeftoverCheck(), UnsafeHTMLCheck(), InternetCheck(), SecretCheck(),
    ]
}
