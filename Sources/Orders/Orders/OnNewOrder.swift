public import FoundationEssentials

/// The event that tells the rest of the world about an order that has just been stored.
public struct OnNewOrder: Codable, Equatable, Sendable {
    /// Also the name of the topic.
    public static let name = "OnNewOrder"

    /// The order's; like all fields but ``created`` a key of the message's JSON.
    public let description: String
    /// The customer's key: the read source adds a customer when it is new.
    public let email: String
    /// Always ``name``.
    public let eventName: String
    /// As the write source has it, which may differ from what came with the order.
    public let firstName: String
    /// As the write source has it, which may differ from what came with the order.
    public let lastName: String
    /// An ``OrderID`` as text.
    public let orderId: String
    /// Fits 32 bits.
    public let quantity: Int

    /// When the order was stored. It travels beside the JSON, as the timestamp of the message.
    public private(set) var created = Date.nowInMilliseconds

    private enum CodingKeys: CodingKey {
        case description, email, eventName, firstName, lastName, orderId, quantity
    }

    /// - Parameter order: As it was stored; ``created`` is taken from it as well.
    public init(_ order: Order) {
        description = order.description
        email = order.customer.email
        eventName = Self.name
        firstName = order.customer.firstName
        lastName = order.customer.lastName
        orderId = order.id.description
        quantity = order.quantity
        created = order.created
    }

    /// Reads an event back from a message.
    ///
    /// - Throws: `DecodingError` for text that is not this event's JSON; ``OrderError/invalid(field:problem:)`` for
    ///   another event's name, an id that is not a UUID or a quantity that the sources cannot keep.
    public init(json: Data, created: Date) throws {
        self = try JSONDecoder().decode(Self.self, from: json)
        guard eventName == Self.name else {
            throw OrderError.invalid(field: "eventName", problem: "must be '\(Self.name)', but is '\(eventName)'")
        }
        guard OrderID(orderId) != nil else { throw OrderError.invalid(field: "orderId", problem: "must be a UUID") }
        guard Int32(exactly: quantity) != nil else {
            throw OrderError.invalid(field: "quantity", problem: "must fit 32 bits")
        }
        self.created = created
    }

    /// The message's value. Keys come in alphabetical order, so that equal events are equal bytes.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
