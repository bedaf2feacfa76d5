import DockerAPI
import Foundation
import Labs
import Testing

@testable import DockerLabs

@Suite struct ContainerDoctorTests {
    /// What an engine says of itself when all is well, with other words in place of some.
    private func findings(_ changes: [String: String] = [:], version: String = "27.1") throws -> [DoctorFinding] {
        var words = [
            "Driver": "\"btrfs\"", "CgroupDriver": "\"systemd\"", "CgroupVersion": "\"2\"", "MemoryLimit": "true",
            "SwapLimit": "true", "PidsLimit": "true", "CpuCfsQuota": "true",
            "SecurityOptions": "[\"name=seccomp,profile=default\", \"name=userns\"]",
        ]
        words.merge(changes) { $1 }
        let text = "{\(words.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", "))}"
        let engine = #"{"Version": "\#(version)", "ApiVersion": "1.46", "Os": "linux", "Arch": "amd64"}"#
        return try ContainerDoctor(
            information: JSONDecoder().decode(EngineInformation.self, from: Data(text.utf8)),
            engine: JSONDecoder().decode(EngineVersion.self, from: Data(engine.utf8))
        ).examine()
    }

    @Test("an engine that bounds and protects everything has nothing wrong")
    func nothingIsWrong() throws {
        #expect(try findings() == [])
    }

    private static let lacks: [(key: String, value: String, words: String, severity: DoctorFinding.Severity)] = [
        ("MemoryLimit", "false", "memory of containers is not limited", .risky),
        ("SwapLimit", "false", "swap space", .risky), ("PidsLimit", "false", "number of processes", .risky),
        ("CpuCfsQuota", "false", "'cpus'", .risky), ("CgroupDriver", "\"none\"", "cannot enforce", .risky),
        ("Driver", "\"overlay2\"", "limited per file, but not in total", .note),
        ("SecurityOptions", "[\"name=userns\"]", "no 'seccomp' filter", .risky),
        ("SecurityOptions", "[\"name=seccomp,profile=default\"]", "root on the host's kernel", .note),
    ]

    @Test("what an engine lacks is said, with what to do", arguments: lacks)
    func whatIsLackedIsSaid(
        _ lack: (key: String, value: String, words: String, severity: DoctorFinding.Severity)
    ) throws {
        let found = try findings([lack.key: lack.value])
        #expect(found.count == 1 && found[0].problem.contains(lack.words), "\(found)")
        #expect(found.first?.severity == lack.severity && found.first?.remedy.isEmpty == false)
    }

    @Test("a rootless engine's root is nobody to the kernel")
    func rootlessIsAsGoodAsRemapped() throws {
        let options = "[\"name=seccomp,profile=default\", \"name=rootless\"]"
        #expect(try findings(["SecurityOptions": options]) == [])
    }

    @Test("what an engine doesn't tell isn't held against it")
    func silenceIsNoLack() throws {
        let engine =
            #"{"Version": "5.4", "ApiVersion": "1.41", "Os": "linux", "Arch": "amd64", "Components": [{"Name": "Podman Engine", "Version": "5.4"}]}"#
        let doctor = try ContainerDoctor(
            information: JSONDecoder().decode(
                EngineInformation.self,
                from: Data(#"{"Driver": "zfs", "SecurityOptions": ["name=seccomp", "name=rootless"]}"#.utf8)),
            engine: JSONDecoder().decode(EngineVersion.self, from: Data(engine.utf8)))
        #expect(doctor.examine() == [])
    }

    @Test("the system call filter of older engines is known to let a hypervisor be reached")
    func olderFiltersAreNamed() throws {
        let found = try findings(version: "20.10.24+dfsg1")
        #expect(found.count == 1 && found[0].problem.contains("AF_VSOCK"))
    }
}
