public import ComposeFiles

/// Takes a lab back to the state in which its services were ready, without starting everything again.
///
/// Services that hold data are stopped, their data is put back, and they're started again in the order of their
/// dependencies; the others go on. A reset that failed can be repeated: what it left stopped is started by the next.
public struct LabReset: Sendable {
    private let services: [Service]
    private let affected: Set<String>
    private let host: any RestorableHost
    private let timeout: Duration

    /// - Parameters:
    ///   - services: All of the lab.
    ///   - lost: Names of services that don't run any more, and are started again whatever they hold.
    ///   - timeout: See ``LabStart``.
    public init(_ services: [Service], lost: Set<String>, on host: any RestorableHost, timeout: Duration) {
        self.services = services
        affected = Self.affected(services).union(lost)
        self.host = host
        self.timeout = timeout
    }

    /// The services that are stopped and started again, in the order of the file.
    public var restarted: [Service] { services.filter { affected.contains($0.name) } }

    /// Does it; the terminals must have been closed.
    ///
    /// - Returns: The services that were started.
    /// - Throws: ``LabError``, or what the host threw.
    public func run(onEvent: @escaping @Sendable (LabEvent) -> Void) async throws -> [any LabService] {
        let restarted = restarted
        try await withThrowingTaskGroup { group in
            for service in restarted { group.addTask { try await host.stop(service) } }
            try await group.waitForAll()
        }
        // Only now: what a service left behind isn't its own any more, and goes with the rest.
        try await host.restoreWorkspace()
        try await withThrowingTaskGroup { group in
            for service in restarted { group.addTask { try await host.restoreData(of: service) } }
            try await group.waitForAll()
        }
        let others = Set(services.map(\.name)).subtracting(affected)
        return try await LabStart(restarted, besides: others, on: host, timeout: timeout).run(onEvent: onEvent)
    }

    /// Services that hold data, and those that depend on one of them, since they may hold connections, positions or copies.
    private static func affected(_ services: [Service]) -> Set<String> {
        func holdsData(_ service: Service) -> Bool {
            if let treatment = service.local?.onReset { return treatment == .restart }
            if service.local?.hasTerminals == true { return false }
            return service.local?.template != nil || service.mounts.contains { $0.isVolume }
        }
        var affected = Set(services.filter(holdsData).map(\.name))
        while true {
            let dependents = services.filter { service in
                !affected.contains(service.name) && service.local?.onReset != .keep
                    && service.local?.hasTerminals != true
                    && service.dependencies.contains { affected.contains($0.service) }
            }
            if dependents.isEmpty { return affected }
            affected.formUnion(dependents.map(\.name))
        }
    }
}

extension Mount {
    fileprivate var isVolume: Bool {
        if case .volume = source { return true }
        return false
    }
}
