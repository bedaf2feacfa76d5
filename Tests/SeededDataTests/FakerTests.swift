import SeededData
import Testing

struct FakerTests {
    @Test func theSameSeedGivesTheSameData() {
        var (one, other) = (Faker(seed: 42, locale: .fr), Faker(seed: 42, locale: .fr))
        for _ in 0..<100 { #expect(one.person.fullName() == other.person.fullName()) }
        #expect(one == other)
    }

    @Test func differentSeedsGiveDifferentData() {
        let names = (0..<200).map { seed in
            var faker = Faker(seed: UInt64(seed))
            return faker.uuid()
        }
        #expect(Set(names).count == names.count)
    }

    @Test func oneMoreFieldInARecordLeavesTheNextRecordAlone() {
        func secondRecord(_ first: (inout Faker) -> Void) -> String {
            var faker = Faker(seed: 42)
            var record = faker.fork(0)
            first(&record)
            first(&faker)
            var next = faker.fork(1)
            return next.person.fullName() + next.address.full()
        }
        let plain = secondRecord { _ = $0.person.fullName() }
        let richer = secondRecord { faker in
            _ = faker.person.fullName()
            _ = faker.lorem.paragraph()
        }
        #expect(plain == richer)
    }

    @Test func forksDifferFromOneAnotherAndFromTheirOrigin() {
        let faker = Faker(seed: 42)
        var seeds = (-1_000..<1_000).map { faker.fork($0).seed }
        seeds += ["", "a", "b", "ab", "ä"].map { faker.fork($0).seed }
        seeds += (0..<100).map { faker.fork(1).fork($0).seed }
        seeds.append(faker.seed)
        #expect(Set(seeds).count == seeds.count)
        #expect(Faker(seed: 43).fork(0).seed != faker.fork(0).seed)
        #expect(faker.fork(3).locale == faker.locale)
    }

    @Test func uuidsHaveTheFormOfVersionFour() throws {
        var faker = Faker(seed: 5)
        let form = try Regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        let uuids = (0..<1_000).map { _ in faker.uuid() }
        #expect(uuids.allSatisfy { $0.wholeMatch(of: form) != nil })
        #expect(Set(uuids).count == uuids.count)
    }

    @Test func localesAreFoundInAnyCaseAndUnknownOnesAreNamed() throws {
        #expect(try Faker.Locale(tag: "pt_br") == .ptBR)
        #expect(try Faker.Locale(tag: "DE") == .de)
        let error = #expect(throws: SeededDataError.self) { try Faker.Locale(tag: "tlh") }
        #expect(error?.description == "unknown locale 'tlh'\n  try: use one of en, de, fr, es, pt-BR")
    }
}

struct ChoosingTests {
    @Test func shufflingKeepsAllElementsAndReachesEveryOrder() {
        var faker = Faker(seed: 1)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6_000 { counts[faker.shuffled([1, 2, 3]), default: 0] += 1 }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs($0 - 1_000) < 145 })
        #expect(faker.shuffled([Int]()).isEmpty)
    }

    @Test func pickingSeveralTakesEachPlaceOnce() {
        var faker = Faker(seed: 2)
        for count in 0...10 { #expect(Set(faker.pick(count, from: 0..<10)).count == count) }
        #expect(Set((0..<200).map { _ in faker.pick(from: ["a", "b", "c"]) }) == ["a", "b", "c"])
    }

    @Test func weightsDecideHowOftenAValueComes() {
        var faker = Faker(seed: 3)
        var counts = ["never": 0, "one": 0, "three": 0]
        for _ in 0..<4_000 { counts[faker.weighted([("one", 1), ("never", 0), ("three", 3)])]? += 1 }
        #expect(counts["never"] == 0)
        #expect(abs((counts["one"] ?? 0) - 1_000) < 140)
    }

    @Test func uniqueValuesEndWithAClearErrorOnceThereAreNoMore() throws {
        var faker = Faker(seed: 4)
        let all = try faker.unique(6) { $0.number.int(in: 1...6) }
        #expect(all.sorted() == [1, 2, 3, 4, 5, 6])
        let error = #expect(throws: SeededDataError.self) {
            try faker.unique(7, tries: 500) { $0.number.int(in: 1...6) }
        }
        #expect(error?.code == .exhausted)
        #expect(error?.problem == "no new value in 500 tries, after 6 different ones")
    }
}
