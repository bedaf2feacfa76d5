import Diagnostics
import Foundation
import LessonLinting
import Lessons
import Testing

@Suite struct IndexRuleTests {
    @Test func brokenJSONIsOneProblemAtItsPlace() throws {
        let directory = try Directory(["index.json": "{\"title\": \"T\",}"])
        #expect(try directory.lint() == ["LL001 index.json:1 }"])
        #expect(try scenario().lint().isEmpty)
    }

    @Test func pagesThatAreNoTextAreProblems() throws {
        let directory = try scenario("a\u{0}b")
        #expect(try directory.lint(only: "LL001") == ["LL001 step1.md:1 "])
    }

    @Test func valuesOfTheWrongTypeAreReportedAllAtOnce() throws {
        let directory = try Directory([
            "index.json": """
            {"title": ["T"], "backend": {"imageid": "ubuntu"},
             "details": {"steps": {}, "intro": {"text": {}}},
             "lectern": {"timout": 1}}
            """
        ])
        #expect(
            try directory.lint(only: "LL002") == [
                #"LL002 index.json:1 ["T"]"#, "LL002 index.json:2 {}", "LL002 index.json:2 {}",
                #"LL002 index.json:3 "timout""#,
            ])
        #expect(try scenario(root: "\"lectern\": {\"timeout\": \"30s\"},").lint(only: "LL002").isEmpty)
    }

    @Test func filesThatAreNotThereAreNamedInTheIndex() throws {
        let directory = try scenario(
            step: "\"verify\": \"verify.sh\", \"background\": \"Setup.sh\"", files: ["setup.sh": "#!/bin/sh\nls"])
        let problems = try directory.problems(only: "LL003")
        #expect(problems.map(\.place.line) == [5, 5])
        #expect(problems.last?.remedy == "did you mean 'setup.sh'?")
        #expect(
            try scenario(step: "\"verify\": \"v.sh\"", files: ["v.sh": "#!/bin/sh\nls"]).lint(only: "LL003").isEmpty)
    }

    @Test func coursesListScenariosThatAreThere() async throws {
        let index = "{\"title\": \"T\", \"backend\": {\"imageid\": \"ubuntu\"}}"
        let directory = try Directory([
            "structure.json": "{\"items\": [\n{\"path\": \"one\"}, {\"path\": \"two\"}]}", "one/index.json": index,
            "three/index.json": index,
        ])
        // The scenarios have no page in which anything could be verified.
        let report = try await linter().lint(paths: [directory.path]).without("LL021")
        #expect(report.map(\.rule.code) == ["LL018", "LL003"])
        #expect(report.map(\.place.line) == [1, 2])
        try directory.write("{\"items\": [{\"path\": \"one\"}, {\"path\": \"three\"}]}", to: "structure.json")
        #expect(try await linter().lint(paths: [directory.path]).without("LL021").isEmpty)
    }

    @Test func pathsStayInTheScenario() throws {
        #expect(try scenario(step: "\"verify\": \"../v.sh\"").lint(only: "LL004") == [#"LL004 index.json:5 "../v.sh""#])
        #expect(
            try scenario(step: "\"verify\": \"./a/../v.sh\"", files: ["v.sh": "#!/bin/sh\nls", "a/x": "x"])
                .lint(only: "LL004").isEmpty)
    }

    @Test func nearMissesOfKeysAreReportedAndOwnKeysAreNot() throws {
        let directory = try scenario(step: "\"foregroud\": \"x\", \"mine\": 1", root: "\"Description\": \"D\",")
        #expect(
            try directory.lint(only: "LL005") == ["LL005 index.json:2 Description", "LL005 index.json:5 foregroud"])
    }

    @Test func keysOccurOnce() throws {
        let directory = try scenario(root: "\"title\": \"U\",")
        #expect(try directory.lint(only: "LL006") == [#"LL006 index.json:2 "title""#])
        #expect(try scenario().lint(only: "LL006").isEmpty)
    }

    @Test func synonymsExcludeEachOther() throws {
        let files = ["a.sh": "ls", "b.sh": "ls"]
        let both = try scenario(step: "\"foreground\": \"a.sh\", \"code\": \"b.sh\"", files: files)
        #expect(try both.lint(only: "LL007") == [#"LL007 index.json:5 "code""#])
        #expect(
            try scenario(step: "\"code\": \"a.sh\", \"courseData\": \"b.sh\"", files: files).lint(only: "LL007").isEmpty
        )
    }

    @Test func stepsHaveATitleOrAHeading() throws {
        let steps = """
            {"title": "", "backend": {"imageid": "ubuntu"},
             "details": {"steps": [{"text": "a.md"}, {"text": "b.md"}, {"text": "./a.md"}]}}
            """
        let directory = try Directory(["index.json": steps, "a.md": "# Heading\n\ntext", "b.md": "text"])
        #expect(
            try directory.lint(only: "LL008") == [#"LL008 index.json:1 """#, #"LL008 index.json:2 {"text": "b.md"}"#])
    }

    @Test func titlesOfStepsDiffer() throws {
        let index = """
            {"title": "T", "backend": {"imageid": "ubuntu"}, "details": {"steps": [
            {"title": "One", "text": "a.md"}, {"title": "Two", "text": "b.md"},
            {"title": "one ", "text": "c.md"}]}}
            """
        let directory = try Directory(["index.json": index, "a.md": "a", "b.md": "b", "c.md": "c"])
        #expect(try directory.lint(only: "LL009") == [#"LL009 index.json:3 "one ""#])
    }

    @Test(arguments: [
        ("", true), ("# Heading\n", true), ("<!-- nothing -->\n", true), ("Text.\n", false),
        ("![p](https://x.org/p.png)\n", false),
    ])
    func pagesSaySomething(markdown: String, isEmpty: Bool) {
        #expect(lint(markdown, only: "LL010") == (isEmpty ? ["LL010 1:1"] : []))
    }

    @Test func stepsHaveATextOrScripts() throws {
        let index = """
            {"title": "T", "backend": {"imageid": "ubuntu"}, "details": {"steps": [
            {"title": "One"}, {"title": "Two", "foreground": "a.sh"}]}}
            """
        #expect(
            try Directory(["index.json": index, "a.sh": "ls"]).lint(only: "LL010") == [
                #"LL010 index.json:2 {"title": "One"}"#
            ]
        )
    }

    @Test(arguments: [
        ("ubunut", 1), ("ubuntu", 0), ("python:3.8", 0), ("ubuntu-8GB", 0), ("ubuntu1804", 0), ("openshift-3-6", 0),
        ("kubernetes-kubeadm-1node-4GB", 0), ("my-own", 1),
    ])
    func machineImagesAreKnown(image: String, count: Int) throws {
        let directory = try Directory(["index.json": "{\"title\": \"T\", \"backend\": {\"imageid\": \"\(image)\"}}"])
        #expect(try directory.lint(only: "LL011").count == count)
    }

    @Test func layoutsAreKnown() throws {
        let wrong = try scenario(root: "\"environment\": {\"uilayout\": \"terminal-terminl\"},").problems(only: "LL012")
        #expect(wrong.map(\.remedy) == ["did you mean 'terminal-terminal'?"])
        #expect(try scenario(root: "\"environment\": {\"uilayout\": \"editor-terminal\"},").lint(only: "LL012").isEmpty)
    }

    @Test(arguments: [
        ("a.txt", true), ("*.txt", true), ("**", true), ("d/*", true), ("*/e.sh", true), ("d/**", true),
        ("b.txt", false),
        ("d", false), ("*.md", false), ("e.sh", false), ("**/e.sh", true),
    ])
    func assetsMatchFiles(file: String, matches: Bool) throws {
        let directory = try scenario(
            details: "\"assets\": {\"host01\": [{\"file\": \"\(file)\", \"target\": \"~/\"}]},",
            files: ["assets/a.txt": "a", "assets/d/e.sh": "e"])
        #expect(try directory.lint(only: "LL013").isEmpty == matches)
    }

    @Test(arguments: [("*", false), ("**/*", false), (".*", true), (".env", true)])
    func starsPassOverHiddenAssetsAsInARun(file: String, matches: Bool) throws {
        let directory = try scenario(
            details: "\"assets\": {\"host01\": [{\"file\": \"\(file)\", \"target\": \"~/\"}]},",
            files: ["assets/.env": "A=1"])
        #expect(try directory.lint(only: "LL013").isEmpty == matches)
    }

    @Test func assetsAreSmallEnoughToUpload() throws {
        let details = "\"assets\": {\"host01\": [{\"file\": \"big\", \"target\": \"~/\"}]},"
        let large = String(repeating: "x", count: 9_000_001)
        #expect(
            try scenario(details: details, files: ["assets/big": large]).lint(only: "LL014") == [
                #"LL014 index.json:3 "big""#
            ])
        #expect(try scenario(details: details, files: ["assets/big": "x"]).lint(only: "LL014").isEmpty)
    }

    @Test(arguments: ["*", "**", "out", "sub/*/passwd"]) func assetsThatALinkLeadsOutOfAreRefusedBeforeARun(
        file: String
    ) throws {
        let directory = try scenario(
            details: "\"assets\": {\"host01\": [{\"file\": \"\(file)\", \"target\": \"~/\"}]},",
            files: ["assets/a.txt": "a", "assets/sub/b.txt": "b"])
        let link = file.hasPrefix("sub") ? "sub/etc" : "out"
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/assets/" + link, withDestinationPath: link == "out" ? "/etc/passwd" : "/etc")
        #expect(try directory.lint(only: "LL004") == ["LL004 index.json:3 \"\(file)\""])
    }

    @Test(.timeLimit(.minutes(1))) func manyPatternsOverManyFilesEndInAnError() throws {
        let patterns = Array(repeating: "{\"file\": \"**/none\", \"target\": \"~/\"}", count: 20_000)
        let directory = try scenario(
            details: "\"assets\": {\"host01\": [\(patterns.joined(separator: ","))]},",
            files: Dictionary(uniqueKeysWithValues: (0..<300).map { ("assets/d\($0 % 20)/\($0)", "x") }))
        let problems = try directory.problems(only: "LL014")
        #expect(problems.map(\.message) == ["the patterns up to '**/none' take more than 200000 comparisons"])
        #expect(problems.first?.severity == .error)
    }

    @Test func assetsSayWhereTheyGo() throws {
        let files = ["assets/a": "a"]
        #expect(
            try scenario(details: "\"assets\": {\"host01\": [{\"file\": \"a\"}]},", files: files).lint(only: "LL015")
                .count == 1)
        let told = "\"assets\": {\"host01\": [{\"file\": \"a\", \"target\": \"/opt\"}]},"
        #expect(try scenario(details: told, files: files).lint(only: "LL015").isEmpty)
    }

    @Test func unusedFilesAreReportedAndMentionedOnesAreNot() throws {
        let directory = try scenario(
            "See ![p](assets/shown.png) and run `./tool.sh`.\n",
            files: [
                "assets/shown.png": "png", "assets/lost.png": "png", "tool.sh": "cat data.csv", "data.csv": "1,2",
                "README.md": "hello", "lost.sh": "ls", ".hidden": "hidden",
            ])
        #expect(try directory.lint(only: "LL016") == ["LL016 assets/lost.png:1 ", "LL016 lost.sh:1 "])
    }

    @Test func manyUnusedFilesOfOneNameAreOneProblem() throws {
        var files: [String: String] = [:]
        for step in 1...9 { files["steps/\(step)/verify.sh"] = "echo done" }
        #expect(try scenario(files: files).lint(only: "LL016") == ["LL016 steps/1/verify.sh:1 "])
    }

    @Test func pagesAreShown() throws {
        let directory = try scenario(
            "[more](more.md)\n", files: ["step2.md": "two", "more.md": "more", "README.md": "x"])
        #expect(try directory.lint(only: "LL017") == ["LL017 step2.md:1 "])
    }

    @Test func oneIndexIsEnough() throws {
        #expect(try scenario(files: ["index.yaml": "title: T"]).lint(only: "LL019") == ["LL019 index.json:1 "])
        #expect(try scenario().lint(only: "LL019").isEmpty)
    }

    @Test func yamlIsLintedAsWell() throws {
        let directory = try Directory([
            "index.yaml":
                "title: T\nbackend:\n  imageid: ubuntu\ndetails:\n  steps:\n    - titel: One\n      text: step1.md\n"
        ])
        #expect(try directory.lint(only: "LL003") == ["LL003 index.yaml:7 step1.md"])
        #expect(try directory.lint(only: "LL005") == ["LL005 index.yaml:6 titel"])
    }
}

