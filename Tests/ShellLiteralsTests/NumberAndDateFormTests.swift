import ShellLiterals
import Testing

@Suite struct DateFormTests {
    @Test(
        "times are written as JavaScript writes them, far years with a sign",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
            (-62_198_755_200_000, "-000001-01-01T00:00:00.000Z"), (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
            (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
            (-8_640_000_000_000_000, "-271821-04-20T00:00:00.000Z"),
        ] as [(Int64, String)])
    func writing(_ milliseconds: Int64, _ text: String) {
        #expect(DateText.iso(milliseconds) == text)
    }

    @Test("beyond JavaScript's limits there is no date")
    func limits() {
        #expect(DateText.iso(DateText.limit + 1) == nil && DateText.iso(-DateText.limit - 1) == nil)
    }

    @Test("what is written is read back, on every day of two centuries")
    func everyDay() {
        for day in Int64(-36_525)...36_525 {
            let milliseconds = day * 86_400_000 + 45_296_789
            #expect(DateText.iso(milliseconds).flatMap { DateText.milliseconds($0) } == milliseconds)
        }
    }

    @Test(
        "parts may be left out, and a zone is taken off",
        arguments: [
            ("2020-12-29", 1_609_200_000_000), ("20201229", 1_609_200_000_000), ("2020", 1_577_836_800_000),
            ("2020-12", 1_606_780_800_000), ("2020-12-29T01:02", 1_609_203_720_000),
            ("2020-12-29 01:02:03,5", 1_609_203_723_500), ("2020-12-29T010203Z", 1_609_203_723_000),
            ("2020-12-29T00:00:00+02:00", 1_609_192_800_000), ("2020-12-29T00:00:00-0130", 1_609_205_400_000),
            ("2020-12-29T24:00:00Z", 1_609_286_400_000),
        ] as [(String, Int64)])
    func reading(_ text: String, _ milliseconds: Int64) {
        #expect(DateText.milliseconds(text) == milliseconds)
    }

    @Test(
        "days and times that don't exist are refused",
        arguments: [
            "", "20", "2020-", "2020-13-01", "2020-00-10", "2020-02-30", "2021-02-29", "2020-12-29T",
            "2020-12-29T25:00",
            "2020-12-29T24:00:01", "2020-12-29T12:60", "2020-12-29T12:00:60", "2020-12-29T12:00:00.",
            "2020-12-29T12:00:00+24:00",
            "2020-12-29T12:00Zx", "2020-12-29x",
        ])
    func refused(_ text: String) {
        #expect(DateText.milliseconds(text) == nil)
    }

    @Test("months and days outside their range move on, as in `new Date(2020, 14, 1)`")
    func carrying() {
        #expect(DateText.milliseconds(year: 2020, month: 14) == DateText.milliseconds(year: 2021, month: 2))
        #expect(
            DateText.milliseconds(year: 2020, month: -1, day: 31) == DateText.milliseconds(year: 2020, month: 0, day: 0)
        )
        #expect(
            DateText.milliseconds(year: 2020, month: 1, day: 30) == DateText.milliseconds(year: 2020, month: 2, day: 1))
    }
}

@Suite struct DecimalFormTests {
    @Test(
        "a number is written as the specification of BSON asks for",
        arguments: [
            ("1.50", "1.50"), ("-0", "-0"), ("0.001234", "0.001234"), ("1e3", "1E+3"), ("1E-7", "1E-7"),
            ("12345678901234567890.1234567890123", "12345678901234567890.1234567890123"), ("+7", "7"),
            ("123e-9", "1.23E-7"), ("Infinity", "Infinity"), ("-inf", "-Infinity"), ("NaN", "NaN"),
            ("1e6144", "1.000000000000000000000000000000000E+6144"), ("0e99999", "0E+6111"), ("1e-6176", "1E-6176"),
        ])
    func writing(_ text: String, _ written: String) throws {
        let number = try #require(Decimal128(text))
        #expect(number.description == written)
        #expect(Decimal128(number.description) == number)
    }

    @Test(
        "nothing is rounded: what doesn't fit is refused",
        arguments: [
            "", "-", ".", "e5", "1e", "1.2.3", "x", "1e6145", "1e-6177", "12345678901234567890123456789012345",
            "1e123456789", "0x10",
        ])
    func refused(_ text: String) {
        #expect(Decimal128(text) == nil)
    }

    @Test("a pattern that is not canonical counts as zero")
    func notCanonical() {
        #expect(Decimal128(high: 0x6C10_0000_0000_0000, low: 5).description == "0")
        #expect(Decimal128(high: 0x3041_FFFF_FFFF_FFFF, low: .max).description == "0")
    }
}

@Suite struct NumberTextTests {
    @Test(
        "numbers are written as JavaScript writes them",
        arguments: [
            (0, "0"), (-0.0, "0"), (100, "100"), (0.1 + 0.2, "0.30000000000000004"), (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-10, "1.5e-10"), (123456.789, "123456.789"),
            (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"), (-1.25, "-1.25"),
            (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
        ] as [(Double, String)])
    func writing(_ number: Double, _ text: String) {
        #expect(number.javaScriptText == text)
    }
}
