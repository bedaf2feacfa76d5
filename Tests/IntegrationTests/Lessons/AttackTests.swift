import Foundation
import Testing

/// Everything that a lesson might try against its sandbox, tried from inside one, as root and as an ordinary user.
@Suite(
    .serialized,
    .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"),
    .enabled(if: access("/usr/bin/python3", X_OK) == 0, "python3 isn't installed"))
struct AttackTests {
    enum Attacker: String, CaseIterable, CustomTestStringConvertible {
        case caller
        case ordinaryUser

        var testDescription: String { rawValue }
    }

    @Test("no attack from inside changes the host, and the lab outlives all of them", arguments: Attacker.allCases)
    func attacks(_ attacker: Attacker) throws {
        if attacker == .ordinaryUser, let reason = OrdinaryUser.missing { try Test.cancel("\(reason)") }
        var lectern = try LecternProgram()
        defer { lectern.remove() }
        let listener = try HostListener()
        defer { listener.close() }
        let traces = HostTraces(of: String(Int.random(in: 100_000_000...999_999_999)))
        let attacks = Attack.all(hostPort: listener.port, mark: traces.mark)
        #expect(attacks.count >= 100)
        #expect(Set(attacks.map(\.name)).count == attacks.count, "each attack has a name of its own")
        try #require(traces.found == [], "the mark is on the host before the attacks")

        let run = try Self.run(attacks, by: attacker, with: &lectern)

        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  \(attacks.count + 1) actions"), "\(run.output)\(run.problems)")
        #expect(traces.found == [])
        #expect(lectern.leftovers() == [])
        print("\(attacks.count) attacks as \(attacker): \(run.status == 0 ? "all" : "not all") held off")
    }

    @Test("what an attack would leave on the host would be found")
    func tracesAreFound() throws {
        let hostname = try #require(HostTraces.text(of: "/proc/sys/kernel/hostname")).split(separator: "\n")[0]
        #expect(HostTraces(of: String(hostname)).found.contains("/proc/sys/kernel/hostname"))
        #expect(HostTraces(of: " / / ").found.contains("/proc/self/mountinfo"))
        #expect(HostTraces(of: "env").found.contains("/usr/bin/env"))
    }

    private static func run(
        _ attacks: [Attack], by attacker: Attacker, with lectern: inout LecternProgram
    ) throws -> LecternProgram.Run {
        let service = """
            services:
              workspace:
                image: none
                x-lectern: {command: [], terminals: true}
              other:
                image: none
                x-lectern: {command: ["bash", "-c", "exec -a sleep-of-a-service sleep 1000"]}

            """
        let pages = attacks.map(page).joined(separator: "\n")
        // What comes after all attacks: the services and the agent are the same as before them.
        let last = "`echo the lab goes on`{{execute T9}}\n\n```\nthe lab goes on\n```\n"
        let scenario = try WrittenScenario(
            in: lectern,
            details: """
                {"assets": {"host01": [{"file": "attack.py", "target": "/root"}]},
                "steps": [{"title": "Attacks", "text": "step1.md"}]}
                """,
            others: #""lectern": {"environment": "compose.yaml", "timeout": "20s"}"#,
            files: ["step1.md": pages + last, "assets/attack.py": AttackTool.text, "compose.yaml": service])
        return try attacker == .caller
            ? lectern.run(["verify", scenario.path])
            : OrdinaryUser.run(["verify", scenario.path], with: &lectern)
    }

    /// The action that tries it, with what must be printed below it.
    private static func page(_ attack: Attack) -> String {
        let sample =
            attack.outcome.isEmpty
            ? "" : "\nYou'll get exactly this:\n\n<!-- lectern: exact -->\n```\n\(attack.outcome)\n```\n"
        return """
            ## \(attack.name)
            \(attack.endsShell ? "\n<!-- lectern: status=137 -->\n" : "")
            `\(attack.command)`{{execute}}
            \(sample)
            """
    }
}

/// What attacks that succeed leave on the host: each sets, names or writes something by a mark.
///
/// The host's other programs change its mounts, keys and users at any time, but none of them knows the mark.
struct HostTraces {
    let mark: String
    /// Whether the host's addresses were random at first: the setting has no room for a mark, and an attack makes it 0.
    private let randomized: Bool

    init(of mark: String) {
        self.mark = mark
        randomized = Self.text(of: Self.randomization) != "0\n"
    }

    private static let randomization = "/proc/sys/kernel/randomize_va_space"

    private static let settings = [
        "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/user/max_user_namespaces",
        "/proc/swaps", "/proc/keys", "/proc/self/mountinfo",
    ]

    /// The files of the host that are or hold a trace.
    var found: [String] {
        var found = Self.settings.filter { Self.text(of: $0)?.contains(mark) ?? false }
        found += ["/usr/bin/\(mark)", "/lib/\(mark)"].filter { access($0, F_OK) == 0 }
        if randomized, Self.text(of: Self.randomization) == "0\n" { found.append(Self.randomization) }
        return found
    }

    static func text(of file: String) -> String? {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// A user without any rights, whom root can become.
enum OrdinaryUser {
    static let number = 65534

    /// Why nobody can become one here, or `nil`.
    static let missing: String? =
        getuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0 && LecternProgram.othersMayRunIt
        ? nil : "becoming an ordinary user needs root, setpriv and a checkout that others may read"

    static func run(_ arguments: [String], with lectern: inout LecternProgram) throws -> LecternProgram.Run {
        lectern.environment["HOME"] = lectern.state.path
        for path in [""] + (FileManager.default.subpaths(atPath: lectern.state.path) ?? []) {
            try FileManager.default.setAttributes(
                [.ownerAccountID: number, .groupOwnerAccountID: number],
                ofItemAtPath: lectern.state.appending(path: path).path)
        }
        let program = LecternProgram.directory.appending(path: "lectern").path
        return try lectern.run(
            ["--reuid=\(number)", "--regid=\(number)", "--clear-groups", program] + arguments, of: "/usr/bin/setpriv")
    }
}