@Suite struct CourseRuleTests {
    @Test func pathwaysListScenariosThatAreThere() async throws {
        let index = "{\"title\": \"T\", \"backend\": {\"imageid\": \"ubuntu\"}}"
        let directory = try Directory([
            "go/one/index.json": index,
            "go-pathway.json": """
            {"courses": [{"course_id": "one"}, {"course_id": "two"},
             {"course_id": "three", "pathway_id": "c"}, {"course_id": "x", "external_link": "https://x.org"}]}
            """,
            "links-pathway.json": "{\"courses\": [{\"course_id\": \"gone\"}]}",
        ])
        let report = try await linter().lint(paths: [directory.path])
        #expect(
            report.problems.map { "\($0.rule.code) \($0.place.line):\($0.place.column)" } == [
                "LL003 1:50", "LL021 1:1",
            ])
    }

    @Test func everyCourseFileHasOneTruth() async throws {
        let index = "{\"title\": \"T\", \"backend\": {\"imageid\": \"ubuntu\"}}"
        let directory = try Directory([
            "structure.json": "{\"items\": [{\"path\": \"in\"}, {\"path\": \"../../up\"}]}",
            "in/structure.json": "{\"items\": [{\"path\": \"one\"}, {\"path\": \"../in\"}]}",
            "in/one/index.json": index,
            "in/two/index.json": index, "more/three/index.json": index, "more/four/index.json": index,
            "strings.yaml": "welcom: Hi\n",
        ])
        let report = try await linter().lint(paths: [directory.path]).without("LL021")
        let found = report.map { problem in
            "\(problem.rule.code) \(problem.place.file.dropFirst(directory.path.count + 1)) \(problem.message)"
        }
        #expect(
            found == [
                "LL018 in/structure.json the scenario 'two' is not listed, so it is never published",
                "LL002 in/structure.json '../in' leads back to '\(directory.path)/in', which lists this course",
                "LL005 strings.yaml unknown word 'welcom'",
                "LL018 structure.json the course 'more' with 2 scenarios is not listed, so it is never published",
                "LL004 structure.json '../../up' leads out of '\(directory.path)'",
            ])
        #expect(report.allSatisfy { $0.excerpt.contains("^") })
        try directory.write("{\"items\": [", to: "in/structure.json")
        let broken = try await linter(only: "LL001").lint(paths: [directory.path])
        #expect(
            broken.problems.map { String($0.place.file.dropFirst(directory.path.count + 1)) } == ["in/structure.json"])
    }

    @Test func aCommandInTheScriptsPlaceIsNoScript() throws {
        #expect(
            try scenario(step: "\"code\": \"docker pull nginx\"").problems(only: "LL003").map(\.message)
                == ["'code' does not name a script"])
    }

    @Test func assetsAreSearchedForSecretsAndPlaceholders() throws {
        let directory = try scenario(
            details: "\"assets\": {\"host01\": [{\"file\": \"*\", \"target\": \"~/\"}]},",
            files: [
                "assets/a.conf": "url = {{TRAFFIC_HOST1_80}}\nkey = AKIA" + "Q3EGRI6ZTOTWLBXM\n",
                "assets/b.conf": "[[section]]\n",
            ])
        #expect(try directory.lint().map { $0.prefix(22) } == ["LL303 assets/a.conf:1 ", "LL601 assets/a.conf:2 "])
    }

    @Test func openedFilesLieWhereTheEditorLooks() throws {
        #expect(
            try scenario("`/etc/hosts`{{open}} `/root/x`{{open}} `y`{{open}}\n").lint(only: "LL112") == [
                "LL112 step1.md:1 `/etc/hosts`{{open}}"
            ])
    }
}

