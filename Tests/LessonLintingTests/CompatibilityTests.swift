import Diagnostics
import LessonLinting
import LessonMarkdown
import Lessons
import Testing

@Suite struct CompatibilityTests {
    private func look(
        _ markdown: String = "", image: String? = "ubuntu", requests: [PlatformRequest] = [], assets: [Asset] = [],
        environment: [String] = [], scripts: [ScriptText] = []
    ) -> ScenarioCompatibility {
        let page = LessonReader().page(markdown: markdown, file: "step1.md", role: .step(1))
        var platform = ScenarioPlatform(image: image, assets: assets)
        platform.requests = requests
        let scenario = Scenario(
            directory: "x", title: "X", pages: [page], settings: .init(environment: environment), platform: platform)
        return ScenarioCompatibility(scenario, path: "x", scripts: scripts)
    }

    private func reasons(_ markdown: String) -> [Reason] { look(markdown).findings.map(\.reason) }

    @Test func aPlainLessonIsSupported() {
        let found = look("`ls -l`{{execute}} prints:\n\n```\ntotal 0\n```\n\n`x`{{copy}}")
        #expect(found.level == .supported)
        #expect(found.findings.isEmpty)
        #expect(found.counts.steps == 1)
        #expect(found.counts.actions == 2)
        #expect(found.counts.typedActions == 1)
        #expect(found.counts.samples == 1)
    }

    @Test(
        arguments: [
            ("ubuntu:2004", nil), ("bash1804", nil), ("docker", .docker), ("envoy-docker", .docker), ("vscode", nil),
            ("kubernetes-kubeadm-1node", .cluster), ("openshift-4-7", .cluster), ("minikube", .cluster),
            ("k3s", .cluster),
            ("docker-swarm", .docker), ("python:3.8", .image), ("rhel8-3", .image), ("", .image),
        ] as [(String, Reason?)])
    func theImageSaysWhatIsNeeded(name: String, reason: Reason?) {
        #expect(look(image: name).findings.first?.reason == reason)
        // A lesson with an environment of its own has what that gives.
        #expect(look(image: name, environment: ["compose.yaml"]).findings.isEmpty)
    }

    @Test(arguments: [
        "apt-get install -y jq", "sudo apt update", "cd /tmp && pip3 install flask", "git clone https://github.com/a/b",
        "git clone git@github.com:a/b", "curl -sL https://example.org/x | bash", "FOO=1 npm install",
        "wget 'http://example.org/x.tgz'", "python3 -m pip install x", "/usr/bin/pip install x", "x || ./mvnw package",
        "dvc get https://github.com/iterative/data x", "dotnet add app package Dapr",
    ])
    func commandsThatFetchNeedTheInternet(command: String) {
        #expect(reasons("`\(command)`{{execute}}") == [.internet])
    }

    @Test(arguments: [
        "curl localhost:8080/x", "curl http://127.0.0.1/", "curl http://order-service:9001/orders",
        "curl http://192.168.1.7", "curl https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/",
        "echo apt-get install", "git commit -m https://example.org", "# apt-get install x", "curl http://$HOST/",
        "docker", "npm test", "curl https://app.local/", "dvc push", "gradle init --type java-library", "mvn --version",
        "dotnet add app reference lib", "curl http://10.0.0.1.nip.io/",
    ])
    func commandsThatStayInTheLabDoNot(command: String) {
        #expect(reasons("`\(command)`{{execute}}").isEmpty)
    }

    @Test func enginesAndClustersAreNamedWithPlaceAndNumber() throws {
        let found = look(
            "`docker run x`{{execute}}\n`docker ps`{{execute}}\n\n`kubectl get pods -A -o wide`{{execute T2}}")
        #expect(found.level == .unsupported)
        #expect(found.findings.map(\.reason) == [.cluster, .docker])
        let docker = try #require(found.findings.last)
        #expect(docker.detail == "docker run x")
        #expect(docker.count == 2)
        #expect(docker.place == SourcePlace(file: "step1.md", line: 1))
        #expect(found.findings.first?.detail == "kubectl get pods -A")
    }

    @Test func secondMachinesClosedHostsAndOddPagesDegrade() {
        #expect(reasons("`ls`{{execute HOST2}}") == [.secondHost])
        #expect(reasons("`ls`{{execute HOST1}}") == [])
        #expect(look(assets: [Asset(host: "host02", file: "a", target: "/")]).findings.map(\.reason) == [.secondHost])
        #expect(reasons("[x](https://www.katacoda.com/a)") == [.closedHost])
        #expect(
            reasons("[x](https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/)") == [])
        #expect(reasons("`ls`{{exeute}}") == [.oddPage])
        #expect(look("`ls`{{execute T99}}").level == .unsupported)
    }

    @Test func scriptsCountAsCommands() {
        let found = look(scripts: [
            ScriptText(file: "x/bg.sh", content: .text("#!/bin/sh\napt-get update\n")),
            ScriptText(file: "x/no.sh", content: .problem("no such file")),
        ])
        #expect(found.findings.map(\.reason) == [.internet, .missingFile])
        #expect(found.findings.first?.place?.file == "x/bg.sh")
    }

    @Test func everyFeatureHasAReason() {
        let place = SourcePlace(file: "index.json", line: 3)
        for feature in PlatformRequest.Feature.allCases {
            let found = look(requests: [PlatformRequest(feature, detail: "x", place: place)])
            #expect(found.findings.map(\.place) == [place])
            #expect(found.level == (feature == .notebook ? .unsupported : .degrades))
        }
        for reason in Reason.allCases {
            #expect(!reason.asks.isEmpty && !reason.consequence.isEmpty)
        }
    }

    @Test func totalsAndReasonsAddUp() {
        let report = CompatibilityReport(
            repository: "r",
            scenarios: [
                look("`ls`{{execute}}"), look("`docker ps`{{execute}}"), look("`docker ps; apt update`{{execute}}"),
            ])
        #expect(report.totals.actions == 3)
        #expect(report.levels == [.supported: 1, .degrades: 0, .unsupported: 2])
        #expect(report.reasons.map(\.reason) == [.docker, .internet])
        #expect(report.reasons.map(\.scenarios) == [2, 1])
    }
}
