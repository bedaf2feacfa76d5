import Testing

@testable import SeededData

@Suite(.serialized) struct LocaleTests {
    @Test(arguments: Faker.Locale.allCases)
    func listsAreRichAndHoldNothingTwice(_ locale: Faker.Locale) {
        let data = locale.data
        #expect(Set(data.femaleNames + data.maleNames).count >= 150)
        #expect(data.lastNames.count >= 150)
        let lists = [
            "female names": data.femaleNames, "male names": data.maleNames, "last names": data.lastNames,
            "cities": data.cities, "regions": data.regions, "countries": data.countries, "streets": data.streets,
            "products": data.products, "materials": data.materials, "phone patterns": data.phonePatterns,
            "company patterns": data.companyPatterns,
        ]
        for (name, list) in lists {
            #expect(Set(list).count == list.count, "\(name) hold something twice")
            #expect(list.allSatisfy { !$0.isEmpty && $0.first?.isWhitespace == false }, "\(name) hold an empty element")
        }
    }

    @Test(arguments: [Faker.Locale.de, .fr, .es, .ptBR])
    func namesCarryTheirAccents(_ locale: Faker.Locale) {
        let data = locale.data
        let accented = (data.femaleNames + data.maleNames + data.lastNames).filter { name in
            name.unicodeScalars.contains { !$0.isASCII }
        }
        #expect(accented.count >= 40)
    }

    @Test(arguments: Faker.Locale.allCases)
    func everyNameHasAnAsciiSpelling(_ locale: Faker.Locale) {
        let data = locale.data
        for name in data.femaleNames + data.maleNames + data.lastNames {
            let plain = asciiSpelling(of: name, in: locale)
            let letters = name.filter { !" '.".contains($0) }
            #expect(plain.utf8.count >= letters.count, "\(name) lost a letter: \(plain)")
        }
    }

    @Test func accentsAreSpelledAsTheLanguageDoes() {
        func spelled(_ name: String, _ locale: Faker.Locale) -> String { asciiSpelling(of: name, in: locale) }
        #expect(spelled("Jörg", .de) == "Joerg")
        #expect(spelled("Özgür", .de) == "Oezguer")
        #expect(spelled("Strauß", .de) == "Strauss")
        #expect(spelled("René", .de) == "Rene")
        #expect(spelled("Anaïs", .fr) == "Anais")
        #expect(spelled("Élodie", .fr) == "Elodie")
        #expect(spelled("Lœtitia", .fr) == "Loetitia")
        #expect(spelled("Muñoz", .es) == "Munoz")
        #expect(spelled("Agüero", .es) == "Aguero")
        #expect(spelled("Conceição", .ptBR) == "Conceicao")
        #expect(spelled("João Pedro", .ptBR) == "JoaoPedro")
        #expect(spelled("O'Connor", .en) == "OConnor")
        #expect(spelled("Jean-Pierre", .fr) == "Jean-Pierre")
        #expect(spelled("-Ana- -", .es) == "Ana")
        #expect(spelled("J\u{6F}\u{308}rg", .de) == "Joerg", "a decomposed name")
        #expect(spelled("e\u{301}", .fr) == "e", "a decomposed name")
        #expect(spelled("李明", .en).isEmpty)
    }

    @Test func latinWordsAreManyAndDistinct() {
        var faker = Faker(seed: 1)
        #expect(Set((0..<20_000).map { _ in faker.lorem.word() }).count >= 180)
    }
}
