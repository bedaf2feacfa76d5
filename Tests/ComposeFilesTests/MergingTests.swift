import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct MergingTests {
    /// The service `web` of a file with these lines, merged with an override of the same service.
    private func web(_ base: String, over: String) throws -> Service {
        let head = "services:\n  web:\n    image: nginx\n"
        let project = try read(
            head + base + "\n", others: ["/lab/over.yaml": "services:\n  web:\n" + over + "\n"],
            files: ["/lab/main.yaml", "/lab/over.yaml"])
        return try #require(project["web"])
    }

    @Test func commandAndHealthTestAreReplaced() throws {
        let web = try web(
            "    command: [a, b]\n    entrypoint: [x]\n    healthcheck: {test: [CMD, a], retries: 3}",
            over: "    command: [c]\n    entrypoint: [y, z]\n    healthcheck: {test: [CMD, b]}")
        #expect(web.command == ["c"] && web.entrypoint == ["y", "z"])
        #expect(web.healthCheck?.test == .command(["b"]) && web.healthCheck?.retries == 3)
    }

    @Test func environmentAndLabelsMergeByNameInAnyForm() throws {
        let web = try web(
            "    environment: [A=1, B=2]\n    labels: {a: x, b: x}",
            over: "    environment: {B: 3, C: 4}\n    labels: [b=y]")
        #expect(web.environment == ["A": "1", "B": "3", "C": "4"] && web.labels == ["a": "x", "b": "y"])
    }

    @Test func variableWithoutValueTakesTheOneBelowAway() throws {
        #expect(try web("    environment: {A: 1}", over: "    environment: {A: }").environment == [:])
    }

    @Test func listsAreAppendedWithoutRepetition() throws {
        let web = try web(
            "    cap_add: [KILL]\n    ports: [\"80:80\"]\n    tmpfs: /a\n    extra_hosts: [\"a:1.1.1.1\"]",
            over:
                "    cap_add: [KILL, CHOWN]\n    ports: [\"80:80\", \"81:81\"]\n    tmpfs: [/b]\n    extra_hosts: [\"b:2.2.2.2\"]"
        )
        #expect(web.addedCapabilities == ["KILL", "CHOWN"] && web.ports.map(\.hostPort) == [80, 81])
        #expect(web.mounts.map(\.target) == ["/a", "/b"] && web.extraHosts == ["a:1.1.1.1", "b:2.2.2.2"])
    }

    @Test func mountsMergeByTarget() throws {
        let web = try web("    volumes: [./a:/x, ./b:/y]", over: "    volumes: [./c:/x:ro]")
        #expect(
            web.mounts.map(\.source) == [.bind("/lab/c"), .bind("/lab/b")]
                && web.mounts.map(\.isReadOnly) == [true, false])
    }

    @Test func resetTakesAwayAndOverrideReplaces() throws {
        let web = try web(
            "    build: .\n    ports: [\"80:80\"]\n    environment: {A: 1, B: 2}\n    volumes: [./a:/x]",
            over:
                "    build: !reset null\n    ports: !override [\"81:81\"]\n    environment: {A: !reset null}\n    volumes: !reset []"
        )
        #expect(
            web.build == nil && web.ports.map(\.hostPort) == [81] && web.environment == ["B": "2"] && web.mounts == [])
    }

    @Test func imageReplacesAndServicesAreAdded() throws {
        let project = try read(
            "services: {web: {image: a, build: {context: x, args: {A: 1}}}, db: {image: d}}\nvolumes: {v: {}}",
            others: [
                "/over.yaml":
                    "services: {web: {image: b, build: {args: {B: 2}}}, new: {image: n}}\nvolumes: {w: {}}\nx-a: 1"
            ],
            files: ["/lab/main.yaml", "/over.yaml"])
        #expect(project.services.map(\.name) == ["web", "db", "new"] && project.volumes.map(\.key) == ["v", "w"])
        #expect(project["web"]?.image == "b" && project["web"]?.build?.arguments == ["A": "1", "B": "2"])
    }

    @Test func shortBuildMeetsLongBuildAndListMeetsMapping() throws {
        let project = try read(
            "services: {web: {build: a, depends_on: [db]}, db: {image: d}}",
            others: [
                "/over.yaml": "services: {web: {build: {target: t}, depends_on: {db: {condition: service_healthy}}}}"
            ],
            files: ["/lab/main.yaml", "/over.yaml"])
        #expect(project["web"]?.build?.context == "/lab/a" && project["web"]?.build?.target == "t")
        #expect(project["web"]?.dependencies.map(\.condition) == [.healthy])
    }

    @Test func relativePathsOfAnOverrideStartAtTheFirstFile() throws {
        let project = try read(
            "services: {web: {image: a}}", others: ["/else/over.yaml": "services: {web: {volumes: [./d:/d]}}"],
            files: ["/lab/main.yaml", "/else/over.yaml"])
        #expect(project["web"]?.mounts.first?.source == .bind("/lab/d") && project.directory == "/lab")
    }

    @Test func mergeKeysTakeWhatTheMappingDoesNotSay() throws {
        let project = try read(
            """
            x-a: &a {image: a, user: root, labels: {l: a}}
            x-b: &b {image: b, hostname: h}
            services:
              one: {<<: *a, image: own}
              two: {<<: [*b, *a]}
            """)
        #expect(
            project["one"]?.image == "own" && project["one"]?.user == "root" && project["one"]?.labels == ["l": "a"])
        #expect(project["two"]?.image == "b" && project["two"]?.user == "root" && project["two"]?.hostname == "h")
    }

    @Test func localFormMergesMemberByMember() throws {
        let web = try web(
            "    x-lectern: {command: [a], environment: {A: 1, B: 1}, ready: [{port: 80}], needs: [{program: a}]}",
            over: "    x-lectern: {environment: {B: 2}, ready: [{log: up}]}")
        let local = try #require(web.local)
        #expect(local.command == ["a"] && local.environment == ["A": "1", "B": "2"])
        #expect(local.ready.map(\.check) == [.log("up")] && local.needs.count == 1)
    }
}

