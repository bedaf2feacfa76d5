import DockerAPI
import Foundation
import Testing

extension EngineTests {
    @Suite struct Resources {
        @Test func anArchiveArrivesWithModesAndOwners() async throws {
            try await EngineFixture.withContainer { client, id in
                var archive = TarWriter()
                archive.addDirectory("deep", mode: 0o750, owner: .init(user: 7, group: 8))
                archive.addFile("deep/file", Array("text".utf8), mode: 0o640, owner: .init(user: 1000, group: 1001))
                archive.addLink("deep/link", to: "file")
                try await client.putArchive(archive.finished(), in: id, at: "/data")
                let result = try await client.run(
                    in: id, command: ["stat", "-c", "%a %u:%g %s", "/data/deep", "/data/deep/file"])
                #expect(result.text.hasPrefix("750 7:8 ") && result.text.hasSuffix("\n640 1000:1001 4\n"))
                let read = try await client.run(in: id, command: ["cat", "/data/deep/link"])
                #expect(read.text == "text")
                let back = try await client.getArchive(of: "/data/deep/file", in: id)
                #expect(back.starts(with: Array("file".utf8)) && back[512..<516].elementsEqual("text".utf8))
                await expectRefusal(.noSuchContainer) {
                    try await client.putArchive(archive.finished(), in: ContainerID("none"), at: "/data")
                }
            }
        }

        @Test func networksAndVolumesAreFoundByTheirLabel() async throws {
            let client = try await EngineFixture.client.value
            let name = EngineFixture.name()
            let labels = [EngineFixture.label: EngineFixture.value, "lectern.test.name": name]
            let network = try await client.createNetwork(name: name, labels: labels)
            try await EngineFixture.finally {
                try await client.createVolume(name: name, labels: labels)
                try await client.createVolume(name: name, labels: labels)
                await expectRefusal(.nameTaken) { try await client.createNetwork(name: name, labels: labels) }
                let networks = try await client.networks(labels: ["lectern.test.name=\(name)"])
                #expect(networks.map(\.id) == [network])
                let volumes = try await client.volumes(labels: ["lectern.test.name=\(name)"])
                #expect(volumes.map(\.name) == [name])
                try await EngineFixture.withContainer {
                    $0.join(name, aliases: ["alias"])
                    $0.host.mounts = [ContainerMount(kind: .volume, source: name, target: "/data")]
                } _: { client, id in
                    let addresses = try await client.inspect(id).addresses
                    #expect(addresses[name] != nil)
                    await expectRefusal(.inUse) { try await client.removeNetwork(name) }
                    await expectRefusal(.inUse) { try await client.removeVolume(name) }
                }
            } cleanUp: {
                for _ in 1...2 {
                    try await client.removeNetwork(name)
                    try await client.removeVolume(name)
                }
            }
        }

        @Test func theDeathOfAContainerIsHeardOf() async throws {
            try await EngineFixture.withContainer(["sh", "-c", "sleep 0.3; exit 4"]) { client, id in
                let events = try await client.events(
                    labels: ["lectern.test=dockerapi"], types: ["container"], actions: ["die"])
                for try await event in events where event.container == id {
                    #expect(event.action == "die" && event.exitCode == 4)
                    break
                }
            }
        }

        @Test func joinedContainersShareANetwork() async throws {
            try await EngineFixture.withContainer { client, owner in
                try await EngineFixture.withContainer {
                    $0.host.networkMode = "container:\(owner.rawValue)"
                } _: { client, joined in
                    let command = ["stat", "-Lc", "%i", "/proc/self/ns/net"]
                    let namespaces = (
                        try await client.run(in: owner, command: command).text,
                        try await client.run(in: joined, command: command).text
                    )
                    #expect(namespaces.0 == namespaces.1 && !namespaces.0.isEmpty)
                }
            }
        }

        @Test func confinementReachesTheContainer() async throws {
            try await EngineFixture.withContainer {
                $0.host.isReadOnly = true
                $0.host.droppedCapabilities = ["ALL"]
                $0.host.securityOptions = ["no-new-privileges:true"]
                $0.host.memory = 64 << 20
                $0.host.pids = 16
                $0.host.temporaryFileSystems = ["/tmp": "size=1m"]
                $0.host.ulimits = [.init(name: "nofile", soft: 64, hard: 64)]
                $0.user = "1000:1000"
                $0.host.runsInit = true
            } _: { client, id in
                let status = try await client.run(in: id, command: ["cat", "/proc/self/status"]).text
                #expect(status.contains("CapBnd:\t0000000000000000") && status.contains("NoNewPrivs:\t1"))
                #expect(status.contains("Uid:\t1000\t"))
                let root = try await client.run(in: id, command: ["sh", "-c", "echo > /file"])
                #expect(root.exitCode != 0 && root.text.contains("Read-only"))
                let temporary = try await client.run(in: id, command: ["sh", "-c", "echo > /tmp/file"])
                #expect(temporary.isSuccess)
                let limits = try await client.run(in: id, command: ["cat", "/proc/self/limits"]).text
                #expect(limits.contains(#/Max open files +64 +64 /#))
                let memory = try await client.memory(of: id)
                #expect(memory?.limit == 64 << 20)
            }
        }

        @Test func savedImagesAreLoadedAgain() async throws {
            let client = try await EngineFixture.client.value
            let name = "lectern-test-saved:\(UInt32.random(in: 0 ... .max))"
            let path = FileManager.default.temporaryDirectory.appending(path: "\(name).tar").path
            try await client.tag(EngineFixture.image, as: name)
            try await EngineFixture.finally {
                let file = try await client.save([name, EngineFixture.image], to: path)
                let saved = try #require(file.references)
                #expect(
                    Set(saved.map { ImageReference($0) }) == [
                        ImageReference(name), ImageReference(EngineFixture.image),
                    ])
                let before = try #require(try await client.image(name))
                try await client.removeImage(name)
                try await client.removeImage(name)
                let gone = try await client.image(name)
                #expect(gone == nil)
                let loaded = try await client.load(ImageFile(path: path))
                #expect(loaded.map { ImageReference($0) }.contains(ImageReference(name)))
                let after = try await client.image(name)
                #expect(after?.id == before.id)
                await expectRefusal(.noSuchImage) {
                    try await client.save([name, "lectern-test-none:1"], to: path + ".2")
                }
                #expect(!FileManager.default.fileExists(atPath: path + ".2"))
            } cleanUp: {
                try? FileManager.default.removeItem(atPath: path)
                try await client.removeImage(name)
            }
        }
    }
}
