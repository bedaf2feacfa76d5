import Foundation
import OrderSeeding
import SeededData
import Testing

struct SeedingPlanTests {
    @Test func ordersAreThoseThatTheSeedAlwaysGave() {
        let order = SeedingPlan(seed: 42).order(at: 0)
        #expect(
            order.json(id: "0a50")
                == #"{"description":"vel corrupti veniam culpa","quantity":4,"email":"Isaac.White@consectetur.name","#
                + #""firstName":"Isaac","lastName":"White","id":"0a50"}"#)
        #expect(order.idempotencyKey == "7e2d704c-70fd-4f28-afdf-a756fda7449e")
        let german = SeedingPlan(seed: 42, locale: .de).order(at: 9)
        #expect(
            german.json()
                == #"{"description":"quia rem laboriosam quia","quantity":5,"email":"Pia.Vogt@ernst.de","#
                + #""firstName":"Pia","lastName":"Vogt"}"#)
    }

    @Test(arguments: Faker.Locale.allCases)
    func ordersHaveTheShapeOfTheLesson(_ locale: Faker.Locale) throws {
        let plan = SeedingPlan(count: 500, seed: 7, locale: locale)
        let mail = try Regex("[A-Za-z-]+\\.[A-Za-z-]+@[a-z-]+(\\.[a-z]+)+")
        for index in 0..<plan.count {
            let order = plan.order(at: index)
            #expect(order.index == index)
            #expect(order.description.split(separator: " ").count == 4)
            #expect((0...10).contains(order.quantity))
            #expect(order.email.wholeMatch(of: mail) != nil, "\(order.email)")
        }
    }

    @Test func keysDifferWithSeedLocaleAndPlaceAndWithNothingElse() {
        var keys: Set<String> = []
        for seed in 0..<10 as Range<UInt64> {
            for locale in Faker.Locale.allCases {
                for index in 0..<20 {
                    keys.insert(SeedingPlan(count: 20, seed: seed, locale: locale).order(at: index).idempotencyKey)
                }
            }
        }
        #expect(keys.count == 10 * Faker.Locale.allCases.count * 20)
        #expect(SeedingPlan(count: 1, seed: 3).order(at: 15) == SeedingPlan(count: 100, seed: 3).order(at: 15))
    }

    @Test func jsonHoldsAnyTextAndKeepsTheOrderOfItsKeys() throws {
        let text = "\"\\\n\r\t\0\u{1F}é€😀/"
        let order = SeededOrder(
            index: 0, description: text, quantity: -1, email: text, firstName: text, lastName: text,
            idempotencyKey: text)
        let read = try JSONSerialization.jsonObject(with: Data(order.json(id: text).utf8)) as? [String: Any]
        for key in ["description", "email", "firstName", "lastName", "id"] { #expect(read?[key] as? String == text) }
        #expect(read?["quantity"] as? Int == -1)
    }

    @Test func targetsAreReadAsAddressesOfAService() throws {
        #expect(try OrderTarget("http://localhost:9001").ordersURL == "http://localhost:9001/orders")
        #expect(try OrderTarget("http://shop.example/api//").ordersURL == "http://shop.example/api/orders")
        #expect(try OrderTarget("http://[::1]:9001/").ordersURL == "http://[::1]:9001/orders")
        let wrong = [
            "", "localhost:9001", "ftp://localhost", "http://", "http:///x", "http://localhost:99999", "http://a b",
            "http://localhost?x=1", "http://localhost#x", "http://me:secret@localhost", "/orders",
        ]
        for address in wrong {
            let error = #expect(throws: SeedingError.self) { try OrderTarget(address) }
            #expect(error?.problem == "'\(address)' is not the address of a service")
        }
    }

    @Test func anEncryptedTargetIsRefusedWithAWayToReachIt() {
        let error = #expect(throws: SeedingError.self) { try OrderTarget("https://shop.example/api") }
        #expect(error?.code == .badTarget)
        #expect(error?.problem.contains("only plain HTTP") == true)
        #expect(error?.remedy?.contains("ssh -nNT -L 9001:localhost:9001 shop.example") == true)
    }
}
