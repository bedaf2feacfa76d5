import Foundation
import NIOHTTP1
import OrderSeeding
import Synchronization
import Testing

/// Runs the executable itself, which stands beside the test bundle.
@Suite(.timeLimit(.minutes(1))) struct OrderSeederCommandTests {
    private struct Outcome {
        var status: Int32
        var lines: [String]
        var diagnostics: String
    }

    @Test func linesAreThoseOfTheLessonInTheOrderOfTheSeed() async throws {
        try await OrderServiceDouble.with { service in
            let outcome = try await run("--seed", "42", "--target-url", service.url)
            #expect(outcome.status == 0)
            #expect(outcome.lines.count == 10)
            let plan = SeedingPlan(seed: 42)
            let date = try Regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z")
            for (index, line) in outcome.lines.enumerated() {
                let start = "Seeded \(plan.order(at: index).json(id: "id-\(index)"))  at "
                #expect(line.hasPrefix(start), "\(line)")
                #expect(line.dropFirst(start.count).wholeMatch(of: date) != nil, "\(line)")
            }
            #expect(outcome.diagnostics.hasPrefix("seeded 10 of 10 orders in "))
            #expect(outcome.diagnostics.hasSuffix(" per second (seed 42, locale en)\n"))
        }
    }

    @Test func manyOrdersAreCountedInPlainLinesOffATerminal() async throws {
        try await OrderServiceDouble.with { service in
            let outcome = try await run("--count", "200", "--locale", "pt-BR", "--target-url", service.url)
            #expect(outcome.status == 0 && outcome.lines.count == 200)
            #expect(outcome.diagnostics.split(separator: "\n").prefix(2) == ["20 of 200 orders", "40 of 200 orders"])
            #expect(!outcome.diagnostics.contains("\u{1B}") && !outcome.diagnostics.contains("\r"))
            let silent = try await run("--count", "200", "--progress", "none", "--target-url", service.url)
            #expect(silent.diagnostics.split(separator: "\n").count == 1)
        }
    }

    @Test func waitingEndsWhenEveryOrderCanBeRead() async throws {
        let looks = Mutex<[String: Int]>([:])
        try await OrderServiceDouble.with({ request, _ in
            guard request.method == .GET else { return .accept }
            // Not to be had at first, as on a read side that lags behind.
            let look = looks.withLock { looks in
                looks[request.uri, default: 0] += 1
                return looks[request.uri] ?? 0
            }
            return look < 3 ? .answer(.notFound) : .answer(.ok, body: "{}")
        }) { service in
            let outcome = try await run("--seed", "42", "--count", "4", "--wait", "--target-url", service.url)
            #expect(outcome.status == 0 && outcome.lines.count == 4)
            #expect(
                looks.withLock { $0 } == ["/orders/id-0": 3, "/orders/id-1": 3, "/orders/id-2": 3, "/orders/id-3": 3])
            let hasty = try await run("--seed", "42", "--count", "4", "--target-url", service.url)
            #expect(hasty.status == 0 && looks.withLock { $0.values.reduce(0, +) } == 12)
        }
    }

    @Test func aSignalWhileWaitingEndsTheRun() async throws {
        let reached = AsyncStream<Void>.makeStream()
        try await OrderServiceDouble.with({ request, _ in
            guard request.method == .GET else { return .accept }
            reached.continuation.yield()
            return .answer(.notFound)
        }) { service in
            let outcome = try await run(["--count", "1", "--wait", "--target-url", service.url]) { process in
                for await _ in reached.stream { break }
                kill(process.processIdentifier, SIGINT)
            }
            #expect(outcome.status == 130 && outcome.lines.count == 1, "\(outcome)")
        }
    }

    @Test func refusedOrdersGiveStatusOneAndAreNamed() async throws {
        let refused = SeedingPlan(seed: 42).order(at: 2).idempotencyKey
        try await OrderServiceDouble.with({ request, _ in
            request.key == refused ? .answer(.badRequest, body: "quantity: too small") : .accept
        }) { service in
            let outcome = try await run("--seed", "42", "--target-url", service.url)
            #expect(outcome.status == 1 && outcome.lines.count == 9)
            #expect(outcome.diagnostics.contains("error: order 3 was refused with 400: quantity: too small\n"))
            #expect(outcome.diagnostics.contains("; 1 failed"))
        }
    }

    @Test func aTargetThatIsDownGivesStatusTwoAndARemedy() async throws {
        let url = try await OrderServiceDouble.with { $0.url }
        let outcome = try await run("--target-url", url)
        #expect(outcome.status == 2 && outcome.lines.isEmpty)
        #expect(
            outcome.diagnostics.contains(
                "error: '\(url)/orders' did not accept any order in 6 attempts: nothing listens there"))
        #expect(outcome.diagnostics.contains("\n  try: check that the order service is running"))
    }

    @Test(arguments: [
        ["--locale", "tlh"], ["--target-url", "localhost:9001"], ["--count=-1"], ["--concurrency", "0"],
        ["--seed", "x"],
        ["extra"],
    ])
    func wrongUsageGivesStatus64(_ arguments: [String]) async throws {
        let outcome = try await run(arguments)
        #expect(outcome.status == 64 && outcome.lines.isEmpty && outcome.diagnostics.hasPrefix("Error: "))
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsTheRunWithItsStatusAndASummary(signal: Int32, status: Int32) async throws {
        let reached = AsyncStream<Void>.makeStream()
        let stalling = SeedingPlan(seed: 42).order(at: 4).idempotencyKey
        try await OrderServiceDouble.with({ request, _ in
            guard request.key == stalling else { return .accept }
            reached.continuation.yield()
            return .stall
        }) { service in
            let outcome = try await run(["--seed", "42", "--target-url", service.url]) { process in
                for await _ in reached.stream { break }
                kill(process.processIdentifier, signal)
            }
            #expect(outcome.status == status && outcome.lines.count == 4)
            #expect(outcome.diagnostics.contains("seeded 4 of 10 orders"))
            #expect(outcome.diagnostics.hasSuffix("interrupted; run seed 42 again to post the rest\n"))
        }
    }

    private func run(_ arguments: String...) async throws -> Outcome {
        try await run(arguments)
    }

    private func run(_ arguments: [String], meanwhile: (Process) async -> Void = { _ in }) async throws -> Outcome {
        let folder = try FileManager.default.url(
            for: .itemReplacementDirectory, in: .userDomainMask, appropriateFor: URL(filePath: NSTemporaryDirectory()),
            create: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, so that nobody has to empty pipes while the process runs.
        let files = try ["out", "err"].map { name in
            let file = folder.appending(path: name)
            try Data().write(to: file)
            return file
        }
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "order-seeder")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        let (ended, ending) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ending.finish() }
        try process.run()
        await meanwhile(process)
        for await _ in ended {}
        let (output, diagnostics) = (
            try String(contentsOf: files[0], encoding: .utf8), try String(contentsOf: files[1], encoding: .utf8)
        )
        return Outcome(
            status: process.terminationStatus, lines: output.split(separator: "\n").map(String.init),
            diagnostics: diagnostics)
    }
}
