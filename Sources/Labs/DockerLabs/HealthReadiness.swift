import AgentProtocol
import ComposeFiles
import DockerAPI
import Labs

/// A service's own health check, as its Compose file gives it, succeeds.
struct HealthCheckPasses: ReadinessCheck {
    let command: [String]
    let timeout: Duration
    var description: String { "its health check '\(command.joined(separator: " "))' to succeed" }

    func isMet(by service: any LabService) async throws -> Bool {
        try await service.run(command, timeout: timeout).isSuccess
    }

    /// Each look starts a process in the container, which takes its share of a processor.
    var maxPause: Duration { .milliseconds(200) }
}

/// The engine, which runs the health check that the image brings, finds the service healthy; one without a check is.
struct ImageIsHealthy: ReadinessCheck {
    var description: String { "its image's health check to succeed" }

    func isMet(by service: any LabService) async throws -> Bool {
        guard let service = service as? DockerService else { return true }
        let health = try await service.state().process.health?.status ?? ""
        return ["", "none", "healthy"].contains(health)
    }

    var maxPause: Duration { .milliseconds(200) }
}

extension Service {
    /// What must hold before the service counts as ready in a container.
    ///
    /// `ready` of `x-lectern` where it says something, since it costs next to nothing to look, and closely: ports and pages are
    /// the same however a service runs, logs and commands only where the file has no form without a container. Otherwise the
    /// health check, of which each look starts a process.
    func containerConditions() throws -> [ReadinessCondition] {
        var conditions: [ReadinessCondition] = []
        for readiness in local?.ready ?? [] {
            switch readiness.check {
            case .port, .http: conditions.append(try readiness.condition())
            case .log, .command: if local?.command == nil { conditions.append(try readiness.condition()) }
            }
        }
        guard conditions.isEmpty else { return conditions }
        guard let check = healthCheck else { return [ReadinessCondition(ImageIsHealthy())] }
        // As an engine counts: so many failures in a row after the start period, one an interval.
        let limit =
            (check.startPeriod ?? .zero) + (check.interval ?? .seconds(30)) * (check.retries ?? 3)
            + (check.timeout ?? .seconds(30))
        switch check.test {
        case .disabled: break
        case .inherited: conditions.append(ReadinessCondition(ImageIsHealthy(), timeout: limit))
        case .command(let command): conditions.append(condition(command, of: check, limit: limit))
        case .shell(let line): conditions.append(condition(["/bin/sh", "-c", line], of: check, limit: limit))
        }
        return conditions
    }

    private func condition(_ command: [String], of check: HealthCheck, limit: Duration) -> ReadinessCondition {
        ReadinessCondition(
            HealthCheckPasses(command: command, timeout: check.timeout ?? .seconds(30)), timeout: limit)
    }
}
