import Diagnostics
public import SeededData

/// An order as the order service takes it, made from a seed.
public struct SeededOrder: Hashable, Sendable {
    /// The place in the sequence, counted from 0.
    public var index: Int
    /// Four words of placeholder text in a seeded plan; the service accepts 1–255 Unicode scalars.
    public var description: String
    /// 0–10 in a seeded plan; the service accepts up to 2,147,483,647.
    public var quantity: Int
    /// What the service tells customers apart by; two orders of a plan may share it.
    public var email: String
    /// Stored only when the service does not know ``email`` yet.
    public var firstName: String
    /// Stored only when the service does not know ``email`` yet.
    public var lastName: String
    /// What the service recognises a repetition by, in the form of a UUID.
    public var idempotencyKey: String

    /// Takes the fields unchecked: what is wrong with them is for the service to say.
    public init(
        index: Int, description: String, quantity: Int, email: String, firstName: String, lastName: String,
        idempotencyKey: String
    ) {
        self.index = index
        self.description = description
        self.quantity = quantity
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.idempotencyKey = idempotencyKey
    }

    /// The body of `POST /orders`; with the service's identifier at the end when one is given.
    ///
    /// Written by hand, since Foundation's encoder does not promise the order of keys that the lessons show.
    public func json(id: String? = nil) -> String {
        var text = #"{"description":"# + JSONText.quoted(description)
        text += #","quantity":"# + String(quantity)
        text += #","email":"# + JSONText.quoted(email)
        text += #","firstName":"# + JSONText.quoted(firstName)
        text += #","lastName":"# + JSONText.quoted(lastName)
        if let id { text += #","id":"# + JSONText.quoted(id) }
        return text + "}"
    }
}

/// Which orders to make: the same plan always makes the same ones.
public struct SeedingPlan: Hashable, Sendable {
    /// How many orders the plan has; not negative.
    public var count: Int
    /// Any number; decides every value together with ``locale``.
    public var seed: UInt64
    /// The language of names and mail addresses, which also goes into the idempotency keys.
    public var locale: Faker.Locale

    /// - Precondition: `count` is not negative.
    public init(count: Int = 10, seed: UInt64, locale: Faker.Locale = .en) {
        precondition(count >= 0, "a plan has no negative count")
        self.count = count
        self.seed = seed
        self.locale = locale
    }

    /// The order at a place; it does not depend on ``count``, so a longer plan starts with the orders of a shorter one.
    ///
    /// The idempotency key is made from seed, locale and place alone. **Seeding again with the same seed therefore adds
    /// nothing** to a service that still has the orders: the service answers with the identifiers it gave before. That
    /// makes it safe to repeat a run that was interrupted, and to raise the count of an earlier one; who wants more
    /// orders beside the old ones takes another seed.
    public func order(at index: Int) -> SeededOrder {
        var faker = Faker(seed: seed, locale: locale).fork("order").fork(index)
        var keys = faker.fork("idempotency key").fork(locale.rawValue)
        let (first, last) = (faker.person.firstName(), faker.person.lastName())
        return SeededOrder(
            index: index,
            description: faker.lorem.words(4),
            quantity: faker.number.int(in: 0...10),
            email: faker.internet.email(firstName: first, lastName: last),
            firstName: first,
            lastName: last,
            idempotencyKey: keys.uuid())
    }
}
