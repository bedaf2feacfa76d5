import AgentProtocol
import Diagnostics
import LabControlClient
import LabControlProtocol
import Labs
import Lessons

/// Fills a lab with seeded orders, by the seeder that runs beside its services.
struct LabSeeder {
    let lab: LabClient
    let console: Console

    /// Who takes the orders.
    private static let service = "order-service"

    /// - Parameter showsOrders: Prints a line for each order, as the seeder does.
    func run(_ seeding: ScenarioSettings.Seeding, showsOrders: Bool = false) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await lab.seed(
            [
                "order-seeder", "--count", "\(seeding.count)", "--seed", "\(seeding.seed)", "--locale", seeding.locale,
                "--target-url", "http://127.0.0.1:9001",
            ], outputLimit: 512 * 1024, timeout: .seconds(300))
        guard result.status.isSuccess else {
            console.report(StyledText(result.output.quoted))
            let services = try await lab.status().services.map(\.name)
            throw CommandError(
                problem: "seeding the lab '\(lab.name)' ended with \(result.status)",
                remedy: services.contains(Self.service)
                    ? "see 'lectern logs \(Self.service) --lab \(lab.name)'"
                    : "it has no service '\(Self.service)' to take orders: seed the lab of a lesson that has one")
        }
        if showsOrders {
            for line in result.output.split(separator: "\n") where line.hasPrefix("Seeded ") {
                console.result(StyledText(line))
            }
        }
        console.report(
            "  \("✓", .good) seeded \(seeding.count) orders (seed \(seeding.seed), \(seeding.locale)) in \((clock.now - start).inSeconds)"
        )
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var inSeconds: String { seconds.inSeconds }
}
