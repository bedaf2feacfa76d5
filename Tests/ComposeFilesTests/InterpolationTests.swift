import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct InterpolationTests {
    static let environment = ["SET": "value", "EMPTY": "", "DOLLAR": "$SET"]

    @Test(arguments: [
        ("plain", "plain"), ("$SET", "value"), ("${SET}", "value"), ("a${SET}b$SET.c", "avalueb" + "value.c"),
        ("$$SET", "$SET"), ("$$$SET", "$value"), ("${UNSET:-default}", "default"), ("${EMPTY:-default}", "default"),
        ("${EMPTY-default}", ""), ("${UNSET-default}", "default"), ("${SET:-default}", "value"), ("${UNSET:-}", ""),
        ("${SET:+other}", "other"), ("${EMPTY:+other}", ""), ("${EMPTY+other}", "other"), ("${UNSET+other}", ""),
        ("${UNSET:-${SET}}", "value"), ("${UNSET:-a${UNSET:-b$SET}c}d", "abvaluecd"), ("${SET:?needed}", "value"),
        ("${EMPTY?needed}", ""), ("$DOLLAR", "$SET"), ("${UNSET:-$$x}", "$x"),
        ("${UNSET:-http://h:80/p?q}", "http://h:80/p?q"),
        ("ünï${SET}", "ünïvalue"), ("}", "}"),
    ])
    func expressionIsExpanded(text: String, expanded: String) throws {
        #expect(try Interpolation.expand(text, environment: Self.environment).text == expanded)
    }

    @Test(arguments: [
        ("a $ b", "$ "), ("$", "$"), ("${", "${"), ("${}", "${}"), ("$1", "$1"), ("${SET", "${SET"),
        ("${SET:", "${SET:"),
        ("${SET:x}", "${SET:x"), ("${UNSET:-a", "${UNSET:-a"),
    ])
    func expressionThatCannotBeReadIsNamed(text: String, piece: String) {
        let failure = #expect(throws: Interpolation.Failure.self) {
            _ = try Interpolation.expand(text, environment: Self.environment)
        }
        #expect(failure?.piece == piece)
    }

    @Test func requiredVariableGivesTheAuthorsMessage() {
        let failure = #expect(throws: Interpolation.Failure.self) {
            _ = try Interpolation.expand("x${EMPTY:?set it, please}", environment: Self.environment)
        }
        #expect(failure?.problem == "the variable 'EMPTY' must be set: set it, please")
        #expect(failure?.piece == "${EMPTY:?set it, please}")
    }

    @Test func unsetVariablesAreToldUnlessInADefaultThatIsNotUsed() throws {
        #expect(try Interpolation.expand("$A ${B} ${SET:-$C}", environment: Self.environment).unset == ["A", "B"])
    }

    @Test func deepDefaultsAreRefused() {
        let text = String(repeating: "${A:-", count: 5000) + String(repeating: "}", count: 5000)
        #expect(throws: Interpolation.Failure.self) { try Interpolation.expand(text, environment: [:]) }
    }

    @Test func growthIsBounded() {
        let text = String(repeating: "$BIG", count: 1000)
        #expect(throws: Interpolation.Failure.self) {
            try Interpolation.expand(text, environment: ["BIG": String(repeating: "x", count: 1 << 16)])
        }
    }

    @Test func errorStandsAtTheExpression() throws {
        let error = try failure(of: "services:\n  web:\n    image: \"nginx:${TAG:?which}\"\n")
        #expect(error.code == .interpolation)
        #expect(error.place == .init(file: "/lab/main.yaml", line: 3, column: 19))
        #expect(
            error.description == """
                /lab/main.yaml:3:19: the variable 'TAG' must be set: which
                  3 |     image: "nginx:${TAG:?which}"
                    |                   ^^^^^^^^^^^^^
                  try: set it in the file .env beside the Compose file, or pass it to the lesson
                """)
    }

    @Test func unsetVariableWarnsAtItsPlace() throws {
        let project = try read("services:\n  web:\n    image: nginx$TAG\n")
        #expect(
            project.warnings.map(\.description)
                == ["/lab/main.yaml:3:17: the variable 'TAG' is not set; an empty string is used"])
    }

    @Test func variablesHoldTexts() throws {
        let web = try service(
            "    user: $ID\n    cpus: $CPUS\n    read_only: $YES",
            environment: ["ID": "1000", "CPUS": "0.5", "YES": "true"])
        #expect(web.user == "1000" && web.limits.cpus == 0.5 && web.isReadOnly)
    }

    @Test func callersEnvironmentGoesOverDotEnv() throws {
        let project = try read(
            "services:\n  web:\n    image: $IMAGE:$TAG\n", others: ["/lab/.env": "IMAGE=httpd\nTAG=1\n"],
            environment: ["TAG": "2"])
        #expect(project["web"]?.image == "httpd:2")
    }
}

