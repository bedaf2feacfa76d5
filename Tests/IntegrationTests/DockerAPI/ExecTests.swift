import DockerAPI
import Glibc
import Testing

extension EngineTests {
    @Suite struct Execs {
        @Test func aCommandRunsToItsEnd() async throws {
            try await EngineFixture.withContainer { client, id in
                let result = try await client.run(
                    in: id, command: ["sh", "-c", "echo $WORD; stat -c %n /proc/self/cwd >&2; exit 3"],
                    environment: ["WORD": "hello"], workingDirectory: "/data")
                #expect(result.exitCode == 3)
                #expect(result.text.contains("hello\n"))
            }
        }

        @Test func aCommandThatIsNotThereSaysSo() async throws {
            try await EngineFixture.withContainer { client, id in
                let result = try await client.run(in: id, command: ["no-such-program"])
                #expect([126, 127].contains(result.exitCode))
                #expect(result.text.contains("no-such-program"))
            }
        }

        @Test func outputBeyondTheLimitLosesItsBeginning() async throws {
            try await EngineFixture.withContainer { client, id in
                let result = try await client.run(
                    in: id, command: ["sh", "-c", "head -c 1000000 /dev/zero; echo end"], outputLimit: 1000)
                #expect(result.output.count == 1000 && result.omittedBytes == 999_004)
                #expect(result.text.hasSuffix("end\n"))
            }
        }

        @Test func aCommandThatHangsTimesOut() async throws {
            try await EngineFixture.withContainer { client, id in
                await expectRefusal(.timedOut) {
                    try await client.run(in: id, command: ["sleep", "600"], timeout: .milliseconds(200))
                }
            }
        }

        @Test func tenMegabytesGoBothWaysIntact() async throws {
            try await EngineFixture.withContainer { client, id in
                let stream = try await client.openExec(in: id, command: ["sh", "-c", "cat; echo done >&2; exit 5"])
                let sent = bytes(10 << 20)
                let descriptor = stream.descriptor
                async let written: Void = onThread {
                    var rest = sent[...]
                    while !rest.isEmpty {
                        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, min($0.count, 70_001)) }
                        guard count > 0 else { break }
                        rest = rest.dropFirst(count)
                    }
                    shutdown(descriptor, Int32(SHUT_WR))
                }
                let received = await onThread { readAll(descriptor) }
                await written
                close(descriptor)
                #expect(received.count == sent.count && received == sent)
                #expect(try await stream.exitCode() == 5)
                #expect(stream.errorOutput == "done\n")
            }
        }

        @Test func closingTheSocketEndsTheCommand() async throws {
            try await EngineFixture.withContainer { client, id in
                let stream = try await client.openExec(in: id, command: ["cat"])
                close(stream.descriptor)
                #expect(try await stream.exitCode() == 0)
            }
        }

        @Test func aSlowReaderGetsEverything() async throws {
            try await EngineFixture.withContainer { client, id in
                let stream = try await client.openExec(in: id, command: ["head", "-c", "4000000", "/dev/zero"])
                // The command can't be done before it is read: sockets hold less than that.
                try await Task.sleep(for: .milliseconds(300))
                let descriptor = stream.descriptor
                // Nor may it lose what is on its way because nothing more will be written to it.
                shutdown(descriptor, Int32(SHUT_WR))
                let received = await onThread { readAll(descriptor) }
                #expect(received.count == 4_000_000)
                close(descriptor)
            }
        }

        @Test func aContainerThatDoesNotRunTakesNoCommand() async throws {
            try await EngineFixture.withContainer { client, id in
                try await client.stop(id, timeout: .zero)
                await expectRefusal(.notRunning) { try await client.run(in: id, command: ["ls"]) }
                await expectRefusal(.notRunning) { try await client.openExec(in: id, command: ["ls"]) }
            }
        }
    }
}

/// Bytes without a pattern that a lost or doubled piece would fit.
private func bytes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
    }
}

private func readAll(_ descriptor: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return all }
        all += buffer[..<count]
    }
}
