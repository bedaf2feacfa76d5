/// Remembers what it gave, so that no value comes twice.
///
/// ```swift
/// var mails = UniqueValues<String>()
/// let first = try mails.next(from: &faker) { $0.internet.email() }
/// ```
public struct UniqueValues<Value: Hashable & Sendable>: Sendable {
    private var seen: Set<Value> = []

    /// Has given nothing yet, so the first value drawn is taken.
    public init() {}

    /// Draws until a value comes that was not given before.
    ///
    /// - Parameter tries: How often to draw; with as many values left as given already, 1,000 tries fail once in 2¹⁰⁰⁰.
    /// - Throws: ``SeededDataError`` with code `.exhausted`, or what `make` throws.
    public mutating func next(
        from faker: inout Faker, tries: Int = 1_000, _ make: (inout Faker) throws -> Value
    ) throws -> Value {
        for _ in 0..<tries {
            let value = try make(&faker)
            if seen.insert(value).inserted { return value }
        }
        throw SeededDataError.exhausted(tries: tries, found: seen.count)
    }
}

extension Faker {
    /// Draws `count` different values, in the order in which they came.
    ///
    /// - Parameter tries: How often to draw for each value.
    /// - Throws: ``SeededDataError`` with code `.exhausted`, or what `make` throws.
    public mutating func unique<Value: Hashable & Sendable>(
        _ count: Int, tries: Int = 1_000, _ make: (inout Faker) throws -> Value
    ) throws -> [Value] {
        var values = UniqueValues<Value>()
        return try (0..<count).map { _ in try values.next(from: &self, tries: tries, make) }
    }
}
