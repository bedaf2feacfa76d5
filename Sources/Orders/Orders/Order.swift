public import FoundationEssentials

/// An order as the write source keeps it.
public struct Order: Equatable, Sendable {
    /// Chosen by the service when it stores the order.
    public let id: OrderID
    /// 1–255 Unicode scalars.
    public let description: String
    /// 0–2,147,483,647.
    public let quantity: Int
    /// As stored, so the names may differ from those that came with this order.
    public let customer: Customer
    /// Whole milliseconds, so that both sources can keep it without loss.
    public let created: Date

    /// Takes the fields unchecked; ``NewOrder`` is where they are checked.
    public init(id: OrderID, description: String, quantity: Int, customer: Customer, created: Date) {
        self.id = id
        self.description = description
        self.quantity = quantity
        self.customer = customer
        self.created = created
    }
}

/// Who ordered. The e-mail address is the key, compared byte by byte.
public struct Customer: Equatable, Sendable {
    /// At most 254 Unicode scalars.
    public let email: String
    /// At most 100 Unicode scalars.
    public let firstName: String
    /// At most 100 Unicode scalars.
    public let lastName: String

    /// Takes the fields unchecked; ``NewOrder`` is where they are checked.
    public init(email: String, firstName: String, lastName: String) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
    }
}

/// A UUID, written in lower case everywhere: in both sources, in events and over HTTP.
public struct OrderID: Hashable, Sendable, CustomStringConvertible {
    /// 36 characters in the usual groups, with lower-case digits.
    public let description: String

    /// A new random id (UUID version 4).
    public init() {
        description = UUID().uuidString.lowercased()
    }

    /// - Returns: `nil` when `text` is not a UUID; its case is of no account.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        description = uuid.uuidString.lowercased()
    }
}
