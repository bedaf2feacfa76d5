import Orders
import Testing

@Suite struct NewOrderTests {
    @Test(arguments: [
        ("", 1, "a@b", "description"), (" \t", 1, "a@b", "description"), ("a\nb", 1, "a@b", "description"),
        (String(repeating: "é", count: 256), 1, "a@b", "description"),
        ("d", -1, "a@b", "quantity"), ("d", 2_147_483_648, "a@b", "quantity"),
        ("d", 1, "", "email"), ("d", 1, "ab", "email"), ("d", 1, "a@", "email"), ("d", 1, "@b", "email"),
        ("d", 1, "a@b@c", "email"), ("d", 1, "a b@c", "email"), ("d", 1, "a\u{0}@c", "email"),
        ("d", 1, String(repeating: "a", count: 254) + "@b", "email"),
    ])
    func theFieldThatIsWrongIsNamed(description: String, quantity: Int, email: String, field: String) {
        #expect {
            try NewOrder(description: description, quantity: quantity, email: email)
        } throws: { error in
            guard case OrderError.invalid(field, _) = error else { return false }
            return true
        }
    }

    @Test func theLargestValuesAreTaken() throws {
        _ = try NewOrder(
            description: String(repeating: "é", count: 255), quantity: 2_147_483_647,
            email: String(repeating: "a", count: 252) + "@b", firstName: String(repeating: "é", count: 100),
            lastName: "L")
        _ = try NewOrder(description: "d", quantity: 0, email: "a@b")
    }

    @Test func aNewCustomerNeedsBothNames() throws {
        #expect(throws: OrderError.self) { try NewOrder(description: "d", quantity: 1, email: "a@b").newCustomer() }
        #expect {
            try NewOrder(description: "d", quantity: 1, email: "a@b", firstName: "A").newCustomer()
        } throws: { "\($0)".contains("'lastName'") }
    }

    @Test func orderIDsAreLowerCaseUUIDs() {
        #expect(OrderID("0A506EC8-17C8-4260-AB33-CE145CC7A233")?.description == "0a506ec8-17c8-4260-ab33-ce145cc7a233")
        #expect(OrderID("nonsense") == nil)
        #expect(OrderID() != OrderID())
    }
}
