import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct ProcessConfigurationTests {
    @Test("a file may ask for the internet, for the whole lab", arguments: [true, false])
    func theInternetIsAskedFor(_ asks: Bool) throws {
        let project = try read("x-lectern: {internet: \(asks)}\nservices: {web: {image: a}}\n")
        #expect(project.lab.asksForInternet == asks)
        #expect(try !read("services: {web: {image: a}}\n").lab.asksForInternet)
        #expect(throws: ComposeError.self) {
            try read("x-lectern: {internet: maybe}\nservices: {web: {image: a}}\n")
        }
        #expect(throws: ComposeError.self) { try read("x-lectern: {net: true}\nservices: {web: {image: a}}\n") }
    }

    @Test func everyMemberIsRead() throws {
        let web = try service(
            """
                environment: {A: 1, B: 1}
                x-lectern:
                  command: [mariadbd, --no-defaults]
                  environment: [B=2]
                  directory: /run/lab/data/web
                  template: {into: /run/lab/data/web, build: sh -c 'make it'}
                  ready:
                    - {port: 3306, timeout: 10s}
                    - http: http://127.0.0.1:80/
                    - log: ready for
                    - command: [true-ish, "1"]
                  needs:
                    - {program: mariadbd, package: mariadb-server-core}
                    - {file: /usr/share/x, remedy: run it}
            """)
        let local = try #require(web.local)
        #expect(local.command == ["mariadbd", "--no-defaults"] && local.directory == "/run/lab/data/web")
        #expect(local.environment == ["B": "2"] && web.processEnvironment == ["A": "1", "B": "2"])
        #expect(local.template == DataTemplate(into: "/run/lab/data/web", build: ["sh", "-c", "make it"]))
        #expect(
            local.ready.map(\.check) == [
                .port(3306), .http("http://127.0.0.1:80/"), .log("ready for"), .command(["true-ish", "1"]),
            ])
        #expect(local.ready.map(\.timeout) == [.seconds(10), nil, nil, nil])
        #expect(local.needs.map(\.subject) == [.program("mariadbd"), .file("/usr/share/x")])
        #expect(local.needs[0].package == "mariadb-server-core" && local.needs[1].remedy == "run it")
        #expect(!local.hasTerminals)
    }

    @Test func whatConcernsContainersTooNeedsNoCommand() throws {
        let kept = try #require(try service("    x-lectern: {reset: keep}").local)
        #expect(kept.command == nil && kept.onReset == .keep)
        let ready = try #require(try service("    x-lectern: {ready: [{port: 80}]}").local)
        #expect(ready.command == nil && ready.onReset == nil)
        #expect(try service("    x-lectern: {terminals: true, reset: restart}").local?.onReset == .restart)
    }

    @Test func nothingToRunMustBeSaid() throws {
        #expect(try service("    x-lectern: {command: []}").local?.command == [])
        #expect(try service("    x-lectern: {terminals: true}").local?.hasTerminals == true)
        #expect(try service("    labels: {}").local == nil)
        #expect(try serviceFailure("    x-lectern: {environment: {A: 1}}").code == .missingKey)
    }

    @Test(
        arguments: [
            ("{comand: [a]}", ComposeError.Code.unknownKey, 17), ("[a]", .wrongType, 16),
            ("{command: [a], x: 1}", .unknownKey, 31),
            ("{command: [a], ready: [{prt: 1}]}", .unknownKey, 40),
            ("{command: [a], ready: [{port: 0}]}", .invalidValue, 46),
            ("{command: [a], ready: [{port: 1, log: x}]}", .conflict, 39),
            ("{command: [a], ready: [{timeout: 1s}]}", .missingKey, 39),
            ("{command: [a], ready: [{http: \"ftp://x\"}]}", .invalidValue, 46),
            ("{command: [a], needs: [{}]}", .missingKey, 39),
            ("{command: [a], needs: [{program: a, file: /b}]}", .conflict, 39),
            ("{command: [a], directory: x}", .invalidValue, 42),
            ("{command: [a], template: {into: /a/../b, build: x}}", .invalidValue, 48),
            ("{command: [a], template: {into: /a}}", .missingKey, 41),
            ("{command: [], template: {into: /a, build: b}}", .conflict, 16),
            ("{command: [a], ready: [{log: \"\"}]}", .invalidValue, 45),
            ("{command: [a], reset: never}", .invalidValue, 38),
        ] as [(String, ComposeError.Code, Int)])
    func mistakeIsPlaced(form: String, code: ComposeError.Code, column: Int) throws {
        let error = try serviceFailure("    x-lectern: \(form)")
        #expect(error.code == code, "\(error)")
        #expect(error.place == .init(file: "/lab/main.yaml", line: 4, column: column), "\(error)")
    }

    @Test func unknownMemberNamesTheKnownOnes() throws {
        let error = try serviceFailure("    x-lectern: {command: [a], zzz: 1}")
        #expect(
            error.remedy
                == "use one of 'command', 'directory', 'environment', 'needs', 'ready', 'reset', 'template' or 'terminals'"
        )
    }
}
