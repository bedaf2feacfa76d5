import Labs
import Testing

@testable import DockerLabs

@Suite struct LessonPolicyTests {
    @Test(arguments: [
        ("privileged: true", "'privileged'"), ("pid: host", "'pid'"), ("ipc: host", "'ipc'"),
        ("userns_mode: host", "'userns_mode'"), ("uts: host", "'uts'"), ("cgroup: host", "'cgroup'"),
        ("devices: [/dev/kvm]", "'devices'"), ("use_api_socket: true", "'use_api_socket'"),
        ("volumes_from: [\"container:other\"]", "'volumes_from'"),
        ("network_mode: host", "the host's network"), ("network_mode: \"container:other\"", "'other'"),
        ("network_mode: somebodys", "'somebodys'"), ("cap_add: [SYS_ADMIN]", "'SYS_ADMIN'"),
        ("cap_add: [ALL]", "'ALL'"), ("cap_add: [NET_ADMIN]", "'NET_ADMIN'"), ("cap_add: [NET_RAW]", "'NET_RAW'"),
        ("cap_add: [MKNOD]", "'MKNOD'"), ("cap_add: [SYS_NICE]", "'SYS_NICE'"),
        ("cap_add: [SYS_RESOURCE]", "'SYS_RESOURCE'"), ("cap_add: [DAC_READ_SEARCH]", "'DAC_READ_SEARCH'"),
        ("security_opt: [\"systempaths=unconfined\"]", "systempaths"),
        ("security_opt: [\"seccomp:unconfined\"]", "seccomp"),
        ("security_opt: [apparmor=unconfined]", "apparmor"),
        ("security_opt: [\"no-new-privileges:false\"]", "no-new-privileges"),
        ("volumes: [/var/run/docker.sock:/s]", "outside the lesson"),
        ("volumes: [/not/there/at/all:/s]", "outside the lesson"),
        ("volumes: [/etc:/e:ro]", "outside the lesson"),
        ("volumes: [\"data:/.lectern\"]", "Lectern's own files"),
        ("tmpfs: [/.lectern/terminals]", "Lectern's own files"),
        ("volumes: [\"data:/tmp/../.lectern\"]", "Lectern's own files"),
        ("volumes: [../..:/up]", "outside the lesson"), ("volumes: [./missing:/m]", "doesn't exist"),
    ]) func whatReachesTheHostIsRefusedWithItsPlace(_ line: String, _ reason: String) throws {
        let error = try #require(
            try refusal(of: "services:\n  web:\n    image: nginx\n    \(line)\nvolumes: {data: {}}\n"))
        #expect(error.problem.contains(reason), "\(error)")
        #expect(error.problem.contains("compose.yaml:"), "\(error)")
    }

    @Test(arguments: [
        "volumes: {data: {external: true}}", "volumes: {data: {driver: nfs}}",
        "volumes: {data: {driver_opts: {type: none, o: bind, device: /etc}}}",
        "networks: {back: {external: true}}", "networks: {back: {driver: macvlan}}",
    ]) func whatIsNotTheLessonsOwnIsRefused(_ section: String) throws {
        #expect(try refusal(of: "services: {web: {image: nginx}}\n\(section)\n")?.code == .badDefinition)
    }

    @Test func whatStaysInsideIsAllowed() throws {
        let text = """
            services:
              web:
                image: nginx
                privileged: false
                pid: "service:web"
                cap_add: [SYS_CHROOT, CHOWN]
                security_opt: ["no-new-privileges:true"]
                volumes: [./pages:/pages:ro, "data:/data", /own]
            volumes: {data: {}}
            """
        #expect(try refusal(of: text, folders: ["pages"]) == nil)
    }

    @Test(
        "what isn't the name of an image is refused where it stands",
        arguments: [
            "../../etc/passwd", "..", "a/../b", "a//b", "/a", "a/", "a?b=c", "a#b", "A", "a:b:c", "a@sha256:1", "a b",
            "a%2e%2e", "host.example:99999999/a", "a:", "-a", "a..b", "a___b",
        ])
    func whatIsNoImageIsRefused(_ image: String) throws {
        let error = try #require(try refusal(of: "services:\n  web:\n    image: \"\(image)\"\n"))
        #expect(error.problem.contains("compose.yaml:3:12: '\(image)' is not the name of an image"), "\(error)")
    }

    private func refusal(of text: String, folders: [String] = []) throws -> LabError? {
        do {
            try withProject(text, folders: folders, LessonPolicy.check)
            return nil
        } catch let error as LabError {
            return error
        }
    }
}
