import Foundation
import Testing

/// A lesson of another author, whose Compose file brings a seeder of its own: a shell script.
@Suite(
    .timeLimit(.minutes(3)), .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'")
)
struct OwnSeederTests {
    private static let containersMissing: String? = {
        guard let lectern = try? LecternProgram() else { return "no directory can be made" }
        defer { lectern.remove() }
        let run = try? lectern.run(["doctor", "--engine", "docker"])
        return run?.status == 0 ? nil : "lectern doctor --engine docker: \(run?.output ?? "did not run")"
    }()

    private static let seed = "x-lectern: {seed: {command: [sh, /lesson/seed.sh, --into, /srv/books], service: shelf}}"
    private static let script = """
        while [ $# -gt 0 ]; do
            case "$1" in
            --into) into=$2 ;;
            --books) books=$2 ;;
            --title) title=$2 ;;
            *) echo "the library knows no $1"; exit 3 ;;
            esac
            shift 2
        done
        for i in $(seq "$books"); do echo "$title, volume $i" > "$into/$i"; done
        echo "wrote $books books"
        """

    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    /// - Parameters:
    ///   - top: What the Compose file says at its top.
    ///   - asked: The lesson's `seed`.
    private func lesson(
        top: String = Self.seed, asked: String = #"{"books": 3, "title": "Moby Dick"}"#
    ) throws -> WrittenScenario {
        try WrittenScenario(
            in: lectern, step: "",
            page: """
                `ls /srv/books | wc -l`{{execute}}

                The output is:

                `3`

                `cat /srv/books/2`{{execute}}

                The output is:

                `Moby Dick, volume 2`
                """,
            others: #""lectern": {"environment": "compose.yaml", "seed": \#(asked)}"#,
            files: [
                "seed.sh": Self.script,
                "compose.yaml": """
                \(top)
                services:
                  shelf:
                    image: lectern/offline-workspace:0.1.0
                    command: &wait [sh, -c, "echo the shelf is up; exec sleep 100000"]
                    volumes: ["books:/srv/books"]
                    x-lectern: {command: *wait, ready: [{log: the shelf is up}]}
                  workspace:
                    image: lectern/offline-workspace:0.1.0
                    command: [tail, -f, /dev/null]
                    volumes: ["books:/srv/books", "./seed.sh:/lesson/seed.sh:ro"]
                    x-lectern: {terminals: true}
                volumes: {books: {}}
                """,
            ])
    }

    private func require(_ engine: String) throws {
        if engine == "docker", let missing = Self.containersMissing { try Test.cancel("\(missing)") }
    }

    @Test("its lab is seeded by it, as its lesson asks", arguments: ["process", "docker"])
    func verify(engine: String) throws {
        try require(engine)
        defer { lectern.remove() }
        let run = try lectern.run(["verify", "--engine", engine, try lesson().path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.problems.contains("✓ seeded (books 3, title Moby Dick) in "), "\(run.problems)")
    }

    @Test("'lectern seed' gives it any names, and a reset seeds again as before", arguments: ["process", "docker"])
    func seedAndReset(engine: String) throws {
        try require(engine)
        defer { lectern.remove() }
        let scenario = try lesson()
        let up = try lectern.run(["up", "--engine", engine, scenario.path])
        try #require(up.status == 0, "\(up.problems)")
        let lab = up.output.trimmingCharacters(in: .whitespacesAndNewlines)
        defer { _ = try? lectern.run(["down", lab]) }

        let seed = try lectern.run(["seed", "books=4", "title=A = B", "--lab", lab])
        #expect(seed.status == 0 && seed.output == "wrote 4 books\n", "\(seed)")
        #expect(seed.problems.contains("✓ seeded (books 4, title A = B) in "), "\(seed.problems)")
        let refused = try lectern.run(["seed", "pages=4", "--lab", lab])
        #expect(refused.status == 2, "\(refused)")
        #expect(refused.problems.contains("the library knows no --pages"), "\(refused.problems)")
        #expect(refused.problems.contains("ended with exit status 3\n  try: see 'lectern logs shelf --lab \(lab)'"))

        #expect(try lectern.run(["reset", lab]).status == 0)
        let page = try lectern.page(
            "`rm /srv/books/1; cat /srv/books/*`{{execute}}\n\nThe output is:\n\n```\nA = B, volume 2\nA = B, volume 3\nA = B, volume 4\n```\n"
        )
        let seeded = try lectern.run(["verify", "--lab", lab, page])
        #expect(seeded.status == 0, "\(seeded.output)")
        #expect(try lectern.run(["reset", lab]).status == 0)
        #expect(try lectern.run(["verify", "--lab", lab, page]).status == 0)
    }

    @Test("without a seed command its lesson is refused at the line that asks, before a lab is made")
    func noSeedCommand() throws {
        defer { lectern.remove() }
        let scenario = try lesson(top: "x-lectern: {programs: []}")
        for command in ["verify", "up"] {
            let run = try lectern.run([command, scenario.path])
            #expect(run.status == 2)
            let text = run.output + run.problems
            #expect(text.contains("\(scenario.path)/index.json:3:52: the lesson asks for data by 'seed'"), "\(text)")
            #expect(text.contains("^") && text.contains("x-lectern: {seed: {command: [PROGRAM]}}"), "\(text)")
            #expect(!text.contains("ready in"), "\(text)")
        }
    }

    @Test("what is not NAME=VALUE is wrong usage", arguments: ["books", "=3", "-b=3", "a b=3", "books=1\n2"])
    func wrongUsage(argument: String) throws {
        defer { lectern.remove() }
        let run = try lectern.run(["seed", argument])
        #expect(run.status == 64, "\(run)")
    }

    @Test("a program that the lab should show and nobody has is told at its line") func missingProgram() throws {
        defer { lectern.remove() }
        let scenario = try lesson(top: "x-lectern: {programs: [no-such-program], seed: {command: [sh]}}", asked: "{}")
        let run = try lectern.run(["doctor", scenario.path])
        #expect(run.status == 2, "\(run)")
        #expect(run.output.contains("compose.yaml:1:24: the program 'no-such-program', which the lab shows"), "\(run)")
    }
}
