import Diagnostics
import Lessons
import Testing

@testable import ComposeFiles

@Suite struct ErrorPlaceTests {
    @Test(
        arguments: [
            ("    imagee: y", ComposeError.Code.unknownKey, 4, 5, "'image'"),
            ("    comand: y", .unknownKey, 4, 5, "'command'"),
            ("    healthcheck: {tst: x}", .unknownKey, 4, 19, "'test'"),
            ("    user: 1000", .wrongType, 4, 11, "quote it: \"1000\""),
            ("    command: {a: b}", .wrongType, 4, 14, nil),
            ("    command: sh -c 'x", .invalidValue, 4, 14, "close it, or write the words as a list"),
            ("    command: [sleep, 1]", .wrongType, 4, 22, "quote it: \"1\""),
            ("    read_only: maybe", .wrongType, 4, 16, nil),
            ("    environment: text", .wrongType, 4, 18, nil),
            ("    environment: {A: [1]}", .wrongType, 4, 22, nil),
            (
                "    ports: [\"80:x\"]", .invalidValue, 4, 13,
                "write one such as '8080:80', '127.0.0.1:8080:80' or '53:53/udp'"
            ),
            ("    ports: [\"80-81:80\"]", .invalidValue, 4, 13, "write ranges of the same length"),
            (
                "    ports: [\"80:99999\"]", .invalidValue, 4, 13,
                "write one such as '8080:80', '127.0.0.1:8080:80' or '53:53/udp'"
            ),
            ("    ports: [{published: 80}]", .missingKey, 4, 13, "give the port inside the container"),
            ("    ports: 80", .wrongType, 4, 12, nil),
            ("    volumes: [data:/x]", .unresolved, 4, 15, "add 'data:' under the top-level 'volumes'"),
            ("    volumes: [./x:y]", .invalidValue, 4, 15, "'/y'"),
            (
                "    volumes: [\"a:b:c:d\"]", .invalidValue, 4, 15,
                "write one such as './data:/data', 'name:/data' or './data:/data:ro'"
            ),
            ("    volumes: [{type: bnd, target: /x}]", .invalidValue, 4, 22, "'bind', 'volume' or 'tmpfs'"),
            ("    volumes: [~/x:/x]", .outside, 4, 15, "copy the file beside the Compose file"),
            ("    networks: [nt]", .unresolved, 4, 16, "add 'nt:' under the top-level 'networks'"),
            ("    network_mode: \"service:wbe\"", .unresolved, 4, 19, "'web'"),
            ("    network_mode: \"service:\"", .invalidValue, 4, 19, "write one such as 'service:NAME'"),
            ("    depends_on: [wbe]", .unresolved, 4, 18, "'web'"),
            (
                "    depends_on: {web: {condition: healthy}}", .invalidValue, 4, 35,
                "'service_started', 'service_healthy' or 'service_completed_successfully'"
            ),
            ("    depends_on: [web]", .cycle, 4, 18, "remove one of these from 'depends_on'"),
            (
                "    healthcheck: {test: [curl, x]}", .invalidValue, 4, 25,
                "[\"CMD\", \"curl\", \"-f\", \"http://localhost\"]"
            ),
            ("    healthcheck: {interval: 10}", .invalidValue, 4, 29, "write one such as '500ms', '10s' or '1m30s'"),
            ("    mem_limit: lots", .invalidValue, 4, 16, "write one such as '512m', '1.5g' or '65536'"),
            ("    cpus: -1", .wrongType, 4, 11, nil),
            ("    cap_add: [CHWON]", .invalidValue, 4, 15, "'CHOWN'"),
            (
                "    restart: sometimes", .invalidValue, 4, 14,
                "'no', 'always', 'on-failure', 'on-failure:3' or 'unless-stopped'"
            ),
            ("    ulimits: {nofile: {soft: 1}}", .missingKey, 4, 23, nil),
            ("    tmpfs: [tmp]", .invalidValue, 4, 13, "'/tmp'"),
            ("    pids_limit: 10\n    deploy: {resources: {limits: {pids: 11}}}", .conflict, 5, 41, "keep one of them"),
        ] as [(String, ComposeError.Code, Int, Int, String?)])
    func mistakeIsPlacedAndHasARemedy(
        lines: String, code: ComposeError.Code, line: Int, column: Int, remedy: String?
    ) throws {
        let error = try serviceFailure(lines)
        #expect(error.code == code, "\(error)")
        #expect(error.place == .init(file: "/lab/main.yaml", line: line, column: column), "\(error)")
        #expect(error.remedy == remedy, "\(error)")
        #expect(error.excerpt != nil)
    }