@Suite struct EnvironmentFileTests {
    @Test func everyFormIsRead() throws {
        let text = """
            # comment
            PLAIN=a b # comment
              SPACED = value\u{20}
            export EXPORTED=yes
            SINGLE='$PLAIN # not a comment'
            DOUBLE="tab\\tquote\\"dollar\\$PLAIN $PLAIN"
            MULTI="one
            two"
            HASH=a#b
            EMPTY=
            FROM_CALLER
            MISSING
            """
        let context = ReadingContext { _ throws(FileFailure) in "" }
        let variables = try EnvironmentFile(context: context, file: ".env").read(
            text, environment: ["FROM_CALLER": "c"])
        #expect(
            Dictionary(uniqueKeysWithValues: variables.map { ($0.name, $0.value) }) == [
                "PLAIN": "a b", "SPACED": "value", "EXPORTED": "yes", "SINGLE": "$PLAIN # not a comment",
                "DOUBLE": "tab\tquote\"dollar$PLAIN a b", "MULTI": "one\ntwo", "HASH": "a#b", "EMPTY": "",
                "FROM_CALLER": "c",
            ])
    }

    @Test(arguments: [("A=1\nno good\n", 2), ("A=\"open\n", 1), ("\n=x", 2), ("A=${", 1)])
    func mistakeIsPlaced(text: String, line: Int) throws {
        let error = try failure(of: "services: {web: {image: x}}", others: ["/lab/.env": text])
        #expect(error.place == .init(file: "/lab/.env", line: line))
    }
}

@Suite struct SmallSyntaxTests {
    @Test(arguments: [
        ("a b  c", ["a", "b", "c"]), ("", []), ("'a b' \"c d\"", ["a b", "c d"]), ("a\\ b", ["a b"]), ("''", [""]),
        ("a'b'\"c\"", ["abc"]), ("\"a\\\"b\\n\"", ["a\"b\\n"]),
        ("sh -c 'echo \"$HOME\"'", ["sh", "-c", "echo \"$HOME\""]),
    ])
    func lineIsSplitAsByAShell(line: String, words: [String]) {
        #expect(shellWords(line) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\"]) func openQuoteIsRefused(line: String) {
        #expect(shellWords(line) == nil)
    }

    @Test(arguments: [
        ("10s", Duration.seconds(10)), ("1m30s", .seconds(90)), ("500ms", .milliseconds(500)),
        ("1.5s", .milliseconds(1500)),
        ("2h", .seconds(7200)), ("0", .zero), ("250us", .microseconds(250)),
    ])
    func durationIsRead(text: String, duration: Duration) {
        #expect(Quantities.duration(text) == duration)
    }

    @Test(arguments: ["", "10", "s", "1x", "-1s", "1s2", "99999999999h", "1..5s", "٣s"])
    func otherTextIsNoDuration(text: String) {
        #expect(Quantities.duration(text) == nil)
    }

    @Test(
        arguments: [
            ("1024", 1024), ("1k", 1024), ("1.5g", 1_610_612_736), ("64MB", 67_108_864), ("2GiB", 2_147_483_648),
            ("10b", 10),
        ] as [(String, Int64)])
    func sizeIsRead(text: String, bytes: Int64) {
        #expect(Quantities.bytes(text) == bytes)
    }

    @Test(arguments: ["", "m", "-1", "1x", "9999999999999g", "1.2.3m"]) func otherTextIsNoSize(text: String) {
        #expect(Quantities.bytes(text) == nil)
    }

    @Test func nearestNameForgivesOneSlipInThree() {
        let known = ["environment", "entrypoint", "image", "init"]
        #expect(nearestName(to: "enviroment", among: known) == "environment")
        #expect(nearestName(to: "imgae", among: known) == "image")
        #expect(nearestName(to: "Image", among: known) == "image")
        #expect(nearestName(to: "platform", among: known) == nil)
    }
}
