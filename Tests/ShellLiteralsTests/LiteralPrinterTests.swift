import SeededNumbers
import ShellLiterals
import Testing

struct LiteralPrinterTests {
    @Test func aDocumentThatDoesntFitIsBrokenAtItsOuterLevelsFirst() {
        let order: LiteralValue = [
            [
                "_id": "89339b04-9c99-44cc-b0a6-ad8a5bba82e3",
                "customer": ["email": "Hyman.Bartell@gust.biz", "firstName": "Hyman", "lastName": "Bartell"],
                "created": ["created": .date(1_609_304_494_280)], "description": "sit voluptatem magnam itaque",
                "quantity": 2, "__v": 0,
            ]
        ]
        #expect(
            order.literal(.shellCursor) == """
                [
                  {
                    _id: '89339b04-9c99-44cc-b0a6-ad8a5bba82e3',
                    customer: {
                      email: 'Hyman.Bartell@gust.biz',
                      firstName: 'Hyman',
                      lastName: 'Bartell'
                    },
                    created: { created: ISODate('2020-12-30T05:01:34.280Z') },
                    description: 'sit voluptatem magnam itaque',
                    quantity: 2,
                    __v: 0
                  }
                ]
                """)
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("it's", "\"it's\""), ("it's \"it\"", "`it's \"it\"`"),
        ("it's \"`it`\"", #"'it\'s "`it`"'"#), ("a\tb\u{1}\u{7F}\u{85}\\", #"'a\tb\x01\x7F\x85\\'"#), ("é😀", "'é😀'"),
    ])
    func quotesAreTheOnesThatNeedNoEscaping(text: String, expected: String) {
        #expect(LiteralValue.string(text).literal() == expected)
    }

    @Test func onlyPlainNamesStandUnquoted() {
        let object: LiteralValue = ["a_1": 1, "$set": 2, "a-b": 3, "": 4, "ä": 5]
        #expect(object.literal() == "{ a_1: 1, '$set': 2, 'a-b': 3, '': 4, 'ä': 5 }")
    }

    @Test func namesThatAreIndicesComeFirstInAscendingOrder() {
        let object: LiteralValue = ["b": 1, "10": 2, "2": 3, "02": 4]
        #expect(object.literal() == "{ '2': 3, '10': 2, b: 1, '02': 4 }")
    }

    @Test func aNameThatOccursTwiceKeepsItsFirstPlaceAndItsLastValue() {
        #expect(
            LiteralObject([.init(name: "a", value: 1), .init(name: "b", value: 2), .init(name: "a", value: 3)])
                == ["a": 3, "b": 2])
    }

    @Test func moreThanSixNumbersStandInColumnsAlignedRight() {
        let numbers = LiteralValue.array((1...12).map { .number(Double($0 * 7)) })
        #expect(
            numbers.literal() == """
                [
                   7, 14, 21, 28, 35,
                  42, 49, 56, 63, 70,
                  77, 84
                ]
                """)
    }

    @Test func depthAndLengthAreLimitedWhereTheStyleSaysSo() {
        let nested: LiteralValue = ["a": ["b": ["c": ["d": 1]]]]
        #expect(nested.literal(.console).contains("[Object]"))
        #expect(!nested.literal(.shellCursor).contains("[Object]"))
        let long = LiteralValue.array(Array(repeating: 1, count: 102))
        #expect(long.literal(.console).contains("... 2 more items"))
    }

    @Test(arguments: [
        (0.1 + 0.2, "0.30000000000000004"), (1e21, "1e+21"), (1e20, "100000000000000000000"),
        (1e-6, "0.000001"), (1e-7, "1e-7"), (-1.5e-9, "-1.5e-9"), (.leastNonzeroMagnitude, "5e-324"), (100, "100"),
        (-0.0, "-0"),
        (.infinity, "Infinity"), (1.5e300, "1.5e+300"),
    ])
    func numbersAreWrittenAsJavaScriptWritesThem(number: Double, expected: String) {
        #expect(LiteralValue.number(number).literal() == expected)
    }

    @Test func bsonValuesArePrintedAsCalls() {
        let id: [UInt8] = [0x65, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xFF]
        #expect(LiteralValue.objectID(id).literal() == "ObjectId('650a010203040506070809ff')")
        #expect(LiteralValue.long(.min).literal() == "Long('-9223372036854775808')")
        #expect(
            LiteralValue.binary(subtype: 0, bytes: [1, 2, 3, 4]).literal() == "Binary.createFromBase64('AQIDBA==', 0)")
        #expect(LiteralValue.timestamp(seconds: 5, increment: 6).literal() == "Timestamp({ t: 5, i: 6 })")
    }
}

struct DateTextTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (DateText.limit, "+275760-09-13T00:00:00.000Z"), (-62_198_755_200_000, "-000001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func timesAreWrittenInISO8601(milliseconds: Int64, text: String) {
        #expect(DateText.iso(milliseconds) == text)
    }

    @Test func whatIsWrittenReadsBack() throws {
        var generator = SplitMix(state: 4)
        for _ in 0..<2000 {
            let milliseconds = Int64.random(in: -62_135_596_800_000..<253_402_300_800_000, using: &generator)
            #expect(DateText.milliseconds(try #require(DateText.iso(milliseconds))) == milliseconds)
        }
    }

    @Test(arguments: [
        "2020-02-30", "2020-13-01", "2020-1-1", "x", "", "2020-01-01T25:61", "2020-01-01T10:00:00Zz", "2020-01-00",
    ])
    func daysAndTimesThatDontExistAreRefused(text: String) {
        #expect(DateText.milliseconds(text) == nil)
    }

    @Test func aZoneIsTakenOff() {
        #expect(DateText.milliseconds("2020-12-30T05:01:34.280+01:00") == 1_609_300_894_280)
    }
}

struct Decimal128Tests {
    @Test(arguments: [
        "0", "-0", "1.50", "0.001", "1E+3", "0E-8", "-7", "1.234567890123456789012345678901234", "9E+6111", "NaN",
        "Infinity", "-Infinity", "1E-6176",
    ])
    func canonicalTextReadsBack(text: String) {
        #expect(Decimal128(text)?.description == text)
    }

    @Test(arguments: [
        "", "x", "1.2.3", "1e", "12345678901234567890123456789012345", "1E+7000", "--1", "1e99999999999999999999",
    ])
    func whatIsNoDecimalIsRefused(text: String) {
        #expect(Decimal128(text) == nil)
    }
}
