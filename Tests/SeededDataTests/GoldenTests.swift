import Foundation
import SeededData
import Testing

/// Pins the data: what these files hold must never change, whatever happens to the code.
///
/// A line is `key = three values # digest of 1,000 values`, so that a list's every word counts. After a new provider was
/// added, the test's failure shows the line to append.
struct GoldenTests {
    static let templateKeys = [
        "address.city", "address.country", "address.full", "address.region", "address.street", "address.zip",
        "commerce.price", "commerce.price(0, 9999999)", "commerce.product", "company.name",
        "date.between(1970-01-01, 2038-01-19T03:14:07Z)", "date.past(2020-12-29T21:01:34Z)",
        "date.past(2020-12-29T21:01:34Z, 7300)", "date.recent(2020-12-29T21:01:34Z)", "internet.domain",
        "internet.email", "internet.email(example.org)", "internet.ipv4", "internet.ipv4(documentation)",
        "internet.ipv4(privateUse)", "internet.userName", "lorem.paragraph", "lorem.sentence", "lorem.word",
        "lorem.words",
        "lorem.words(4)", "number.double(-1, 1, 6)", "number.double(0, 100)",
        "number.int(-1000000000000, 1000000000000)",
        "number.int(1, 6)", "person.firstName", "person.firstName(female)", "person.firstName(male)", "person.fullName",
        "person.lastName", "phone.number", "pick(red, green, blue)", "uuid",
    ]

    private static let helpers: [(key: String, make: @Sendable (inout Faker) -> String)] = [
        ("chance(1, in: 3)", { "\($0.chance(1, in: 3))" }),
        ("fork(7)", { $0.fork(7).uuidOfCopy() + "/" + $0.uuid() }),
        ("pick(2)", { $0.pick(2, from: "abcdefgh").map(String.init).joined() }),
        ("shuffled", { $0.shuffled("abcdefgh").map(String.init).joined() }),
        ("unit interval", { "\($0.generator.unitInterval())" }),
        ("weighted", { $0.weighted([("a", 1), ("b", 2), ("c", 3)]) }),
    ]

    @Test(arguments: Faker.Locale.allCases)
    func dataEqualsWhatItAlwaysWas(_ locale: Faker.Locale) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        let file = folder.appending(path: "\(locale.rawValue).txt")
        let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let actual = try lines(for: locale)
        for line in actual {
            let key = line.prefix { $0 != "=" }
            let pinned = golden.first { $0.prefix { $0 != "=" } == key }
            #expect(pinned == line, "the data of \(locale.rawValue) changed, or has a new key:\n\(line)")
        }
        #expect(golden.count == actual.count, "a key of \(locale.rawValue) is gone")
    }

    private func lines(for locale: Faker.Locale) throws -> [String] {
        let faker = Faker(seed: 2020, locale: locale)
        let keys = try Self.templateKeys.map { key in
            let template = try Template("{{\(key)}}")
            return line(key, from: faker) { $0.render(template) }
        }
        return keys + Self.helpers.map { line($0.key, from: faker, $0.make) }
    }

    private func line(_ key: String, from faker: Faker, _ make: (inout Faker) -> String) -> String {
        var faker = faker.fork(key)
        let values = (0..<1_000).map { _ in make(&faker) }
        let samples = values.prefix(3).map { $0.count <= 60 ? $0 : $0.prefix(60) + "…" }
        let digest = values.joined(separator: "\n").utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return "\(key) = \(samples.joined(separator: " | ")) # \(String(digest, radix: 16))"
    }
}

extension Faker {
    fileprivate func uuidOfCopy() -> String {
        var copy = self
        return copy.uuid()
    }
}
