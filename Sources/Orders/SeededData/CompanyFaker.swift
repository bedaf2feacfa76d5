/// Companies; see ``Faker/company``.
public struct CompanyFaker: Sendable {
    var faker: Faker

    /// One or more family names with a legal form or a word for kin: `Hartmann & Söhne`, `Reed Group`.
    public mutating func name() -> String {
        let pattern = faker.pick(from: faker.data.companyPatterns)
        var name = ""
        for character in pattern {
            if character == "#" { name += faker.person.lastName() } else { name.append(character) }
        }
        // A name such as `da Luz` doesn't start a company's in lower case.
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
