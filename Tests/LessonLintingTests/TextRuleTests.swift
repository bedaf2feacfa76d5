import Diagnostics
import LessonLinting
import Lessons
import Testing

@Suite struct TextRuleTests {
    @Test(arguments: [
        ("LL301", "[x]({{TRAFFIC_HOST1_99999}})\n", ["LL301 1:5"]),
        ("LL301", "[x]({{TRAFFIC_HOST0_80}}) {{TRAFFIC_HSOT1_80}}\n", ["LL301 1:5", "LL301 1:27"]),
        ("LL301", "[[HOST_SUBDOMIAN]]-80-[[KATACODA_HOST]]\n", ["LL301 1:1"]),
        ("LL301", "[x]({{TRAFFIC_HOST1_80}}) {{TRAFFIC_HOSTX_Y}} {{TRAFFIC_SELECTOR}} [[PASSWORD]]\n", []),
        ("LL302", "https://[[HOST_SUBDOMAIN]]-[[KATACODA_HOST]].environments.katacoda.com\n", ["LL302 1:9"]),
        ("LL302", "https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com\n", []),
        ("LL304", "https://2886795274-8080-host03nc.environments.katacoda.com/x\n", ["LL304 1:9"]),
        ("LL304", "https://abc12-10-244-4-10-30080.papa.r.killercoda.com\n", ["LL304 1:9"]),
        ("LL304", "https://www.katacoda.com/courses\n", ["LL304 1:9"]),
        (
            "LL304",
            "https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/ https://killercoda.com/x\n", []
        ),
        ("LL307", "# One *two*\n\n[a](#one-two) [b](#three)\n", ["LL307 3:19"]),
        ("LL308", "![a](/me/scenarios/x/assets/a.png) [b](/c)\n", ["LL308 1:6"]),
        (
            "LL401", "TODO: write this. Price: XX euros, TBD.\n\nLorem ipsum dolor\n",
            ["LL401 1:1", "LL401 1:26", "LL401 1:36", "LL401 3:1"]
        ),
        (
            "LL401",
            "A TODO app, `TODO: x`, -XX:+Use, #TODO-insert, XXL and todo <!-- TODO: later -->\n\n```\n# FIXME\n```\n",
            []
        ),
        (
            "LL402", "<script>x()</script>\n\n<b onclick=\"x()\">b</b> [c](javascript:x())\n",
            ["LL402 1:1", "LL402 3:1", "LL402 3:28"]
        ),
        (
            "LL402",
            "<details><summary>a</summary>`<script>`</details> <kbd>x</kbd> <img src=\"a.png\" width=\"1\">\n\n```\n<script>\n```\n",
            []
        ),
        (
            "LL504", "`curl https://x.org/a | sh`{{execute}} `sudo apt-get -y install jq`{{execute}}\n",
            ["LL504 1:2", "LL504 1:46"]
        ),
        (
            "LL504",
            "`curl localhost:8080`{{execute}} `curl http://10.0.0.1/` `apt install x`{{copy}}\n\n```\necho apt; ls\n```{{execute}}\n",
            []
        ),
    ])
    func pages(code: String, markdown: String, expected: [String]) {
        #expect(lint(markdown, only: code) == expected)
    }

