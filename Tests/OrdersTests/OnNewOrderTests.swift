import FoundationEssentials
import Orders
import Testing

@Suite struct OnNewOrderTests {
    static let documented =
        #"{"description":"repellendus aut et eaque","email":"Alexanne.Glover@augusta.biz","eventName":"OnNewOrder","#
        + #""firstName":"Alexanne","lastName":"Glover","orderId":"0a506ec8-17c8-4260-ab33-ce145cc7a233","quantity":6}"#

    @Test func theJSONIsTheDocumentedOneByteForByte() throws {
        let order = Order(
            id: try #require(OrderID("0A506EC8-17C8-4260-AB33-CE145CC7A233")), description: "repellendus aut et eaque",
            quantity: 6,
            customer: Customer(email: "Alexanne.Glover@augusta.biz", firstName: "Alexanne", lastName: "Glover"),
            created: .nowInMilliseconds)
        #expect(String(decoding: try OnNewOrder(order).json(), as: UTF8.self) == Self.documented)
    }

    @Test func slashesAndAccentsStayAsTheyAre() throws {
        let order = Order(
            id: OrderID(), description: "a/b é", quantity: 0,
            customer: Customer(email: "é@x.org", firstName: "É", lastName: "L"), created: .nowInMilliseconds)
        #expect(String(decoding: try OnNewOrder(order).json(), as: UTF8.self).contains(#""description":"a/b é""#))
    }

    @Test func anEventComesBackAsItWasWithTheTimeThatTravelledBesideIt() throws {
        let created = Date(millisecondsSince1970: 1_609_304_494_280)
        let event = try OnNewOrder(json: Data(Self.documented.utf8), created: created)
        #expect(event.created == created)
        #expect(String(decoding: try event.json(), as: UTF8.self) == Self.documented)
    }

    @Test(arguments: [
        "", "nonsense", "[]", "{}",
        documented.replacing("OnNewOrder", with: "OnOther"),
        documented.replacing("0a506ec8", with: "zz506ec8"),
        documented.replacing(":6}", with: ":2147483648}"),
        documented.replacing(":6}", with: ":\"six\"}"),
    ])
    func whatIsNoSuchEventIsRefused(_ json: String) {
        #expect(throws: (any Error).self) { try OnNewOrder(json: Data(json.utf8), created: .nowInMilliseconds) }
    }

    @Test func everyMillisecondIsWrittenAsItIs() {
        for millisecond in 0..<5000 {
            let date = Date(millisecondsSince1970: 1_795_396_796_000 + Int64(millisecond))
            let digits = String(millisecond % 1000 + 1000).dropFirst()
            #expect(date.iso8601Milliseconds.hasSuffix(".\(digits)Z"))
            #expect(date.millisecondsSince1970 == 1_795_396_796_000 + Int64(millisecond))
        }
    }
}
