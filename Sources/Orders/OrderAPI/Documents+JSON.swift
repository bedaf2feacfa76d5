import Orders

extension JSON {
    /// Fields in the order in which the read source keeps them.
    static func order(_ order: OrderDocument) -> JSON {
        [
            "_id": .string(order.id),
            "customer": [
                "email": .string(order.customer.email),
                "firstName": .string(order.customer.firstName),
                "lastName": .string(order.customer.lastName),
            ],
            "created": ["created": .string(order.created.iso8601Milliseconds)],
            "description": .string(order.description),
            "quantity": .integer(order.quantity),
            "__v": .integer(0),
        ]
    }

    static func customer(_ document: CustomerDocument) -> JSON {
        [
            "_id": .string(document.id),
            "email": .string(document.customer.email),
            "firstName": .string(document.customer.firstName),
            "lastName": .string(document.customer.lastName),
            "__v": .integer(0),
        ]
    }
}
