public import FoundationEssentials

/// An order as the write source keeps it.
public struct Order: Equatable, Sendable {
    public let id: OrderID
    public let description: String
    public let quantity: Int
    public let customer: Customer
    /// Whole milliseconds, so that both sources can keep it without loss.
    public let created: Date

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
    public let email: String
    public let firstName: String
    public let lastName: String

    public init(email: String, firstName: String, lastName: String) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
    }
}

/// A UUID, written in lower case everywhere: in both sources, in events and over HTTP.
public struct OrderID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init() {
        description = UUID().uuidString.lowercased()
    }

    /// - Returns: `nil` when `text` is no UUID; its case is of no account.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        description = uuid.uuidString.lowercased()
    }
}
