import ComposeFiles
import Labs
import Testing

@Suite struct LabResetTests {
    private static let lab = """
        services:
          pod: {image: p, x-lectern: {command: []}}
          database: {image: d, depends_on: [pod], volumes: ["data:/data"]}
          template: {image: t, x-lectern: {command: [t], template: {into: /t, build: b}}}
          broker: {image: b, x-lectern: {command: [b], reset: restart}}
          cache: {image: c, volumes: ["data:/data"], x-lectern: {command: [c], reset: keep}}
          page: {image: a, depends_on: [pod]}
          api: {image: o, depends_on: [database, broker]}
          web: {image: w, depends_on: [api]}
          proxy: {image: x, depends_on: [web], x-lectern: {command: [x], reset: keep}}
          workspace: {image: w, depends_on: [api], volumes: ["data:/data"], x-lectern: {terminals: true}}
        volumes: {data: {}}
        """

    private func reset(_ host: RecordingHost, lost: Set<String> = []) throws -> LabReset {
        LabReset(try services(Self.lab), lost: lost, on: host, timeout: .seconds(5))
    }

    @Test func whatHoldsDataAndWhatDependsOnItStartsAgain() async throws {
        let reset = try reset(RecordingHost())
        #expect(reset.restarted.map(\.name) == ["database", "template", "broker", "api", "web"])
    }

    @Test func whatWasLostIsStartedWhateverItHolds() async throws {
        let reset = try reset(RecordingHost(), lost: ["page", "cache"])
        #expect(reset.restarted.map(\.name) == ["database", "template", "broker", "cache", "page", "api", "web"])
    }

    @Test func dataIsRestoredBetweenStopAndStart() async throws {
        let host = RecordingHost()
        let running = try await reset(host).run { _ in }
        #expect(running.map(\.name) == ["database", "template", "broker", "api", "web"])
        let requests = host.requests
        #expect(requests.prefix(5).allSatisfy { $0.hasPrefix("stop ") }, "\(requests)")
        #expect(requests.dropFirst(5).prefix(6).allSatisfy { $0.hasPrefix("restore ") }, "\(requests)")
        #expect(requests.contains("restore workspace"))
        #expect(requests.suffix(2) == ["start api", "start web"], "\(requests)")
    }

    @Test(arguments: ["stop broker", "restore database", "restore workspace", "start api"])
    func aResetThatFailedCanBeRepeated(_ request: String) async throws {
        let host = RecordingHost(failing: [request])
        await #expect(throws: LabError.self) { _ = try await reset(host).run { _ in } }
        host.mend()
        host.forget()
        let running = try await reset(host).run { _ in }
        #expect(running.count == 5)
        #expect(host.requests.filter { $0.hasPrefix("stop ") }.count == 5)
    }
}
