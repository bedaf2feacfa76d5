import SeededData
import Testing

struct TemplateTests {
    @Test func valuesReplaceTheirKeysFromLeftToRight() throws {
        var (faker, other) = (Faker(seed: 1, locale: .de), Faker(seed: 1, locale: .de))
        let text = try faker.render(
            "Guten Tag {{person.firstName(female)}} {{ person.lastName }}!\n{{ number.int( 1 , 6 ) }}")
        let expected = "Guten Tag \(other.person.firstName(.female)) \(other.person.lastName())!\n"
        #expect(text == expected + "\(other.number.int(in: 1...6))")
    }

    @Test func plainTextStaysAsItIs() throws {
        var faker = Faker(seed: 1)
        for text in ["", "a", "{ } }} {a}", "ä{é", "{\n{"] { #expect(try faker.render(text) == text) }
        #expect(try faker.render("\\{{uuid}}") == "{{uuid}}")
        #expect(faker == Faker(seed: 1))
    }

    @Test func quotedArgumentsMayHoldAnything() throws {
        var faker = Faker(seed: 1)
        let template = try Template("{{pick(\"a, (b)}} \", \" c\" ,d)}}")
        #expect(Set((0..<100).map { _ in faker.render(template) }) == ["a, (b)}} ", " c", "d"])
    }

    @Test func everyDocumentedKeyWorksInEveryLocale() throws {
        for locale in Faker.Locale.allCases {
            var faker = Faker(seed: 1, locale: locale)
            for key in GoldenTests.templateKeys { #expect(try !faker.render("{{\(key)}}").isEmpty) }
        }
        let names = Set(GoldenTests.templateKeys.map { $0.prefix { $0 != "(" } })
        #expect(Set(Template.keys.map { $0.prefix { $0 != "(" } }) == names)
    }

    @Test(arguments: [
        ("{{person.firstname}}", 1, 3, "unknown key 'person.firstname'", "use 'person.firstName'"),
        ("é\nab {{ nonsense }}", 2, 7, "unknown key 'nonsense'", nil),
        ("{{}}", 1, 3, "unknown key ''", nil),
        ("a {{uuid", 1, 3, "the value 'uuid' is not closed", nil),
        ("a {{uuid} }", 1, 3, "the value 'uuid' is not closed", nil),
        ("{{number.int(1,6}}", 1, 13, "the arguments of 'number.int' are not closed", nil),
        ("{{pick(\"a)}}", 1, 8, "an argument of 'pick' has no closing quote", nil),
        ("{{number.int(1)}}", 1, 3, "'number.int' does not take 1 arguments", "use 'number.int(lowest, highest)'"),
        ("{{number.int}}", 1, 3, "'number.int' does not take 0 arguments", "use 'number.int(lowest, highest)'"),
        ("{{uuid(4)}}", 1, 8, "'uuid' does not take 1 arguments", "use 'uuid'"),
        ("{{number.int(1, six)}}", 1, 17, "invalid argument 'six' for 'number.int'", "use an integer"),
        ("{{number.int(6, 1)}}", 1, 17, "invalid argument '1' for 'number.int'", nil),
        ("{{number.double(0, nan)}}", 1, 20, "invalid argument 'nan' for 'number.double'", "use a number"),
        ("{{number.double(0, 1e300)}}", 1, 20, "invalid argument '1e300' for 'number.double'", nil),
        ("{{number.double(0.001, 0.002, 1)}}", 1, 24, "invalid argument '0.002' for 'number.double'", nil),
        ("{{lorem.words(-1)}}", 1, 15, "invalid argument '-1' for 'lorem.words'", "use an integer from 0 to 10000"),
        ("{{date.past(yesterday)}}", 1, 13, "invalid argument 'yesterday' for 'date.past'", nil),
        (
            "{{date.between(2021-01-01, 2020-01-01)}}", 1, 28, "invalid argument '2020-01-01' for 'date.between'",
            nil
        ),
        ("{{person.firstName(other)}}", 1, 20, "invalid argument 'other' for 'person.firstName'", nil),
        ("{{commerce.price(-3)}}", 1, 18, "invalid argument '-3' for 'commerce.price'", nil),
    ])
    func faultsAreNamedWithTheirPlace(text: String, line: Int, column: Int, problem: String, remedy: String?) {
        let error = #expect(throws: TemplateError.self) { try Template(text) }
        #expect(error?.problem == problem)
        #expect(error?.line == line && error?.column == column, "\(error?.description ?? "")")
        if let remedy { #expect(error?.remedy == remedy) }
    }

    @Test func anyTextIsATemplateOrAFaultAndNeverACrash() {
        var faker = Faker(seed: 99)
        let pieces = [
            "{{", "}}", "(", ")", ",", "\"", "\\", " ", "\n", "é", "number.int", "number.double", "date.between",
            "pick",
            "commerce.price", "lorem.words", "uuid", "1", "-5", "9223372036854775807", "1e18", "2020-02-30",
            "2020-01-01",
        ]
        for _ in 0..<20_000 {
            let text = (0..<faker.number.int(in: 1...12)).map { _ in faker.pick(from: pieces) }.joined()
            guard let template = try? Template(text) else { continue }
            _ = faker.render(template)
        }
    }
}
