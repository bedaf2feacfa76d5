#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One key of the templates: its name, its arguments as documented, and how they become a value.
struct TemplateKey: Sendable {
    let name: String
    /// With parentheses; empty when there are none.
    let arguments: String
    /// How many arguments it takes.
    let arity: ClosedRange<Int>
    let make: @Sendable (TemplateArguments) throws(TemplateError) -> Template.Maker

    static let all = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0) })

    init(
        _ name: String, _ arguments: String = "", takes arity: ClosedRange<Int> = 0...0,
        make: @escaping @Sendable (TemplateArguments) throws(TemplateError) -> Template.Maker
    ) {
        self.name = name
        self.arguments = arguments
        self.arity = arity
        self.make = make
    }

    /// A key without arguments.
    init(plain name: String, _ value: @escaping Template.Maker) {
        self.init(name) { _ throws(TemplateError) in value }
    }

    func maker(for arguments: TemplateArguments) throws(TemplateError) -> Template.Maker {
        guard arity.contains(arguments.items.count) else {
            let place = arguments.items.dropFirst(arity.upperBound).first?.place ?? arguments.place
            throw TemplateError(
                .badArgument, at: place, "'\(name)' does not take \(arguments.items.count) arguments",
                try: "use '\(name)\(self.arguments)'")
        }
        return try make(arguments)
    }

    private static let table: [TemplateKey] = [
        TemplateKey(plain: "address.city") { $0.address.city() },
        TemplateKey(plain: "address.country") { $0.address.country() },
        TemplateKey(plain: "address.full") { $0.address.full() },
        TemplateKey(plain: "address.region") { $0.address.region() },
        TemplateKey(plain: "address.street") { $0.address.street() },
        TemplateKey(plain: "address.zip") { $0.address.zip() },
        TemplateKey("commerce.price", "([lowest, highest])", takes: 0...2) { arguments throws(TemplateError) in
            let range = try arguments.range(default: 1...1_000, within: 0...Price.possibleAmounts.upperBound - 1)
            return { $0.commerce.price(in: range).description }
        },
        TemplateKey(plain: "commerce.product") { $0.commerce.product() },
        TemplateKey(plain: "company.name") { $0.company.name() },
        TemplateKey("date.between", "(start, end)", takes: 2...2) { arguments throws(TemplateError) in
            let (start, end) = (try arguments.date(0), try arguments.date(1))
            guard start <= end else { throw arguments.bad(1, "an end that is not before the start") }
            return { ISO8601.string(from: $0.date.between(start, and: end)) }
        },
        TemplateKey("date.past", "(reference[, days])", takes: 1...2) { arguments throws(TemplateError) in
            let (reference, days) = (try arguments.date(0), try arguments.int(1, default: 365, within: 1...3_650_000))
            return { ISO8601.string(from: $0.date.past(before: reference, days: days)) }
        },
        TemplateKey("date.recent", "(reference[, days])", takes: 1...2) { arguments throws(TemplateError) in
            let (reference, days) = (try arguments.date(0), try arguments.int(1, default: 1, within: 1...3_650_000))
            return { ISO8601.string(from: $0.date.recent(before: reference, days: days)) }
        },
        TemplateKey(plain: "internet.domain") { $0.internet.domain() },
        TemplateKey("internet.email", "([domain])", takes: 0...1) { arguments throws(TemplateError) in
            let domain = arguments.items.first?.text
            return { $0.internet.email(domain: domain) }
        },
        TemplateKey("internet.ipv4", "([global | privateUse | documentation])", takes: 0...1) {
            arguments throws(TemplateError) in
            let block = try arguments.word(0, of: InternetFaker.IPv4Block.self) ?? .global
            return { $0.internet.ipv4(block) }
        },
        TemplateKey(plain: "internet.userName") { $0.internet.userName() },
        TemplateKey("lorem.paragraph", "([sentences])", takes: 0...1) { arguments throws(TemplateError) in
            guard !arguments.items.isEmpty else { return { $0.lorem.paragraph() } }
            let count = try arguments.int(0, default: 1, within: 1...10_000)
            return { $0.lorem.paragraph(sentences: count...count) }
        },
        TemplateKey("lorem.sentence", "([words])", takes: 0...1) { arguments throws(TemplateError) in
            guard !arguments.items.isEmpty else { return { $0.lorem.sentence() } }
            let count = try arguments.int(0, default: 1, within: 1...10_000)
            return { $0.lorem.sentence(words: count...count) }
        },
        TemplateKey(plain: "lorem.word") { $0.lorem.word() },
        TemplateKey("lorem.words", "([count])", takes: 0...1) { arguments throws(TemplateError) in
            let count = try arguments.int(0, default: 3, within: 0...10_000)
            return { $0.lorem.words(count) }
        },
        TemplateKey("number.double", "(lowest, highest[, decimals])", takes: 2...3) { arguments throws(TemplateError) in
            let (lowest, highest) = (try arguments.double(0), try arguments.double(1))
            guard lowest <= highest else { throw arguments.bad(1, "a number that is not below the first one") }
            let decimals = try arguments.int(2, default: 2, within: 0...15)
            guard DecimalSteps(lowest...highest, decimals: decimals) != nil else {
                throw arguments.bad(
                    1, "bounds that are closer together and have a number with \(decimals) decimals between them")
            }
            return { "\($0.number.double(in: lowest...highest, decimals: decimals))" }
        },
        TemplateKey("number.int", "(lowest, highest)", takes: 2...2) { arguments throws(TemplateError) in
            let range = try arguments.range(default: 0...0, within: .min ... .max)
            return { "\($0.number.int(in: range))" }
        },
        TemplateKey("person.firstName", "([female | male])", takes: 0...1) { arguments throws(TemplateError) in
            let gender = try arguments.word(0, of: PersonFaker.Gender.self)
            return { $0.person.firstName(gender) }
        },
        TemplateKey("person.fullName", "([female | male])", takes: 0...1) { arguments throws(TemplateError) in
            let gender = try arguments.word(0, of: PersonFaker.Gender.self)
            return { $0.person.fullName(gender) }
        },
        TemplateKey(plain: "person.lastName") { $0.person.lastName() },
        TemplateKey(plain: "phone.number") { $0.phone.number() },
        TemplateKey("pick", "(text, text…)", takes: 1...Int.max) { arguments throws(TemplateError) in
            let choices = arguments.items.map(\.text)
            return { $0.pick(from: choices) }
        },
        TemplateKey(plain: "uuid") { $0.uuid() },
    ]
}

