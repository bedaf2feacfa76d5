public import FoundationEssentials

/// An order as the read source keeps it: with its customer inside, so that a query needs no join.
public struct OrderDocument: Equatable, Sendable {
    public let id: String
    public let customer: Customer
    public let created: Date
    public let description: String
    public let quantity: Int

    public init(id: String, customer: Customer, created: Date, description: String, quantity: Int) {
        self.id = id
        self.customer = customer
        self.created = created
        self.description = description
        self.quantity = quantity
    }

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
    public let id: String
    public let customer: Customer

    public init(id: String, customer: Customer) {
        self.id = id
        self.customer = customer
    }
}
