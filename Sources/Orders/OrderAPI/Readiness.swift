public import Logging
public import Orders

/// How one dependency is doing.
public struct DependencyState: Sendable, Equatable {
    /// As in ``Dependency/name``.
    public let name: String
    /// As in ``Dependency/address``: without any secret.
    public let address: String
    /// `nil` when it is ready.
    public let problem: String?
}

/// A dependency that did not come up in time.
public struct DependencyMissing: Error, Equatable, CustomStringConvertible {
    /// As in ``Dependency/name``.
    public let name: String
    /// As in ``Dependency/address``: without any secret.
    public let address: String
    /// What the last attempt failed with.
    public let problem: String
    /// The time that all dependencies had, counted from the same start.
    public let limit: Duration

    /// One line for the log.
    public var description: String {
        "the \(name) at '\(address)' was not ready within \(limit.components.seconds) s: \(problem)"
    }
}

/// Knows which dependencies are ready, and waits for them at the start, in whatever order they come up.
public actor Readiness {
    private static let interval = Duration.milliseconds(200)
    /// The log says again who is waited for after so many attempts, about ten seconds.
    private static let attemptsPerReminder = 50

    private let dependencies: [any Dependency]
    private var prepared: Set<String> = []

    /// - Parameter dependencies: With names that differ, since they tell dependencies apart.
    public init(_ dependencies: [any Dependency]) {
        self.dependencies = dependencies
    }

    /// Prepares all dependencies side by side.
    ///
    /// - Parameter whenReady: Called for each dependency once it is ready.
    /// - Throws: ``DependencyMissing`` for the first one that is not ready in time.
    public func waitForAll(
        limit: Duration, logger: Logger, whenReady: @escaping @Sendable (any Dependency) -> Void
    ) async throws {
        let deadline = ContinuousClock.now + limit
        try await withThrowingTaskGroup(of: Void.self) { group in
            for dependency in dependencies {
                group.addTask {
                    try await Self.wait(for: dependency, until: deadline, limit: limit, logger: logger)
                    await self.markPrepared(dependency)
                    whenReady(dependency)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Asks all dependencies, side by side; in the order in which they were given.
    public func states() async -> [DependencyState] {
        let prepared = prepared
        return await withTaskGroup(of: (Int, DependencyState).self) { group in
            for (index, dependency) in dependencies.enumerated() {
                group.addTask {
                    let isPrepared = prepared.contains(dependency.name)
                    return (index, await Self.state(of: dependency, isPrepared: isPrepared))
                }
            }
            var states: [(Int, DependencyState)] = []
            for await state in group { states.append(state) }
            return states.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func markPrepared(_ dependency: any Dependency) {
        prepared.insert(dependency.name)
    }

    private static func state(of dependency: any Dependency, isPrepared: Bool) async -> DependencyState {
        var problem = isPrepared ? nil : "not prepared yet"
        do {
            try await dependency.ping()
        } catch {
            problem = "\(error)"
        }
        return DependencyState(name: dependency.name, address: dependency.address, problem: problem)
    }

    private static func wait(
        for dependency: any Dependency, until deadline: ContinuousClock.Instant, limit: Duration, logger: Logger
    ) async throws {
        var attempts = 0
        while true {
            do {
                return try await dependency.prepare()
            } catch let error as CancellationError {
                throw error
            } catch {
                let remaining = deadline - ContinuousClock.now
                guard remaining > .zero else {
                    throw DependencyMissing(
                        name: dependency.name, address: dependency.address, problem: "\(error)", limit: limit)
                }
                if attempts.isMultiple(of: attemptsPerReminder) {
                    logger.warning("waiting for the \(dependency.name)", metadata: ["reason": "\(error)"])
                }
                attempts += 1
                try await Task.sleep(for: min(interval, remaining))
            }
        }
    }
}
