import FoundationEssentials
import Orders

extension Document {
    /// `{ _id, customer: { email, firstName, lastName }, created: { created }, description, quantity, __v: 0 }`
    static func order(_ order: OrderDocument) -> Document {
        let customer = Document()
        customer.append("email", order.customer.email)
        customer.append("firstName", order.customer.firstName)
        customer.append("lastName", order.customer.lastName)
        let created = Document()
        created.append("created", millisecondsSince1970: order.created.millisecondsSince1970)

        let document = Document()
        document.append("_id", order.id)
        document.append("customer", customer)
        document.append("created", created)
        document.append("description", order.description)
        document.append("quantity", Int32(clamping: order.quantity))
        document.append("__v", 0)
        return document
    }

    /// `{ _id: ObjectId, email, firstName, lastName, __v: 0 }`
    static func customer(_ customer: Customer) -> Document {
        let document = Document()
        document.appendNewObjectID("_id")
        document.append("email", customer.email)
        document.append("firstName", customer.firstName)
        document.append("lastName", customer.lastName)
        document.append("__v", 0)
        return document
    }

    static func filter(_ field: String, _ value: String) -> Document {
        let filter = Document()
        filter.append(field, value)
        return filter
    }

    static func options(limit: Int, sortedBy field: String? = nil, direction: Int32 = 1) -> Document {
        let options = Document()
        options.append("limit", Int32(clamping: limit))
        if let field {
            let sort = Document()
            sort.append(field, direction)
            options.append("sort", sort)
        }
        return options
    }
}

extension Client {
    /// Making an index that is there already is not an error.
    func createIndex(on collection: String, field: String, direction: Int32 = 1, isUnique: Bool = false) throws {
        let key = Document()
        key.append(field, direction)
        let index = Document()
        index.append("key", key)
        index.append("name", "\(field)_\(direction)")
        if isUnique { index.append("unique", true) }
        let command = Document()
        command.append("createIndexes", collection)
        command.append("indexes", arrayOf: index)
        try run(command)
    }
}

extension OrderDocument {
    init?(_ found: ReceivedDocument) {
        guard let id = found.string("_id"), let email = found.string("customer.email"),
            let firstName = found.string("customer.firstName"), let lastName = found.string("customer.lastName"),
            let created = found.millisecondsSince1970("created.created"),
            let description = found.string("description"), let quantity = found.integer("quantity")
        else { return nil }
        self.init(
            id: id, customer: Customer(email: email, firstName: firstName, lastName: lastName),
            created: Date(millisecondsSince1970: created), description: description, quantity: quantity)
    }
}

extension CustomerDocument {
    init?(_ found: ReceivedDocument) {
        guard let id = found.string("_id"), let email = found.string("email"),
            let firstName = found.string("firstName"), let lastName = found.string("lastName")
        else { return nil }
        self.init(id: id, customer: Customer(email: email, firstName: firstName, lastName: lastName))
    }
}