@Suite struct KnownKeyTests {
    /// Nothing that a platform documents is taken for a slip or a wrong value.
    @Test func everyKeyOfThePlatformsIsKnown() throws {
        let directory = try scenario(
            step: #""foreground": "a.sh", "answer": "step1.md", "host": "node01""#,
            root: """
                "icon": "fa-x", "pathwayTitle": "P", "noindex": true, "private": true, "id": "i", "live": 1, "files": ["a"],
                "asyncFiles": ["b"], "interface": {"layout": "ide"}, "events": {"hideprogressbar": "x"}, "time": "10",
                "environment": {"showdashboard": true, "showdashboards": true, "dashboards": [{"name": "A", "port": 80}],
                "dashboard": "D", "terminals": [{"name": "T", "target": "host01"}], "uieditorpath": "/root",
                "uisettings": "java", "hideHiddenFiles": true, "exclusionPatterns": ["*"], "hideuieditortree": true,
                "delayToSaveFileAfterStopTypingMilliseconds": 1, "showide": true, "ide": "x", "idePort": 1, "hidesidebar": true,
                "showvisualise": true, "scope": "x", "scopePort": 1, "uimessage1": "m", "hideintro": true, "hidefinish": true},
                """, files: ["a.sh": "#!/bin/bash\nls\n"])
        #expect(try directory.problems().map(\.message) == [])
    }
}

extension LintReport {
    fileprivate func without(_ code: String) -> [Problem] { problems.filter { $0.rule.code != code } }
}
