import SeededData
import Testing

@testable import struct SeededData.SplitMix64

struct SeededGeneratorTests {
    /// From the test vectors that implementations of xoshiro256** share: the reference C code started at 1, 2, 3, 4.
    @Test func outputsEqualThePublishedVector() {
        var generator = SeededGenerator(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
            16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
            2_904_607_092_377_533_576,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func splitMixEqualsThePublishedVector() {
        var generator = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func boundedNumbersStayBelowAndComeEquallyOften() {
        var generator = SeededGenerator(seed: 1)
        for bound in [1, 2, 3, 10, 1_000, UInt64(1) << 63 + 1, .max] {
            for _ in 0..<200 { #expect(generator.number(below: bound) < bound) }
        }
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[Int(generator.number(below: 7))] += 1 }
        // Five standard deviations; the draws are fixed, so this holds always or never.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 465 })
    }

    @Test func aBoundThatDoesNotDivideTheWordsFavoursNoNumber() {
        var generator = SeededGenerator(seed: 4)
        // Without rejections every third number would come twice as often as the others.
        var counts = [0, 0, 0]
        for _ in 0..<30_000 { counts[Int(generator.number(below: 3 << 62) % 3)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 410 })
    }

    @Test func integersReachBothEndsOfEveryRange() {
        var generator = SeededGenerator(seed: 2)
        #expect(Set((0..<100).map { _ in generator.integer(in: -1...1) }) == [-1, 0, 1])
        #expect(generator.integer(in: 5...5) == 5)
        let whole = (0..<1_000).map { _ in generator.integer(in: .min ... .max) }
        #expect(whole.contains { $0 < .min / 2 } && whole.contains { $0 > .max / 2 })
        #expect((0..<1_000).allSatisfy { _ in generator.integer(in: .min ... .max - 1) < .max })
    }

    @Test func theUnitIntervalHoldsNoOne() {
        var generator = SeededGenerator(seed: 3)
        let draws = (0..<10_000).map { _ in generator.unitInterval() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 0.015)
    }
}
