import ArgumentParser
import LabControlClient
import Lessons

/// `lectern seed`: more orders for a lab that is up.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Place seeded orders in a lab that is up.",
        discussion: "The same seed gives the same orders; placing them again changes nothing.")

    @Option(help: "How many orders.") var count = 10
    @Option(help: "The seed's number.") var seed: UInt64 = 2020
    @Option(help: "The language of names: en, de, fr, es or pt-BR.") var locale = "en"
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    /// Those of the faker; the seeder in the lab knows no others.
    private static let locales = ["en", "de", "fr", "es", "pt-BR"]

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count wants a number above 0") }
        guard Self.locales.contains(locale) else {
            throw ValidationError("--locale wants one of \(Self.locales.joined(separator: ", ")), not '\(locale)'")
        }
    }

    func run() async throws {
        let client = try await lab.connect()
        defer { client.disconnect() }
        do {
            try await LabSeeder(lab: client, console: common.console)
                .run(.init(count: count, seed: seed, locale: locale), showsOrders: true)
        } catch  where Task.isCancelled {
            throw Interruption.Stop("while the lab '\(client.name)' was seeded; the orders placed so far stay")
        }
    }
}
