import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import Testing

/// The forms that public lessons have, each on one page, as authors write them.
@Suite struct DialectTests {
    /// Fences closed by a macro: languages, tildes, indentation, text behind the macro, HTML around, templates inside.
    private let fences = """
        ```bash
        one
        1
        ```{{execute}}

        ~~~
        two
        ~~~{{exec T2}}

        1. item

           ```
           three
             3
           ```{{execute}}

        2. item

            ```
            four
            ```{{ execute }}

              ```
              five
              ```{{execute  T1   interrupt}}

         ```
         six
         ```{{execute}}.

        ```
        seven
        ```{{exec}}|skip{{sandbox}}

        ````
        eight ```
        ````{{execute}}

        ```
        cat > nine <<END
        {{ .Values.replicaCount }}
        END
        ``` {{EXECUTE}}

        <details>
        <summary>ten</summary>

        `ten`{{copy}}

        ```sql
        eleven
        ```{{copy}}

        </details>

        > `twelve`{{execute}}

        |a|
        |-|
        |`thirteen`{{execute}}|

        ```yaml{2,5-6}
        no action
        ```
        """

    private let texts = [
        "one\n1", "two", "three\n  3", "four", "five", "six", "seven", "eight ```",
        "cat > nine <<END\n{{ .Values.replicaCount }}\nEND", "ten", "eleven", "twelve", "thirteen",
    ]

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyFenceEndsAtItsMacro(lineEnd: String) {
        let page = read(fences.replacing("\n", with: lineEnd))
        #expect(page.texts == texts)
        #expect(page.actions.map(\.terminal) == [nil, 2, nil, nil, 1] + Array(repeating: nil, count: 8))
        #expect(page.actions[4].kind == .interrupt)
        #expect(page.warnings.isEmpty)
        #expect(page.actions.map(\.place.line) == read(fences).actions.map(\.place.line))
    }

    @Test(arguments: [
        ("{{TRAFFIC_HOST1_80}}", 80, "/"), ("{{TRAFFIC_HOST2_9090}}/a?b=1", 9090, "/a?b=1"),
        ("https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/p", 8080, "/p"),
        ("https://[[HOST2_SUBDOMAIN]]-81-[[KATACODA_HOST]].[[KATACODA_DOMAIN]]", 81, "/"),
        ("https://[[CLIENT_SUBDOMAIN]]-82-[[KATACODA_HOST]].environments.katacoda.com/", 82, "/"),
        ("https://console-[[HOST_SUBDOMAIN]]-443-[[KATACODA_HOST]].environments.katacoda.com", 443, "/"),
    ])
    func linksToPortsAreThoseOfTheLab(url: String, port: Int, path: String) {
        #expect(read("[x](\(url))").links.map(\.target) == [.labPort(port, path: path)])
    }

    @Test(arguments: ["{{TRAFFIC_HOSTX_Y}}", "{{TRAFFIC_SELECTOR}}", "{{TRAFFIC_HOST1_0}}", "{{TRAFFIC_HOST1_99999}}"])
    func whatNamesNoPortIsNone(url: String) {
        let targets = read("[x](\(url))").links.map(\.target)
        #expect(!targets.contains { if case .labPort = $0 { true } else { false } })
    }

    /// Every key of the platforms' indexes, with the types that authors give them.
    private let everyKey = """
        {"title": "T", "description": "D", "difficulty": "Beginner", "time": "15-20 minutes", "pathwayTitle": "P",
         "icon": "fa-x", "type": "challenge@0.9", "noindex": true, "private": "true", "id": "i", "live": 1,
         "files": ["a.js"], "asyncFiles": ["b"], "interface": {"layout": "ide"}, "events": {"hideprogressbar": "done"},
         "backend": {"imageid": "ubuntu:2004", "port": "8080", "url": "https://x.org", "autoUpgrade": true, "trainingid": "t"},
         "environment": {"uilayout": "editor-terminal-v1", "hideintro": "true", "hidefinish": false, "hidesidebar": true,
          "showdashboard": true, "showdashboards": true, "dashboards": [{"name": "A", "port": 80, "href": "x"}],
          "dashboard": "D", "terminals": [{"name": "T", "target": "host01", "command": "top"}], "uieditorpath": "/srv",
          "uisettings": "java", "hideHiddenFiles": true, "exclusionPatterns": ["*test"], "hideuieditortree": true,
          "delayToSaveFileAfterStopTypingMilliseconds": 100, "showide": true, "ide": "code", "idePort": 23000,
          "showvisualise": true, "scope": "scope", "scopePort": 4040, "uimessage1": "hello"},
         "details": {"intro": {"text": "p.md", "credits": "https://x.org", "code": "old.sh", "courseData": "b.sh"},
          "steps": [{"title": "", "text": "p.md", "foreground": "new.sh", "code": "old.sh", "verify": "v.sh",
            "answer": "p.md", "hint": "h.sh", "host": "node01"}, null],
          "finish": {"text": "p.md", "credits": ""},
          "assets": {"host01": [{"file": "a", "target": "~/", "chmod": "+x"}], "host02": [], "client": null}}}
        """

    @Test func everyKeyIsRead() throws {
        let folder = try Folder(["index.json": everyKey, "p.md": "# Heading\n"])
        let scenario = try LessonReader().scenario(at: folder.path)
        let platform = scenario.platform
        #expect(scenario.pages.map(\.role) == [.intro, .step(1), .finish])
        #expect(scenario.pages[0].scripts.foreground == "old.sh" && scenario.pages[0].scripts.background == "b.sh")
        let step = scenario.pages[1].scripts
        #expect(step.foreground == "new.sh" && step.verify == "v.sh" && step.answer == "p.md" && step.hint == "h.sh")
        #expect(platform.challengeVersion == "0.9" && platform.image == "ubuntu:2004" && platform.port == 8080)
        #expect(platform.hidesIntro && !platform.hidesFinish)
        #expect(platform.editorPath == "/srv" && platform.layout == "editor-terminal-v1")
        #expect(platform.assets.map(\.mode) == ["+x"])
        #expect(
            Set(platform.requests.map(\.feature))
                == [.ide, .events, .dashboards, .terminalTabs, .visualise])
        #expect(platform.notes.count == 2)
    }

    @Test(arguments: [
        #"{"title": "T", "backend": {"imageid": "ubuntu"}}"#, #"{"title": null, "details": null}"#,
        #"{"details": {"intro": null, "steps": null, "finish": null, "assets": null}}"#,
        #"{"details": {"steps": [{}]}}"#,
    ])
    func whatIsLeftOutIsNotMissed(index: String) throws {
        let folder = try Folder(["index.json": index])
        #expect(try LessonReader().scenario(at: folder.path).pages.isEmpty)
    }

    @Test func aNotebookIsNoLessonThatPassesUnseen() throws {
        let folder = try Folder(["index.json": #"{"title": "T", "type": "jupyter@0.1"}"#])
        #expect(
            try LessonReader().scenario(at: folder.path).platform.notes.map { $0.contains("jupyter@0.1") } == [true])
    }
}
