/// Things that are sold, and for how much; see ``Faker/commerce``.
public struct CommerceFaker: Sendable {
    var faker: Faker

    /// A product's name in the locale's language: `Oak Desk Lamp Nova`, `Stuhl Nova aus Eiche`; it need not make sense.
    public mutating func product() -> String {
        let (thing, material) = (faker.pick(from: faker.data.products), faker.pick(from: faker.data.materials))
        let series = faker.chance(1, in: 2) ? " " + faker.pick(from: productSeries) : ""
        return faker.locale == .en ? "\(material) \(thing)\(series)" : "\(thing)\(series) \(material)"
    }

    /// A price in the locale's currency.
    ///
    /// - Parameter range: In whole dollars, euros or reais; both ends can be drawn.
    /// - Precondition: The range starts at 0 or above and ends below 10¹⁵.
    public mutating func price(in range: ClosedRange<Int> = 1...1_000) -> Price {
        precondition(Price.possibleAmounts.contains(range.lowerBound), "a price is not negative")
        precondition(Price.possibleAmounts.contains(range.upperBound), "a price is below 10¹⁵")
        let cents = faker.generator.integer(in: range.lowerBound * 100...range.upperBound * 100)
        return Price(cents: cents, locale: faker.locale)
    }
}

/// An amount of money; its description is how the locale writes it.
public struct Price: Hashable, Sendable, CustomStringConvertible {
    /// Hundredths of the currency's unit; exact, as no floating-point number is.
    public let cents: Int
    /// Decides the currency, and how the amount is written.
    public let locale: Faker.Locale

    static let possibleAmounts = 0..<1_000_000_000_000_000

    /// The code of ISO 4217.
    public var currency: String {
        switch locale {
        case .en: "USD"
        case .de, .fr, .es: "EUR"
        case .ptBR: "BRL"
        }
    }

    /// As the locale writes money, with its no-break spaces: `$1,234.50`, `1.234,50 €`, `R$ 1.234,50`.
    public var description: String {
        switch locale {
        case .en: "$" + amount(grouping: ",", point: ".")
        case .de: amount(grouping: ".", point: ",") + "\u{A0}€"
        case .fr: amount(grouping: "\u{202F}", point: ",") + "\u{A0}€"
        // Spanish doesn't divide numbers of four digits.
        case .es: amount(grouping: cents < 1_000_000 ? "" : ".", point: ",") + "\u{A0}€"
        case .ptBR: "R$\u{A0}" + amount(grouping: ".", point: ",")
        }
    }

    private func amount(grouping: String, point: String) -> String {
        let units = String(cents / 100)
        var text = ""
        for (index, digit) in units.enumerated() {
            if index > 0, (units.utf8.count - index) % 3 == 0 { text += grouping }
            text.append(digit)
        }
        return text + point + (cents % 100 < 10 ? "0" : "") + String(cents % 100)
    }
}

private let productSeries = list(
    "Alto, Aura, Brio, Classic, Duo, Luna, Maxi, Mini, Nova, Orbit, Plus, Solo, Terra, Vela")