    @Test(
        arguments: [
            ("services: {web: {image: x, tests: 1}}", ComposeError.Code.unknownKey, 1, 28),
            ("servces: {web: {image: x}}", .unknownKey, 1, 1),
            ("version: \"3\"\n", .missingKey, 1, 1),
            ("services: [web]", .wrongType, 1, 11),
            ("services: {web: }", .missingKey, 1, 12),
            ("services: {web: text}", .wrongType, 1, 17),
            ("services: {web: {command: x}}", .missingKey, 1, 12),
            ("services: {\"a b\": {image: x}}", .invalidValue, 1, 12),
            ("- a\n", .wrongType, 1, 1),
            ("", .malformed, 1, 1),
            ("a: 1\na: 2\n", .malformed, 1, 1),
            ("a: [1, 2\n", .malformed, 2, 1),
            ("services:\n\tweb: 1\n", .malformed, 2, 1),
            ("a: *nobody\n", .malformed, 1, 4),
            ("a: 1\n---\nb: 2\n", .malformed, 2, 1),
            ("? [a]\n: 1\n", .malformed, 1, 3),
            ("services: {a: {<<: text, image: x}}", .wrongType, 1, 16),
        ] as [(String, ComposeError.Code, Int, Int)])
    func brokenFileIsPlaced(text: String, code: ComposeError.Code, line: Int, column: Int) throws {
        let error = try failure(of: text)
        #expect(error.code == code, "\(error)")
        #expect(error.place == .init(file: "/lab/main.yaml", line: line, column: column), "\(error)")
    }

    @Test func tabsAreExplained() throws {
        #expect(try failure(of: "services:\n\tweb: 1\n").remedy == "indent with spaces; YAML takes no tabs")
    }

    @Test func circleOfThreeIsSpelledOut() throws {
        let error = try failure(
            of:
                "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n  c: {image: x, network_mode: \"service:a\"}\n"
        )
        #expect(error.problem == "services wait for each other in a circle: 'a' → 'b' → 'c' → 'a'")
        #expect(error.place == .init(file: "/lab/main.yaml", line: 2, column: 30))
    }

    @Test func joinedNetworkTakesNoPortsOrHostname() throws {
        for line in ["ports: [80]", "hostname: h"] {
            let error = try failure(
                of: "services:\n  pod: {image: x}\n  web:\n    image: x\n    network_mode: service:pod\n    \(line)\n")
            #expect(error.code == .conflict && error.place?.line == 6 && error.place?.column == 5)
        }
        #expect(try serviceFailure("    network_mode: host\n    networks: [default]").code == .conflict)
    }

    @Test func errorOfAnOverrideStandsInTheOverride() throws {
        let error = try failure(
            of: "services: {web: {image: x}}", others: ["/lab/over.yaml": "services:\n  web:\n    read_only: 7\n"],
            files: ["/lab/main.yaml", "/lab/over.yaml"])
        #expect(error.place == .init(file: "/lab/over.yaml", line: 3, column: 16))
    }

    @Test func excerptMarksTheKeyAndHidesControlCharacters() throws {
        let error = try serviceFailure("    imagee: \"é\\e[31m\"")
        #expect(error.excerpt == "  4 |     imagee: \"é\\e[31m\"\n    |     ^^^^^^")
        let escape = try failure(of: "services:\n  \"w\\e]0;x\\a\": {image: x}\n")
        #expect(!escape.description.unicodeScalars.contains("\u{1B}"))
    }

    @Test func longLineIsCutAroundTheColumn() throws {
        let error = try failure(of: "services: {web: {labels: [\(String(repeating: "a", count: 300))], bad: 1}}")
        let lines = try #require(error.excerpt).split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.count < 130 } && lines[0].contains("bad"))
    }

    @Test func missingFileAndNoFile() throws {
        #expect(try failure(of: "", files: ["/none.yaml"]).problem == "file '/none.yaml' doesn't exist")
        #expect(try failure(of: "", files: []).code == .missingKey)
    }

    @Test func aKeyWithAnotherTagIsTheSameKey() throws {
        let error = try failure(of: "services:\n  a: {image: x}\n  !override a: {image: y}\n")
        #expect(error.problem == "duplicate key 'a'")
        #expect(error.place?.line == 3)
    }
}
