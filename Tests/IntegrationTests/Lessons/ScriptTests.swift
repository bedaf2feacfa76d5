import Foundation
import Testing

/// Scripts, assets and file blocks on the real sandbox.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct ScriptTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private func verify(_ scenario: WrittenScenario, _ arguments: [String] = []) throws -> LecternProgram.Run {
        try lectern.run(["verify"] + arguments + [scenario.path])
    }

    @Test func assetsScriptsAndFileBlocksComeBeforeTheCheck() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh", "foreground": "typed.sh""#,
            page: """
                `greet; pwd; cat ~/app/sub/b.conf; ls /opt/data`{{execute}}

                You'll get the following output:

                ```
                hello from greet
                /tmp/work
                two
                x.txt
                ```

                <pre class="file" data-filename="new.conf" data-target="replace">one
                # MARK
                </pre>
                <pre class="file" data-filename="new.conf" data-target="insert" data-marker="# MARK">two
                three</pre>
                <pre class="file" data-filename="./new.conf" data-target="prepend">zero</pre>
                <pre class="file" data-filename="/root/app/new.conf" data-target="append">four</pre>

                `new.conf`{{open}}

                `cat ~/app/new.conf; sed s/PORT/81/ /etc/killercoda/host; echo https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com`{{execute}}

                You'll get the following output:

                ```
                zero
                one
                two
                three
                four
                http://localhost:81
                http://localhost:80
                ```
                """,
            before: """
                "intro": {"text": "intro.md", "background": "hidden.sh", "code": "wait.sh"},
                "assets": {"host01": [
                    {"file": "greet", "target": "/usr/local/bin", "chmod": "+x"},
                    {"file": "app/**", "target": "~/"}], "host02": [{"file": "*.txt", "target": "/opt/data"}]},
                """,
            others: #"""
                "environment": {"uieditorpath": "/root/app"}, "backend": {"imageid": "ubuntu"}
                """#,
            files: [
                "intro.md": "hello", "hidden.sh": "sleep 0.2; pwd > /tmp/where; touch /tmp/finished\n",
                "wait.sh": "while [ ! -f /tmp/finished ]; do sleep 0.05; done\nmkdir /tmp/work\ncd /tmp/work\n",
                "typed.sh": "[ \"$(cat /tmp/where)\" = /root ]\n",
                "assets/greet": "#!/bin/sh\necho hello from $(basename $0)\n", "assets/app/sub/b.conf": "two\n",
                "assets/x.txt": "x", "check.sh": "#!/bin/bash\ngrep -q three ~/app/new.conf && echo \"done\"\n",
            ])
        let run = try verify(scenario)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  3 actions, 2 samples, 0 links, 3 scripts, 4 files, 1 check"))
        #expect(run.output.contains("'host02' has no machine of its own"))
        #expect(lectern.leftovers() == [])
    }

    @Test func whatTheLessonInterruptsNeedNotEnd() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `sleep 1000`{{execute T2}}

            `while :; do date; sleep 0.2; done`{{execute T1}} `x`{{copy}} `^C`{{execute ctrl-seq T1}}

            `echo one`{{execute interrupt T2}}

            ```
            one
            ```

            `sleep 1000`{{execute T1}}`^Z`{{execute ctrl-seq}} `kill %1; echo two`{{execute}}
            """)
        let run = try lectern.run(["verify", "--timeout", "20", page])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.split(separator: "still runs, to be interrupted by the lesson").count == 4)
        let late = try lectern.page("`sleep 1000`{{execute T2}} `echo one`{{execute T1}} `^C`{{execute ctrl-seq T1}}\n")
        #expect(try lectern.run(["verify", "--timeout", "3", late]).status == 1)
    }

    @Test func aShortBackgroundScriptIsDoneBeforeTheFirstClick() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""courseData": "hidden.sh""#,
            page: "`cat /tmp/made`{{execute}}\n\n```\nready\n```\n",
            files: ["hidden.sh": "sleep 0.4; echo ready > /tmp/made\n"])
        let run = try verify(scenario)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test func aBackgroundScriptThatFailsIsReportedWithItsLogAndBlocksNothing() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""background": "hidden.sh""#, page: "`echo later`{{execute}}\n",
            files: ["hidden.sh": "echo the cards are wet; exit 3\n"])
        let run = try verify(scenario)
        #expect(run.status == 1)
        #expect(run.output.contains("✓ T1   echo later"), "\(run.output)")
        #expect(run.output.contains("it ended with exit status 3"))
        #expect(run.output.contains("the cards are wet"))
        #expect(run.output.contains("index.json:2:"))
    }

    @Test func aServerThatABackgroundScriptLeavesLivesOnAndEndsWithTheLab() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""background": "hidden.sh""#,
            page: "`while ! [ -f /tmp/pid ]; do sleep 0.05; done; kill -0 $(cat /tmp/pid)`{{execute}}\n",
            files: ["hidden.sh": "sleep 1000 &\necho $! > /tmp/pid.new; mv /tmp/pid.new /tmp/pid\n"])
        let run = try verify(scenario)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aBackgroundScriptHasItsTimeLimit() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""background": "hidden.sh""#,
            others: #""backend": {"imageid": "ubuntu"}, "lectern": {"backgroundTimeout": "200ms"}"#,
            files: ["hidden.sh": "sleep 1000\n"])
        let run = try verify(scenario)
        #expect(run.status == 1)
        #expect(run.output.contains("was ended"), "\(run.output)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aForegroundScriptThatFailsEndsTheRun() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""foreground": "typed.sh""#, page: "`echo later`{{execute}}\n",
            files: ["typed.sh": "cd /no/such/place\n"])
        let run = try verify(scenario)
        #expect(run.status == 1)
        #expect(run.output.contains("No such file or directory"), "\(run.output)")
        #expect(!run.output.contains("✓ T1   echo later"))
    }

    @Test func aMarkerThatIsNotThereFailsAndLeavesTheFile() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: "",
            page: """
                <pre class="file" data-filename="a.txt" data-target="replace">here</pre>
                <pre class="file" data-filename="a.txt" data-target="insert" data-marker="missing">no</pre>
                """)
        let run = try verify(scenario)
        #expect(run.status == 1)
        #expect(run.output.contains("'/root/a.txt' does not hold the text"), "\(run.output)")
        #expect(run.output.contains("step1.md:2"))
    }

    @Test func whatTheSandboxDoesNotTakeIsSaid() throws {
        defer { lectern.remove() }
        let block = try WrittenScenario(
            in: lectern, step: "", page: #"<pre class="file" data-filename="/usr/x" data-target="replace">x</pre>"#)
        let failed = try verify(block)
        #expect(failed.status == 1)
        #expect(failed.output.contains("'/usr/x' can't be written"), "\(failed.output)")
        let asset = try WrittenScenario(
            in: lectern, step: "", before: #""assets": {"client": [{"file": "x", "target": "/usr"}]}, "#,
            files: ["assets/x": "x"])
        let inconclusive = try verify(asset)
        #expect(inconclusive.status == 2)
        #expect(inconclusive.output.contains("cannot be put at '/usr/x'"), "\(inconclusive.output)")
        #expect(inconclusive.output.contains("index.json:2:"))
    }

    @Test(arguments: [
        ("../../x", "leads out of the scenario's directory"), ("/etc/passwd", "is absolute"),
        ("link", "is a symbolic link out of"), ("li*", "is a symbolic link out of"), ("missing", "no such file"),
    ])
    func anAssetThatCannotBeTakenIsNamedAtItsLine(_ file: String, _ problem: String) throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: "", before: #""assets": {"host01": [{"file": "\#(file)", "target": "/opt"}]}, "#,
            files: ["assets/there": "x"])
        try FileManager.default.createSymbolicLink(
            atPath: scenario.path + "/assets/link", withDestinationPath: "/etc/passwd")
        let run = try verify(scenario)
        #expect(run.status == 2)
        #expect((run.output + run.problems).contains(problem), "\(run.output)\(run.problems)")
        #expect((run.output + run.problems).contains("index.json:2:"))
    }

    @Test func terminalsHaveTheSizeThatTheLessonAsksFor() throws {
        defer { lectern.remove() }
        let page = ["", " T2"].map { "`stty size`{{execute\($0)}}\n\nThe output is:\n\n`30 100`\n" }
        let scenario = try WrittenScenario(
            in: lectern, step: "", page: page.joined(separator: "\n"),
            others: #""backend": {"imageid": "ubuntu"}, "lectern": {"terminals": {"columns": 100, "rows": 30}}"#)
        let run = try verify(scenario)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test func aHiddenIntroIsNotClickedAndItsScriptsRun() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh""#,
            before: #""intro": {"text": "intro.md", "foreground": "typed.sh"}, "#,
            others: #""environment": {"hideintro": true}, "backend": {"imageid": "ubuntu"}"#,
            files: ["intro.md": "`false`{{execute}}", "typed.sh": "touch ~/ran\n", "check.sh": "test -f ~/ran\n"])
        let run = try verify(scenario)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test func lessonsWriteWhereRootMayWrite() throws {
        defer { lectern.remove() }
        let page =
            """
            `mkdir /data && touch /data/x /etc/panda /var/x /opt/x /srv/x /usr/local/bin/x /usr/local/share/x /var/log/x`{{execute}}

            `echo '127.0.0.1 shop' >> /etc/hosts; echo : >> /etc/bash.bashrc; sed -i s/nobody/somebody/ /etc/passwd`{{execute}}

            `getent hosts shop; id -un 65534`{{execute}}

            The output is:

            ```
            127.0.0.1       shop
            somebody
            ```

            """
        let first = try verify(try WrittenScenario(in: lectern, step: "", page: page))
        #expect(first.status == 0, "\(first.output)")
        // And it ends with the lab.
        let again =
            "`ls /data /etc/panda /usr/local/bin/x 2>&1 | grep -c 'No such file'`{{execute}}\n\nThe output is:\n\n`3`\n\n"
            + "`cat /etc/hosts /etc/passwd | grep -cE 'shop|somebody' || true`{{execute}}\n\nThe output is:\n\n`0`\n"
        let second = try verify(try WrittenScenario(in: lectern, step: "", page: again))
        #expect(second.status == 0, "\(second.output)")
    }

    @Test(arguments: [
        ("weird:1", "is in no table of images"), ("openshift-4-7", "it is an OpenShift cluster"),
        ("kubernetes-kubeadm-1node", "it is a Kubernetes cluster"), ("docker-swarm", "container engine of its own"),
    ])
    func aMachineThatCannotBeHadIsNamed(_ image: String, _ reason: String) throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(in: lectern, step: "", others: #""backend": {"imageid": "\#(image)"}"#)
        let run = try verify(scenario)
        #expect(run.status == 2)
        #expect(run.output.contains("'\(image)'") && run.output.contains(reason), "\(run.output)")
        #expect(run.output.contains("--image-table"))
    }

    @Test func theTableOfImagesCanBeExtended() throws {
        var lectern = lectern
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: "", page: "`true`{{execute}}\n", others: #""backend": {"imageid": "weird:1"}"#)
        let table = lectern.state.appending(path: "table.json").path
        try #"{"images": {"weird:*": {"needs": {"bash": "bash"}}}}"#.write(
            toFile: table, atomically: true, encoding: .utf8)
        #expect(try verify(scenario, ["--image-table", table]).status == 0)
        try #"{"images": {"weird:*": {"needs": {"no-such-program": "a-package"}}}}"#.write(
            toFile: table, atomically: true, encoding: .utf8)
        let missing = try verify(scenario, ["--image-table", table])
        #expect(missing.status == 2)
        #expect(missing.output.contains("install a-package"), "\(missing.output)")
        let own = lectern.state.appending(path: "config/lectern")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try #"{"images": {"weird:1": {}}}"#.write(
            to: own.appending(path: "images.json"), atomically: true, encoding: .utf8)
        lectern.environment["XDG_CONFIG_HOME"] = lectern.state.appending(path: "config").path
        #expect(try lectern.run(["verify", scenario.path]).status == 0)
    }
}
