public import FoundationEssentials

/// An order as the read source keeps it: with its customer inside, so that a query needs no join.
public struct OrderDocument: Equatable, Sendable {
    /// An ``OrderID`` as text.
    public let id: String
    /// The order's own copy; it does not change with the customer's document.
    public let customer: Customer
    /// Whole milliseconds.
    public let created: Date
    /// 1–255 Unicode scalars.
    public let description: String
    /// Fits 32 bits.
    public let quantity: Int

    /// Takes the fields unchecked.
    public init(id: String, customer: Customer, created: Date, description: String, quantity: Int) {
        self.id = id
        self.customer = customer
        self.created = created
        self.description = description
        self.quantity = quantity
    }

    /// - Parameter event: Has all that the read source keeps of an order.
    public init(_ event: OnNewOrder) {
        self.init(
            id: event.orderId,
            customer: Customer(email: event.email, firstName: event.firstName, lastName: event.lastName),
            created: event.created,
            description: event.description,
            quantity: event.quantity)
    }
}

/// A customer as the read source keeps it. The id is the read source's own; the e-mail address is unique too.
public struct CustomerDocument: Equatable, Sendable {
    /// The read source's own; an `ObjectId` in MongoDB.
    public let id: String
    /// With the names of the customer's first order.
    public let customer: Customer

    /// - Parameter id: Unique within its read source.
    public init(id: String, customer: Customer) {
        self.id = id
        self.customer = customer
    }
}