@Suite struct ExtendsTests {
    @Test func serviceTakesWhatItExtends() throws {
        let project = try read(
            """
            services:
              base: {image: a, environment: {A: 1, B: 1}, cap_add: [KILL], command: [x]}
              middle: {extends: base, environment: {B: 2}}
              web: {extends: {service: middle}, cap_add: [CHOWN], command: [y]}
            """)
        let web = try #require(project["web"])
        #expect(web.image == "a" && web.environment == ["A": "1", "B": "2"] && web.command == ["y"])
        #expect(web.addedCapabilities == ["KILL", "CHOWN"])
    }

    @Test func pathsOfAnotherFileStartThere() throws {
        let project = try read(
            "services: {web: {extends: {file: sub/base.yaml, service: base}, volumes: [./m:/m]}}",
            others: [
                "/lab/sub/base.yaml": "services: {base: {build: ., env_file: e.env, volumes: [./s:/s]}}",
                "/lab/sub/e.env": "A=1",
            ])
        let web = try #require(project["web"])
        #expect(web.build?.context == "/lab/sub" && web.environment == ["A": "1"])
        #expect(web.mounts.map(\.source) == [.bind("/lab/sub/s"), .bind("/lab/m")])
        #expect(project.services.count == 1)
    }

    @Test func circlesAndUnknownServicesAreNamed() throws {
        let circle = try failure(of: "services:\n  a: {extends: b, image: x}\n  b: {extends: a, image: x}\n")
        #expect(circle.code == .cycle && circle.problem.hasSuffix("'a' → 'b' → 'a'"))
        let unknown = try failure(of: "services:\n  web: {extends: bse}\n  base: {image: x}\n")
        #expect(unknown.code == .unresolved && unknown.remedy == "'base'")
        #expect(unknown.place == .init(file: "/lab/main.yaml", line: 2, column: 18))
        let missing = try failure(of: "services:\n  web: {extends: {file: no.yaml, service: x}}\n")
        #expect(missing.code == .unreadable && missing.place?.column == 25)
    }
}

@Suite struct ProjectTests {
    static let chain = """
        services:
          web: {image: x, network_mode: "service:pod", depends_on: [api]}
          api: {image: x, depends_on: [db, pod], profiles: [full]}
          db: {image: x, depends_on: [pod]}
          pod: {image: x, ports: ["127.0.0.1:80:80"]}
          extra: {image: x, profiles: [more]}
        """

    @Test func startOrderPutsPrerequisitesFirst() throws {
        #expect(try read(Self.chain).startOrder == ["pod", "db", "api", "web", "extra"])
    }

    @Test func profilesSelectAndKeepWhatIsNeeded() throws {
        let project = try read(Self.chain)
        #expect(project.selecting(profiles: []).services.map(\.name) == ["web", "api", "db", "pod"])
        #expect(project.selecting(profiles: ["more"]).services.count == 5)
        #expect(project.forwardedPorts.map(\.hostPort) == [80])
    }

    @Test func topLevelSectionsAreRead() throws {
        let project = try read(
            """
            name: lab
            version: "3"
            services: {web: {image: x}}
            volumes:
              a:
              b: {external: true, name: real}
              c: {driver: local, driver_opts: {type: nfs}, labels: [x=1]}
            networks:
              n: {internal: true, driver: bridge}
            """)
        #expect(project.name == "lab" && project.volumes.map(\.isExternal) == [false, true, false])
        #expect(project.volumes[1].name == "real" && project.volumes[2].driverOptions == ["type": "nfs"])
        #expect(project.networks.map(\.isInternal) == [true] && project.warnings == [])
    }

    @Test func keysWithoutEffectAreWarnedOf() throws {
        let project = try read(
            """
            services:
              web:
                image: x
                container_name: c
                deploy: {replicas: 2}
                healthcheck: {x-note: fine}
            secrets: {}
            """)
        #expect(
            project.warnings.map(\.description) == [
                "/lab/main.yaml:4:5: the key 'container_name' of service 'web' is ignored",
                "/lab/main.yaml:5:14: the key 'replicas' of 'deploy' is ignored",
                "/lab/main.yaml:7: the key 'secrets' of a Compose file is ignored",
            ])
    }
}
