/// An order as a client asks for it, checked field by field.
public struct NewOrder: Equatable, Sendable {
    /// Unicode scalars; the width of the write source's column.
    public static let maxDescriptionLength = 255
    /// Unicode scalars of each of the two names; the width of the write source's columns.
    public static let maxNameLength = 100
    /// Unicode scalars; the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3 less the angle brackets).
    public static let maxEmailLength = 254

    /// Neither empty nor only white space, and without control characters.
    public let description: String
    /// 0–2,147,483,647.
    public let quantity: Int
    /// Has one `@` with something on both sides; compared byte by byte.
    public let email: String
    /// Needed only for an e-mail address that is not known yet.
    public let firstName: String?
    /// Needed only for an e-mail address that is not known yet.
    public let lastName: String?

    /// Lengths count Unicode scalars, as the write source does; control characters are refused everywhere.
    ///
    /// - Parameter quantity: 0 to 2,147,483,647, the range that both sources can keep.
    /// - Throws: ``OrderError/invalid(field:problem:)``, naming the first field that is wrong.
    public init(
        description: String, quantity: Int, email: String, firstName: String? = nil, lastName: String? = nil
    ) throws(OrderError) {
        try Self.check(description, as: "description", atMost: Self.maxDescriptionLength)
        guard 0...Int(Int32.max) ~= quantity else {
            throw .invalid(field: "quantity", problem: "must be between 0 and \(Int32.max)")
        }
        try Self.check(email, as: "email", atMost: Self.maxEmailLength)
        guard Self.looksLikeEmail(email) else {
            throw .invalid(field: "email", problem: "must be an e-mail address, such as ada@example.org")
        }
        if let firstName { try Self.check(firstName, as: "firstName", atMost: Self.maxNameLength) }
        if let lastName { try Self.check(lastName, as: "lastName", atMost: Self.maxNameLength) }

        self.description = description
        self.quantity = quantity
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
    }

    /// The customer that this order creates when its e-mail address is not known yet.
    ///
    /// - Throws: ``OrderError/invalid(field:problem:)`` when a name is missing.
    public func newCustomer() throws(OrderError) -> Customer {
        guard let firstName else { throw Self.missingName("firstName") }
        guard let lastName else { throw Self.missingName("lastName") }
        return Customer(email: email, firstName: firstName, lastName: lastName)
    }

    private static func missingName(_ field: String) -> OrderError {
        .invalid(field: field, problem: "is missing, and is required for a new customer")
    }

    private static func check(_ text: String, as field: String, atMost limit: Int) throws(OrderError) {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .invalid(field: field, problem: "must not be empty")
        }
        guard scalars.count <= limit else {
            throw .invalid(field: field, problem: "must not be longer than \(limit) characters")
        }
        guard !scalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .invalid(field: field, problem: "must not contain control characters")
        }
    }

    /// One `@` with something on both sides and no white space: whether mail arrives is not ours to know.
    private static func looksLikeEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace }
    }
}
