import SeededData
import Testing

@Suite struct ProviderTests {
    @Test(arguments: Faker.Locale.allCases)
    func mailAddressesUserNamesAndDomainsLookRight(_ locale: Faker.Locale) throws {
        var faker = Faker(seed: 11, locale: locale)
        let mail = try Regex(
            "[A-Z][A-Za-z]*(-[A-Z][a-z]+)*\\.[A-Za-z]+(-[A-Z][a-z]+)*@[a-z]+(-[a-z]+)*(\\.[a-z]{2,4}){1,2}")
        let user = try Regex("[a-z]+[._]?[a-z]+[0-9]{0,2}")
        for _ in 0..<2_000 {
            let (address, name) = (faker.internet.email(), faker.internet.userName())
            #expect(address.wholeMatch(of: mail) != nil, "\(address)")
            #expect(name.wholeMatch(of: user) != nil, "\(name)")
        }
    }

    @Test func givenPartsOfAMailAddressAreUsed() {
        var faker = Faker(seed: 1, locale: .de)
        let address = faker.internet.email(firstName: "Jörg", lastName: "Weiß", domain: "example.org")
        #expect(address == "Joerg.Weiss@example.org")
        #expect(faker.internet.email(firstName: "李", lastName: "明", domain: "example.org") == "user.user@example.org")
    }

    @Test(arguments: InternetFaker.IPv4Block.allCases)
    func addressesLieInTheirBlock(_ block: InternetFaker.IPv4Block) {
        var faker = Faker(seed: 12)
        for _ in 0..<2_000 {
            let text = faker.internet.ipv4(block)
            let bytes = text.split(separator: ".").compactMap { UInt8($0) }
            guard bytes.count == 4 else {
                Issue.record("\(text) is no address")
                continue
            }
            let isPrivate =
                bytes[0] == 10 || (bytes[0] == 172 && (16...31).contains(bytes[1]))
                || (bytes[0] == 192 && bytes[1] == 168)
            let isDocumentation = [[192, 0, 2], [198, 51, 100], [203, 0, 113]].contains(Array(bytes[..<3]))
            switch block {
            case .global: #expect(!isPrivate && !isDocumentation && bytes[0] != 127 && (1...223).contains(bytes[0]))
            case .privateUse: #expect(isPrivate)
            case .documentation: #expect(isDocumentation)
            }
            #expect((1...254).contains(bytes[3]))
        }
    }

    @Test func postalCodesHaveTheFormOfTheCountry() throws {
        for locale in Faker.Locale.allCases {
            var faker = Faker(seed: 13, locale: locale)
            let form = try Regex(locale == .ptBR ? "[0-9]{5}-[0-9]{3}" : "[0-9]{5}")
            for _ in 0..<1_000 {
                let code = faker.address.zip()
                #expect(code.wholeMatch(of: form) != nil, "\(code)")
            }
        }
    }

    @Test func houseNumbersStandWhereTheCountryPutsThem() throws {
        let forms: [Faker.Locale: String] = [
            .en: "[0-9]+ .*\\p{L}", .fr: "[0-9]+ .*\\p{L}", .de: ".*\\p{L} [0-9]+", .es: ".*\\p{L}, [0-9]+",
            .ptBR: ".*\\p{L}, [0-9]+",
        ]
        for (locale, form) in forms {
            var faker = Faker(seed: 14, locale: locale)
            let form = try Regex(form)
            for _ in 0..<300 {
                let street = faker.address.street()
                #expect(street.wholeMatch(of: form) != nil, "\(street)")
            }
        }
    }

    @Test func pricesAreWrittenAsTheLocaleDoes() {
        func written(_ amount: Int, _ locale: Faker.Locale) -> String {
            var faker = Faker(seed: 1, locale: locale)
            return faker.commerce.price(in: amount...amount).description
        }
        #expect(written(1_234, .en) == "$1,234.00")
        #expect(written(1_234_567, .de) == "1.234.567,00\u{A0}€")
        #expect(written(12_345, .fr) == "12\u{202F}345,00\u{A0}€")
        #expect(written(1_234, .es) == "1234,00\u{A0}€")
        #expect(written(12_345, .es) == "12.345,00\u{A0}€")
        #expect(written(999, .ptBR) == "R$\u{A0}999,00")
        #expect(written(0, .en) == "$0.00")
        var faker = Faker(seed: 2)
        let cents = (0..<2_000).map { _ in faker.commerce.price(in: 3...4).cents }
        #expect(cents.min() == 300 && cents.max() == 400)
    }

    @Test func noWordFollowsItself() {
        var faker = Faker(seed: 15)
        let words = faker.lorem.words(10_000).split(separator: " ")
        #expect(words.count == 10_000)
        #expect(zip(words, words.dropFirst()).allSatisfy { $0 != $1 })
        #expect(faker.lorem.words(0).isEmpty)
    }

    @Test func sentencesStartWithACapitalAndEndWithAFullStop() throws {
        var faker = Faker(seed: 16)
        let form = try Regex("[A-Z][a-z]*( [a-z]+,?)* [a-z]+\\.")
        for _ in 0..<500 {
            let sentence = faker.lorem.sentence()
            #expect(sentence.wholeMatch(of: form) != nil, "\(sentence)")
            #expect((5...12).contains(sentence.split(separator: " ").count))
        }
        #expect(faker.lorem.sentence(words: 1...1).split(separator: " ").count == 1)
        #expect((3...6).contains(faker.lorem.paragraph().split(separator: ".").count))
    }

    @Test func decimalsStayInTheirRangeAndReachItsEnds() {
        var faker = Faker(seed: 17)
        let draws = (0..<2_000).map { _ in faker.number.double(in: 0.07...0.29) }
        #expect(draws.min() == 0.07 && draws.max() == 0.29)
        #expect(Set(draws).count == 23)
        #expect((0..<100).allSatisfy { _ in (1...9).contains(faker.number.double(in: 0.11...0.99, decimals: 1) * 10) })
        #expect(faker.number.double(in: -0.5 ... -0.5, decimals: 1) == -0.5)
    }
}
