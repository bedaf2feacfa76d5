import FoundationEssentials
import SeededData
import Testing

struct DateTests {
    private let reference = Date(timeIntervalSince1970: 1_609_275_694.280)

    @Test func datesLieWhereTheyWereAskedFor() {
        var faker = Faker(seed: 1)
        for _ in 0..<2_000 {
            let past = reference.timeIntervalSince(faker.date.past(before: reference, days: 3))
            #expect(past > 0 && past <= 3 * 86_400)
            let recent = reference.timeIntervalSince(faker.date.recent(before: reference))
            #expect(recent > 0 && recent <= 86_400)
            let between = faker.date.between(reference, and: reference.addingTimeInterval(0.002))
            #expect((0..<0.0021).contains(between.timeIntervalSince(reference)))
        }
        #expect(faker.date.between(reference, and: reference) == reference)
    }

    @Test func theReferenceAloneMovesTheDates() {
        var (one, other) = (Faker(seed: 2), Faker(seed: 2))
        let moved = other.date.past(before: reference.addingTimeInterval(1_000))
        #expect(moved.timeIntervalSince(one.date.past(before: reference)) == 1_000)
    }

    @Test func writtenDatesEqualThoseOfTheFoundationFormat() {
        var faker = Faker(seed: 3)
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let (start, end) = (Date(timeIntervalSince1970: -12_000_000_000), Date(timeIntervalSince1970: 253_402_300_799))
        for _ in 0..<5_000 {
            let date = faker.date.between(start, and: end)
            let text = ISO8601.string(from: date)
            // Foundation cuts what the double holds too little of a millisecond, so it gets the middle of one.
            #expect(text == format.format(date.addingTimeInterval(0.0005)))
            #expect(ISO8601.date(from: text) == date)
        }
    }

    @Test func theEndsOfCenturiesAndLeapYearsAreRight() {
        let texts = [
            "0001-01-01", "1600-02-29", "1899-12-31", "1900-03-01", "1969-12-31", "1970-01-01", "2000-02-29",
            "2100-02-28",
            "9999-12-31",
        ]
        for text in texts {
            #expect(ISO8601.date(from: text).map(ISO8601.string(from:)) == text + "T00:00:00.000Z")
        }
        #expect(ISO8601.date(from: "1970-01-01T00:00:01.500Z") == Date(timeIntervalSince1970: 1.5))
    }

    @Test(arguments: [
        "", "2020", "2020-13-01", "2021-02-29", "1900-02-29", "2020-00-10", "2020-01-00", "2020-01-01T24:00:00Z",
        "2020-01-01T00:60:00Z", "2020-01-01 00:00:00Z", "2020-01-01T00:00:00.12Z", "2020-01-01T00:00:00+", "20-01-01",
        "２020-1-1", "-020-01-01",
    ])
    func whatIsNoDateIsNotRead(_ text: String) {
        #expect(ISO8601.date(from: text) == nil)
    }
}
