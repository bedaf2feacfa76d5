/// Names of people; see ``Faker/person``.
public struct PersonFaker: Sendable {
    var faker: Faker

    /// Which of a locale's two lists of first names to draw from.
    public enum Gender: String, CaseIterable, Codable, Sendable { case female, male }

    /// A first name with the accents that it has; from both lists when `gender` is `nil`.
    public mutating func firstName(_ gender: Gender? = nil) -> String {
        let (female, male) = (faker.data.femaleNames, faker.data.maleNames)
        switch gender {
        case .female: return faker.pick(from: female)
        case .male: return faker.pick(from: male)
        case nil:
            let place = faker.below(female.count + male.count)
            return place < female.count ? female[place] : male[place - female.count]
        }
    }

    /// One family name.
    public mutating func lastName() -> String {
        faker.pick(from: faker.data.lastNames)
    }

    /// First and family name; two family names in Spanish always and in Portuguese often, as people there have them.
    public mutating func fullName(_ gender: Gender? = nil) -> String {
        var parts = [firstName(gender), lastName()]
        switch faker.locale {
        case .es: parts.append(lastName())
        case .ptBR: if faker.chance(1, in: 2) { parts.append(lastName()) }
        case .en, .de, .fr: break
        }
        return parts.joined(separator: " ")
    }
}