    @Test func hostsAreThoseOfTheMachineImage() throws {
        #expect(
            try scenario("[x]({{TRAFFIC_HOST2_80}})\n").lint(only: "LL301") == ["LL301 step1.md:1 {{TRAFFIC_HOST2_80}}"]
        )
        let two = try scenario("[x]({{TRAFFIC_HOST2_80}})\n")
        let index = try two.text(of: "index.json")
        try two.write(index.replacing("\"ubuntu\"", with: "\"kubernetes-kubeadm-2nodes\""), to: "index.json")
        #expect(try two.lint(only: "LL301").isEmpty)
    }

    @Test func placeholdersStandWhereTheyAreReplaced() throws {
        let script = "#!/bin/bash\necho {{TRAFFIC_HOST1_80}} [[HOST_SUBDOMAIN]]\n"
        let directory = try scenario(
            step: "\"foreground\": \"f.sh\", \"verify\": \"v.sh\"", root: "\"description\": \"[[HOST_IP]]\",",
            files: ["f.sh": script, "v.sh": script])
        #expect(
            try directory.lint(only: "LL303") == [
                "LL303 f.sh:2 {{TRAFFIC_HOST1_80}}", "LL303 index.json:2 [[HOST_IP]]",
                "LL303 v.sh:2 {{TRAFFIC_HOST1_80}}",
                "LL303 v.sh:2 [[HOST_SUBDOMAIN]]",
            ])
        #expect(try scenario("{{TRAFFIC_HOST1_80}} [[HOST_IP]]\n").lint(only: "LL303").isEmpty)
    }

    @Test func linksLeadToFilesOfTheRepository() throws {
        let directory = try scenario(
            "[a](other.md) [b](other.md#two) [c](other.md#three) [d](gone.md) [e](quay.io/x) [f](https://x.org) [g](my%20file.txt)\n",
            files: ["other.md": "# Two\n", "my file.txt": "x"])
        #expect(try directory.lint(only: "LL305") == ["LL305 step1.md:1 gone.md", "LL305 step1.md:1 quay.io/x"])
        #expect(try directory.lint(only: "LL307") == ["LL307 step1.md:1 other.md#three"])
    }

    @Test func picturesAreThere() throws {
        let directory = try scenario(
            "![a](assets/a.png) ![b](assets/B.png) <img src='./assets/c.png'>\n",
            files: ["assets/a.png": "a", "assets/b.png": "b"])
        let problems = try directory.problems(only: "LL306")
        #expect(problems.map(\.place.column) == [25, 49])
        #expect(problems.first?.remedy == "did you mean 'assets/b.png'?")
    }

    @Test func filesLieWhereTheEditorLooks() throws {
        let block = "<pre class=\"file\" data-filename=\"/etc/x.conf\" data-target=\"replace\">x</pre>\n"
        #expect(
            try scenario(block).lint(only: "LL112") == [
                #"LL112 step1.md:1 <pre class="file" data-filename="/etc/x.conf" data-target="replace">x</pre>"#
            ])
        #expect(try scenario(block, root: "\"environment\": {\"uieditorpath\": \"/etc\"},").lint(only: "LL112").isEmpty)
        #expect(try scenario(block.replacing("/etc/", with: "~/")).lint(only: "LL112").isEmpty)
    }

    @Test func secretsAreReportedAndNeverShown() {
        let key = "AKIA" + "Q3EGRI6ZTOTWLBXM"
        let token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
        let found = problems(
            "export AWS_ACCESS_KEY_ID=\(key)\n\n`git clone https://\(token)@host/x`\n\npassword=Zk39xQ7vLm2TpW8sBd\n",
            only: "LL601")
        #expect(found.map(\.place.line) == [1, 3, 5])
        for problem in found {
            for text in [problem.message, problem.excerpt, problem.remedy ?? ""] {
                #expect(!text.contains("EGRI6Z") && !text.contains("D4e5") && !text.contains("Q7vL"))
            }
        }
        let lines = (1...12).map { "MIIEpAIBAAKCAQEA\($0)u3nq0bNw7Gk" }.joined(separator: "\n")
        #expect(
            lint("-----BEGIN RSA PRIVATE KEY-----\n\(lines)\n-----END RSA PRIVATE KEY-----\n", only: "LL601").count == 1
        )
    }

    @Test(arguments: [
        "password=my-secret-pw", "AKIAIOSFODNN7EXAMPLE", "token: $TOKEN", "password=password123",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "http://localhost:8888/?token=f89b02dd78479d52470b3c3a797408b20cc5a11e067e94b8",
        "secret: kubernetes-dashboard-token",
        "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
    ])
    func placeholdersForSecretsAreNone(text: String) {
        #expect(lint(text + "\n", only: "LL601").isEmpty)
    }
}
