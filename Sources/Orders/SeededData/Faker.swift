/// Makes data that looks real: the same seed and locale give the same data, on every platform and in later versions.
///
/// ```swift
/// var faker = Faker(seed: 42, locale: .de)
/// let name = faker.person.fullName()
/// let mail = faker.internet.email()
/// ```
///
/// A faker is a value. A copy repeats what the original gives from there on.
///
/// ## Records that don't disturb each other
///
/// Values come from one stream, so a field added to a record would shift all that follows. Give each record a stream of
/// its own with ``fork(_:)-(Int)``, and that can't happen:
///
/// ```swift
/// let faker = Faker(seed: 42)
/// let people = (0..<10).map { index in
///     var record = faker.fork(index)
///     return (record.person.fullName(), record.address.city())
/// }
/// ```
public struct Faker: Hashable, Sendable {
    /// The seed that the faker started from; drawing values doesn't change it.
    public let seed: UInt64
    /// Which names, places and forms are drawn from; forks inherit it.
    public let locale: Locale
    /// The faker's place in its stream of numbers.
    public var generator: SeededGenerator

    /// - Parameter seed: Any number; neighbouring seeds give unrelated data.
    public init(seed: UInt64, locale: Locale = .en) {
        self.seed = seed
        self.locale = locale
        generator = SeededGenerator(seed: seed)
    }

    /// A faker with a stream of its own that depends on ``seed`` and `index` alone, not on what was drawn before.
    ///
    /// Different indices give different seeds. Forks can be forked again, as in `faker.fork(order).fork(line)`.
    public func fork(_ index: Int) -> Faker {
        let place = UInt64(bitPattern: Int64(index)) &* SplitMix64.increment
        return Faker(seed: SplitMix64.mixed(SplitMix64.mixed(seed ^ 0x6C65_6374_6572_6E31) &+ place), locale: locale)
    }

    /// A faker with a stream of its own that depends on ``seed`` and the UTF-8 form of `label` alone.
    ///
    /// Use it for what belongs to a record without being one of its fields, so that it can come and go freely.
    public func fork(_ label: String) -> Faker {
        Faker(
            seed: SplitMix64.mixed(SplitMix64.mixed(seed ^ 0x6C65_6374_6572_6E32) &+ fnv1a(label.utf8)), locale: locale)
    }

    /// A UUID of version 4 in its form, lower case: 122 bits from the seed, so unlike a real one it repeats.
    public mutating func uuid() -> String {
        let high = generator.next() & ~0xF000 | 0x4000
        let low = generator.next() & ~(0b11 << 62) | 0b10 << 62
        let digits = hexadecimal(high) + hexadecimal(low)
        var text = ""
        text.reserveCapacity(36)
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    var data: LocaleData { locale.data }
}

extension Faker {
    /// Draws streets, cities and postal codes from this faker's own stream, as do all the properties below.
    public var address: AddressFaker {
        get { AddressFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws products and prices in the locale's currency.
    public var commerce: CommerceFaker {
        get { CommerceFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws companies' names.
    public var company: CompanyFaker {
        get { CompanyFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws moments relative to given ones; the clock is never read.
    public var date: DateFaker {
        get { DateFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws mail addresses, user names, domains and IPv4 addresses, all in ASCII.
    public var internet: InternetFaker {
        get { InternetFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws placeholder Latin, the same words in every locale.
    public var lorem: LoremFaker {
        get { LoremFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws integers, and decimals with a given number of places.
    public var number: NumberFaker {
        get { NumberFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws first and family names.
    public var person: PersonFaker {
        get { PersonFaker(faker: self) }
        set { self = newValue.faker }
    }
    /// Draws phone numbers as they are written within the locale's country.
    public var phone: PhoneFaker {
        get { PhoneFaker(faker: self) }
        set { self = newValue.faker }
    }
}

/// The 64-bit FNV-1a hash; the standard library's hash differs from process to process.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

private func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
