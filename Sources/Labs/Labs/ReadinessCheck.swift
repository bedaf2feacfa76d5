import AgentProtocol
public import ComposeFiles

/// A condition a service meets before a lesson may use it.
///
/// A check looks once; ``waitUntilReady(_:conditions:timeout:)`` owns interval and deadline. The description completes
/// "waiting for …".
public protocol ReadinessCheck: Sendable, CustomStringConvertible {
    func isMet(by service: any LabService) async throws -> Bool
    /// Between two looks, once the first ones have failed.
    var maxPause: Duration { get }
}

extension ReadinessCheck {
    /// Short, for checks that cost next to nothing.
    public var maxPause: Duration { .milliseconds(40) }
}

/// A TCP connection to the port is accepted.
public struct PortAnswers: ReadinessCheck {
    let port: Int
    /// Completes "waiting for …".
    public var description: String { "port \(port) to answer" }

    /// Connects once, inside the lab.
    public func isMet(by service: any LabService) async throws -> Bool {
        try await service.accepts(port: port)
    }
}

/// A GET is answered with a status below 500.
public struct PageAnswers: ReadinessCheck {
    let url: LabURL
    /// Completes "waiting for …".
    public var description: String { "'\(url)' to answer" }

    /// Asks once, inside the lab; no answer isn't an error.
    public func isMet(by service: any LabService) async throws -> Bool {
        guard let status = try await service.status(ofGetting: url) else { return false }
        return status < 500
    }
}

/// The service has printed the text.
public struct LogContains: ReadinessCheck {
    let text: String
    /// Completes "waiting for …".
    public var description: String { "\"\(text)\" in the log" }

    /// Looks at the last MiB that the service has printed since its start.
    public func isMet(by service: any LabService) async throws -> Bool {
        try await service.log(last: 1 << 20).contains(text)
    }
}

/// A command exits with status 0.
public struct CommandSucceeds: ReadinessCheck {
    let command: [String]
    /// Completes "waiting for …".
    public var description: String { "'\(command.joined(separator: " "))' to succeed" }

    /// Runs the command once, for ten seconds at most.
    public func isMet(by service: any LabService) async throws -> Bool {
        try await service.run(command, timeout: .seconds(10)).isSuccess
    }
}

/// A check, and how long it may take until it's met.
public struct ReadinessCondition: Sendable {
    /// Must be met once.
    public var check: any ReadinessCheck
    /// `nil` for the lab's own limit.
    public var timeout: Duration?

    /// Without a limit of its own, unless one is given.
    public init(_ check: any ReadinessCheck, timeout: Duration? = nil) {
        self.check = check
        self.timeout = timeout
    }
}

extension Readiness {
    /// The check that the Compose file asks for, with its limit.
    ///
    /// - Throws: See ``check()``.
    public func condition() throws -> ReadinessCondition {
        ReadinessCondition(try check(), timeout: timeout)
    }

    /// The check that the Compose file asks for.
    ///
    /// - Throws: ``LabError`` when the file's URL isn't one that can be asked.
    public func check() throws -> any ReadinessCheck {
        switch check {
        case .port(let port): return PortAnswers(port: port)
        case .log(let text): return LogContains(text: text)
        case .command(let command): return CommandSucceeds(command: command)
        case .http(let text):
            guard let url = LabURL(text) else {
                throw LabError(
                    code: .badDefinition, problem: "\(place): '\(text)' is not a page of the lab",
                    remedy: "write it as 'http://127.0.0.1:PORT/PATH'")
            }
            return PageAnswers(url: url)
        }
    }
}

/// Looks again and again until every condition has been met once, in order.
///
/// - Parameter timeout: For each condition that has no limit of its own.
/// - Throws: ``LabError`` with code `.notReady`. A check that throws counts as not met until then.
func waitUntilReady(
    _ service: any LabService, conditions: [ReadinessCondition], timeout: Duration,
    onWait: (String) -> Void = { _ in }
) async throws {
    for condition in conditions {
        let check = condition.check
        onWait("\(check)")
        let limit = condition.timeout ?? timeout
        let deadline = ContinuousClock.now + limit
        // Close together at first, since most services need milliseconds, then further apart.
        var pause = Duration.milliseconds(2)
        while true {
            if await isMet(check, by: service, before: deadline) { break }
            try Task.checkCancellation()
            guard ContinuousClock.now < deadline else {
                throw LabError.notReady(
                    service.name, waitingFor: "\(check)", limit: limit,
                    logTail: (try? await service.log(last: 4096)) ?? "")
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 3 / 2, check.maxPause)
        }
    }
}

/// A look that hangs, such as a page that never comes, doesn't outlast the deadline.
private func isMet(
    _ check: any ReadinessCheck, by service: any LabService, before deadline: ContinuousClock.Instant
) async -> Bool {
    await withTaskGroup { group in
        group.addTask { (try? await check.isMet(by: service)) ?? false }
        group.addTask {
            try? await Task.sleep(until: deadline, clock: .continuous)
            return false
        }
        defer { group.cancelAll() }
        return await group.next() ?? false
    }
}
