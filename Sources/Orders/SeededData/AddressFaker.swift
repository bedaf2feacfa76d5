/// Parts of a postal address; see ``Faker/address``.
///
/// Each part is right by itself. City, region and code are drawn one by one, so together they don't name a real place.
public struct AddressFaker: Sendable {
    var faker: Faker

    /// Street and house number in the locale's order: `742 Maple Street`, `Lindenstraße 12`, `Calle Mayor, 7`.
    public mutating func street() -> String {
        let street = faker.pick(from: faker.data.streets)
        let form = faker.data.addressForm
        let number = String(1 + faker.below(form.highestHouseNumber))
        return form.numberComesFirst ? "\(number) \(street)" : street + form.numberSeparator + number
    }

    /// A real city of the locale's country, in its own spelling.
    public mutating func city() -> String {
        faker.pick(from: faker.data.cities)
    }

    /// State, Land or region; the two-letter code in the United States and in Brazil, where addresses carry it.
    public mutating func region() -> String {
        faker.pick(from: faker.data.regions)
    }

    /// A postal code in the locale's form and between its lowest and highest: `90210`, `01310-100`.
    public mutating func zip() -> String {
        let form = faker.data.addressForm
        let digits = String(faker.generator.integer(in: form.zips))
        let padded = String(repeating: "0", count: form.zipDigits - digits.utf8.count) + digits
        return padded.utf8.count == 8 ? "\(padded.prefix(5))-\(padded.suffix(3))" : padded
    }

    /// Some country, in the locale's language.
    public mutating func country() -> String {
        faker.pick(from: faker.data.countries)
    }

    /// A whole address on one line, in the order in which an envelope has it; without the country.
    public mutating func full() -> String {
        let (street, city) = (street(), city())
        switch faker.locale {
        case .en: return "\(street), \(city), \(region()) \(zip())"
        case .ptBR: return "\(street), \(city) - \(region()), \(zip())"
        case .de, .fr, .es: return "\(street), \(zip()) \(city)"
        }
    }
}

/// Phone numbers in the form in which people of the country write them, without its code; see ``Faker/phone``.
///
/// Those of the United States (555-0100 to 555-0199), Germany and France come from ranges kept free for fiction; Spain
/// and Brazil keep none, so there a number may belong to somebody.
public struct PhoneFaker: Sendable {
    var faker: Faker

    /// A national number with the spaces and punctuation that are usual there.
    public mutating func number() -> String {
        let pattern = faker.pick(from: faker.data.phonePatterns)
        return faker.digits(pattern)
    }
}