/// The arguments of one place in a template, and how to read them.
struct TemplateArguments: Sendable {
    struct Item: Sendable {
        let text: String
        let place: TemplatePlace
    }

    let key: String
    /// Where the key starts.
    let place: TemplatePlace
    var items: [Item] = []

    init(key: String, place: TemplatePlace) {
        self.key = key
        self.place = place
    }

    func int(_ index: Int, default value: Int, within range: ClosedRange<Int>) throws(TemplateError) -> Int {
        guard index < items.count else { return value }
        guard let number = Int(items[index].text), range.contains(number) else {
            let kind =
                range == .min ... .max ? "an integer" : "an integer from \(range.lowerBound) to \(range.upperBound)"
            throw bad(index, kind)
        }
        return number
    }

    func double(_ index: Int) throws(TemplateError) -> Double {
        guard let number = Double(items[index].text), number.isFinite else { throw bad(index, "a number") }
        return number
    }

    func range(default value: ClosedRange<Int>, within bounds: ClosedRange<Int>) throws(TemplateError)
        -> ClosedRange<Int>
    {
        let lower = try int(0, default: value.lowerBound, within: bounds)
        let upper = try int(1, default: max(lower, value.upperBound), within: bounds)
        guard lower <= upper else { throw bad(1, "an integer that is not below \(lower)") }
        return lower...upper
    }

    func date(_ index: Int) throws(TemplateError) -> Date {
        guard let date = ISO8601.date(from: items[index].text) else {
            throw bad(index, "a moment such as 2020-12-29 or 2020-12-29T21:01:34Z")
        }
        return date
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ index: Int, of type: Word.Type
    ) throws(TemplateError) -> Word? where Word.RawValue == String {
        guard index < items.count else { return nil }
        guard let word = Word(rawValue: items[index].text) else {
            throw bad(index, "one of " + Word.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
        }
        return word
    }

    func bad(_ index: Int, _ expected: String) -> TemplateError {
        TemplateError(
            .badArgument, at: items[index].place, "invalid argument '\(items[index].text)' for '\(key)'",
            try: "use \(expected)")
    }
}
