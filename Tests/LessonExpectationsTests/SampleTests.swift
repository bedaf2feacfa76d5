import Lessons
import Testing

@testable import LessonExpectations

@Suite struct SampleTests {
    private func differences(
        _ documented: String, _ actual: String, _ wording: Wording = .exact, directives: SampleDirectives = .init(),
        scope: SampleScope = .whole
    ) -> [String] {
        ParsedSample(documented: documented, wording: wording, directives: directives).compare(
            with: actual, scope: scope
        )
        .differences.map(\.sentence)
    }

    // MARK: Types and keys

    @Test(arguments: [
        ("\"six\"", "quantity: expected an integer, got the string \"six\""),
        ("'6'", "quantity: expected an integer, got the string \"6\""),
        ("2.5", "quantity: expected an integer, got the decimal 2.5"),
        ("null", "quantity: expected an integer, got null"),
    ])
    func aChangedTypeIsNamed(value: String, sentence: String) {
        #expect(differences("{ quantity: 2 }", "{ quantity: \(value) }", .similar) == [sentence])
    }

    @Test func aMissingAnExtraAndARenamedKeyAreNamed() {
        let sample = "{ customer: { email: 'a@b.com', firstName: 'Ann' } }"
        #expect(differences(sample, "{ customer: { firstName: 'Ann' } }", .similar) == ["customer.email: missing"])
        #expect(
            differences(sample, "{ customer: { email: 'a@b.com', firstName: 'Ann', age: 3 } }", .similar) == [
                "customer.age: not in the sample"
            ])
        #expect(
            differences(sample, "{ customer: { mail: 'a@b.com', firstName: 'Ann' } }", .similar) == [
                "customer.email: missing; found \"mail\" instead"
            ])
    }

    @Test("the keys of an object come in any order, and a note says so")
    func theOrderOfKeysIsNoted() {
        let comparison = ParsedSample(documented: "{ a: 1, b: 2 }", wording: .exact).compare(with: "{ b: 2, a: 1 }")
        #expect(comparison.matches)
        #expect(comparison.notes == ["keys of an object come in another order, which means nothing"])
    }

    @Test func aListKeepsItsLengthUnlessElided() {
        let sample = "[ { a: 1 }, { a: 2 }, { a: 3 } ]"
        #expect(differences(sample, "[ { a: 1 }, { a: 2 } ]", .similar) == ["3 documents expected, got 2"])
        let elided = "[ { a: 1 }, { a: 2 }, ... ]"
        #expect(differences(elided, "[ { a: 1 }, { a: 2 }, { a: 3 } ]", .similar).isEmpty)
        #expect(differences(elided, "[]", .similar) == ["at least 2 documents expected, got none"])
    }

    @Test func datesBareAndWrappedAreOneClass() {
        #expect(differences("{ at: 2020-12-30T05:01:34.280Z }", "{ at: ISODate('2026-11-22T10:00:00.000Z') }").isEmpty)
        #expect(!differences("{ at: 2020-12-30T05:01:34.280Z }", "{ at: 'soon' }", .similar).isEmpty)
    }

    @Test func theLayoutOfJSONDoesNotMatter() {
        #expect(
            differences("{\"a\":1,\"b\":[true,null]}", "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}")
                .isEmpty)
    }

    @Test func anIdentifierThatRecursMustRecur() {
        let (one, two) = ("0a506ec8-17c8-4260-ab33-ce145cc7a233", "24ad3aa1-bf2e-46c6-a746-956de48737cb")
        let sample = "{ value: '{\"orderId\":\"\(one)\"}', key: '\(one)' }"
        #expect(differences(sample, "{ value: '{\"orderId\":\"\(two)\"}', key: '\(two)' }").isEmpty)
        let wrong = differences(sample, "{ value: '{\"orderId\":\"\(two)\"}', key: '\(one)' }")
        #expect(wrong.count == 1 && wrong[0].hasPrefix("key: expected") && wrong[0].contains("value.orderId"))
    }

    // MARK: Wordings

    @Test func exactFixesValuesAndSimilarLetsThemVary() {
        #expect(differences("3 orders stored in 12 ms", "3 orders stored in 240 ms").isEmpty)
        #expect(!differences("3 orders stored in 12 ms", "4 orders stored in 12 ms").isEmpty)
        #expect(differences("3 orders stored in 12 ms", "4 orders stored in 12 ms", .similar).isEmpty)
        #expect(!differences("3 orders stored in 12 ms", "3 orders lost in 12 ms", .similar).isEmpty)
    }

    @Test func theNameOfADatabaseIsFixed() {
        for wording in [Wording.exact, .similar, .unmarked] {
            #expect(
                differences("simplecqrs_r", "simplecqrs_w", wording) == [
                    #"expected "simplecqrs_r", got "simplecqrs_w""#
                ])
        }
    }

    // MARK: Waiting

    @Test func aBeginningMayStillHoldAndAContradictionMayNot() {
        let sample = ParsedSample(documented: "one\ntwo\nthree", wording: .exact)
        for start in ["", "one\n", "one\ntw", "one\ntwo\n"] {
            let comparison = sample.compare(with: start)
            #expect(!comparison.matches && comparison.mayStillHold, "\(start)")
        }
        #expect(!sample.compare(with: "one\nERROR: gone\n").mayStillHold)
        #expect(!sample.compare(with: "one\ntwo\nthree\nfour\n").mayStillHold)
    }

    @Test func documentsThatAreStillComingMayHold() {
        let sample = ParsedSample(documented: "{ a: 1 }\n{ a: 2 }\n{ a: 3 }", wording: .similar)
        #expect(sample.compare(with: "{ a: 1 }\n{ a: 2 }\n").mayStillHold)
        #expect(sample.compare(with: "{ a: 1 }\n{ a: ").mayStillHold)
        #expect(!sample.compare(with: "{ a: 1 }\n{ a: 'x' }\n").mayStillHold)
    }

    @Test func aStreamMayGoOnButNotWithErrors() {
        let sample = "server is listening on 9001"
        #expect(differences(sample, "starting\nserver is listening on 9001\nGET /\n", scope: .stream).isEmpty)
        #expect(!differences(sample, "ERROR: no database\nserver is listening on 9001\n", scope: .stream).isEmpty)
    }

    // MARK: Directives and screens

    @Test func authorsTightenAndLoosen() {
        #expect(differences("a\nc", "a\nb\nc\nd", directives: .init(comparison: .contains)).isEmpty)
        #expect(differences("v[0-9]+", "v12", directives: .init(comparison: .regex)).isEmpty)
        #expect(!differences("v[0-9]+", "vx", directives: .init(comparison: .regex)).isEmpty)
        #expect(differences("a\nb", "b\na", directives: .init(isUnordered: true)).isEmpty)
        #expect(differences("a", "", directives: .init(isOptional: true)).isEmpty)
        #expect(differences("a", "b", directives: .init(comparison: .ignore)).isEmpty)
        #expect(
            differences("{ code: 12 }", "{ code: 13 }", directives: .init(fieldClasses: ["code": "integer"])).isEmpty)
    }

    @Test func aLineOnTheScreenIsFoundBehindItsNumber() {
        let sample = ParsedSample(documented: "try await publish(event)", wording: .exact)
        let rows = [" 41   let event = OnNewOrder()  ", " 42   try await publish(event)", "~", "-- INSERT --"]
        #expect(sample.compare(withScreen: rows).matches)
        #expect(!sample.compare(withScreen: ["~", "~"]).matches)
    }

    // MARK: Explanations

    @Test func theExplanationMarksWhatDiffers() {
        let text = ParsedSample(documented: "quantity is 2 here", wording: .exact).compare(with: "quantity is 3 here")
            .explanation()
        #expect(text.contains("quantity is 2 here") && text.contains("quantity is 3 here") && text.contains("^"))
        #expect(!text.contains("\u{1B}"))
    }
}

@Suite struct RecurrenceTests {
    @Test func anIdentifierRecursOverLines() {
        let (one, two) = ("0a506ec8-17c8-4260-ab33-ce145cc7a233", "24ad3aa1-bf2e-46c6-a746-956de48737cb")
        let sample = ParsedSample(documented: "stored \(one)\npublished \(one)", wording: .exact)
        #expect(sample.compare(with: "stored \(two)\npublished \(two)").matches)
        #expect(!sample.compare(with: "stored \(two)\npublished \(one)").matches)
    }
}
