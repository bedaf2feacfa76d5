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
        let attacks = Attack.all(hostPort: listener.port)
        #expect(attacks.count >= 100)
        #expect(Set(attacks.map(\.name)).count == attacks.count, "each attack has a name of its own")
        let before = HostState()

        let run = try Self.run(attacks, by: attacker, with: &lectern)

        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  \(attacks.count + 1) actions"), "\(run.output)\(run.problems)")
        #expect(HostState() == before)
        #expect(lectern.leftovers() == [])
        print("\(attacks.count) attacks as \(attacker): \(run.status == 0 ? "all" : "not all") held off")
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

/// What of the host a lesson must not change.
private struct HostState: Equatable {
    private let settings: [String: Data?]
    private let mounts: Data?

    init() {
        let files = [
            "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/randomize_va_space", "/proc/sys/kernel/hostname",
            "/proc/sys/user/max_user_namespaces", "/proc/sys/kernel/pid_max", "/proc/sys/net/ipv4/ip_forward",
            "/proc/swaps", "/etc/passwd", "/proc/keys",
        ]
        settings = Dictionary(uniqueKeysWithValues: files.map { ($0, FileManager.default.contents(atPath: $0)) })
        mounts = FileManager.default.contents(atPath: "/proc/self/mountinfo")
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
